"""Tell the reporter what happened: the listeners that wiring connects to casework's events."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mohalla.channels.notices.actions import notify
from mohalla.channels.notices.port import Notice
from mohalla.foundation.promises.events import Broken
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports import queries as reports
from mohalla.stages.access.actions.converse import Wanted, conversation_of, tell, worded
from mohalla.station.casework import actions as casework
from mohalla.station.casework import events
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.response.events import AlarmMoved

WAITING_BY_PHONE = frozenset({"sms", "ussd", "missed", "timer"})  # a page shows it by itself
SILENT_REASONS = frozenset({"routed", "reopened", "classified", "asks again", "withdrawal call"})


def contact_logged(event: events.ContactLogged) -> None:
    case = _case(event.case)
    if case.sensitivity == "C1":
        _say(case, "contact_check", f"contact:{event.attempt}", event.at, ask="contact")
    else:
        _say(case, "news", f"contact:{event.attempt}", event.at)


def answered(event: events.Answered) -> None:
    case = _case(event.case)
    _say(case, "news", f"answer:{event.at.isoformat()}", event.at, ask="reply")


def recorded(event: events.Recorded) -> None:
    _say(_case(event.case), "news", f"record:{event.kind}:{event.at.isoformat()}", event.at)


def outcome_proposed(event: events.OutcomeProposed) -> None:
    case = _case(event.case)
    key = "outcome_check" if case.sensitivity == "C1" else "news"
    _say(case, key, f"outcome:{event.outcome}", event.at, ask="verdict")


def asked_again(event: events.AskedAgain) -> None:
    key = "reminder_day3" if event.reminder == 1 else "reminder_day7"
    case = _case(event.case)
    _say(case, key, f"outcome:{event.outcome}:{event.reminder}", event.at, ask="verdict")


def asked_alone(event: events.AskedAlone) -> None:
    """A plain matter may be answered by text; of a confidential one only that there is news."""
    case = _case(event.case)
    about = f"alone:{event.at.isoformat()}"
    if case.sensitivity != "C1":
        _say(case, "news", about, event.at)
        return
    wanted = Wanted(key="reconciled_check", case=case, ask="reconciled")
    if tell(case=case, wanted=wanted, event=about, at=event.at):
        casework.rest_while_asked(case=case, at=event.at)


def kept(event: events.Kept) -> None:
    case = _case(event.case)
    key = "kept" if case.sensitivity == "C1" else "news"
    _say(case, key, f"kept:{event.at.isoformat()}", event.at)


def reopened(event: events.Reopened) -> None:
    _say(_case(event.case), "reopened", f"reopened:{event.at.isoformat()}", event.at)


def new_owner(event: events.NewOwner) -> None:
    if event.why not in SILENT_REASONS:
        _say(_case(event.case), "new_owner", f"owner:{event.at.isoformat()}", event.at)


def decided(event: events.Decided) -> None:
    """The supervisor's decision about what is late, in one neutral line."""
    _say(_case(event.case), "news", f"decided:{event.at.isoformat()}", event.at)


def agreed(event: events.Agreed) -> None:
    """Two bodies agreed on something about it: there is news, no more."""
    _say(_case(event.case), "news", f"agreed:{event.act}:{event.at.isoformat()}", event.at)


def alarm_moved(event: AlarmMoved) -> None:
    """Seen, and on the way: to whoever called by phone, at once, for she waits for it now."""
    key = {"seen": "alarm_seen", "coming": "alarm_coming"}.get(event.what)
    if key is None:
        return
    case = _case(event.case)
    contact = reports.contact_of(case.report)
    if case.report.door not in WAITING_BY_PHONE or contact is None or contact.way == "none":
        return
    number = reports.contact_value(contact)
    conversation = conversation_of(number, language=case.report.language)
    if conversation.stopped:
        return
    notice = Notice(
        kind="danger", address=number, language=conversation.language,
        text=worded(Wanted(key=key, case=case), conversation.language, event.at),
        subject=case.reference, key=f"{event.what}:{event.alarm}",
    )  # fmt: skip
    notify(notice=notice, at=event.at)


def withdrawal_asked(event: events.WithdrawalAsked) -> None:
    case = _case(event.case)
    _say(case, "withdrawal_requested", f"withdrawal:{event.at.isoformat()}", event.at)


def broken(event: Broken) -> None:
    """A late promise is told in one neutral line: who decides now, by when."""
    promise = Promise.objects.get(pk=event.promise)
    if promise.room != ROOM or event.decision is None or promise.ended_by == "reporter":
        return
    case = Case.objects.select_related("report").get(reference=promise.subject)
    _say(case, "late", f"late:{promise.pk}", event.at)


def _case(key: UUID) -> Case:
    return Case.objects.select_related("report").get(pk=key)


def _say(case: Case, key: str, event: str, at: datetime, ask: str = "") -> None:
    tell(case=case, wanted=Wanted(key=key, case=case, ask=ask), event=event, at=at)
