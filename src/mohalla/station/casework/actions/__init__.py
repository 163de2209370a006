from mohalla.station.casework.actions.address import (
    RerouteRefused,
    address,
    hand_over,
    move_on,
    reroute,
)
from mohalla.station.casework.actions.call_back import (
    CallBackRefused,
    log_call_back,
    owe_call_back,
)
from mohalla.station.casework.actions.classify import classify
from mohalla.station.casework.actions.contact import (
    InFuture,
    NothingAsked,
    answer_contact,
    attempt_note,
    log_contact,
)
from mohalla.station.casework.actions.decide import DecisionRefused, decide
from mohalla.station.casework.actions.file import (
    MergeRefused,
    link,
    merge,
    note,
    note_text,
    see_alarm,
)
from mohalla.station.casework.actions.follow_up import (
    FollowUpRefused,
    answer_follow_up,
    ask_alone,
    hear_follow_up,
    rest_while_asked,
)
from mohalla.station.casework.actions.hand_over_all import hand_over_all
from mohalla.station.casework.actions.intake import (
    WRONG_SIGNATURE,
    note_answer,
    raise_alarm,
    wish_contact,
    wrong_signatures,
)
from mohalla.station.casework.actions.message import EmptyMessage, reply, say
from mohalla.station.casework.actions.open_case import CaseRows, prepared_case
from mohalla.station.casework.actions.outcome import (
    Artefact,
    Referral,
    propose_outcome,
    reason,
    second_outcome,
    verdict_reason,
    words,
)
from mohalla.station.casework.actions.read import note_reading, note_taking
from mohalla.station.casework.actions.record import (
    NumberMissing,
    ReasonMissing,
    advance,
    inform,
    record_diary,
    record_fir,
    refuse_fir,
    start_non_registration,
    text_of,
)
from mohalla.station.casework.actions.silence import ask_again
from mohalla.station.casework.actions.verdict import (
    NothingProposed,
    TooLate,
    close,
    confirm,
    dispute,
    end_over_objection,
    reopen,
)
from mohalla.station.casework.actions.withdrawal import (
    WithdrawalRefused,
    ask_withdrawal,
    may_call,
    settle_withdrawal,
)
from mohalla.station.casework.rules.outcomes import OutcomeRefused

__all__ = [
    "WRONG_SIGNATURE",
    "Artefact",
    "CallBackRefused",
    "CaseRows",
    "DecisionRefused",
    "EmptyMessage",
    "FollowUpRefused",
    "InFuture",
    "MergeRefused",
    "NothingAsked",
    "NothingProposed",
    "NumberMissing",
    "OutcomeRefused",
    "ReasonMissing",
    "Referral",
    "RerouteRefused",
    "TooLate",
    "WithdrawalRefused",
    "address",
    "advance",
    "answer_contact",
    "answer_follow_up",
    "ask_again",
    "ask_alone",
    "ask_withdrawal",
    "attempt_note",
    "classify",
    "close",
    "confirm",
    "decide",
    "dispute",
    "end_over_objection",
    "hand_over",
    "hand_over_all",
    "hear_follow_up",
    "inform",
    "link",
    "log_call_back",
    "log_contact",
    "may_call",
    "merge",
    "move_on",
    "note",
    "note_answer",
    "note_reading",
    "note_taking",
    "note_text",
    "owe_call_back",
    "prepared_case",
    "propose_outcome",
    "raise_alarm",
    "reason",
    "record_diary",
    "record_fir",
    "refuse_fir",
    "reopen",
    "reply",
    "reroute",
    "rest_while_asked",
    "say",
    "second_outcome",
    "see_alarm",
    "settle_withdrawal",
    "start_non_registration",
    "text_of",
    "verdict_reason",
    "wish_contact",
    "words",
    "wrong_signatures",
]  # fmt: skip
