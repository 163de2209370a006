"""Outcome and verdict: proof, dispute, silence, withdrawal."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.counter import (
    DAY,
    HOUR,
    NOON,
    PHONE,
    fresh,
    officer,
    paper_proof,
    promise,
    proposed,
    told,
    unit,
    viewer,
)

from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports import queries as reports_read
from mohalla.foundation.reports.submission import ContactWish
from mohalla.stages.access.queries import tracked
from mohalla.station.casework import actions as casework
from mohalla.station.casework.actions.stage import move as move_case
from mohalla.station.casework.actions.stage import why_text
from mohalla.station.casework.models import Case
from mohalla.station.response import queries as alarms


def refused(case: Case, **given: object) -> str:
    wanted = {"kind": "solved", "what_done": "Bulb replaced", "artefacts": [paper_proof(NOON)],
              "officer": officer("ali").pk, "at": NOON + HOUR} | given  # fmt: skip
    with pytest.raises(casework.OutcomeRefused) as caught:
        casework.propose_outcome(case=case, **wanted)  # type: ignore[arg-type]
    assert not case.outcomes.filter(verdict="").exists()
    return caught.value.reason


def test_words_alone_are_no_proof() -> None:
    assert refused(told(), artefacts=[]) == "proof"


def test_an_artefact_without_number_or_file_is_no_artefact() -> None:
    empty = casework.Artefact(kind="document", taken_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        casework.propose_outcome(
            case=told(), officer=officer("ali").pk, kind="solved", what_done="done",
            artefacts=[empty], at=NOON,
        )  # fmt: skip


def test_what_was_done_is_said() -> None:
    assert refused(told(), what_done="  ") == "words"
    assert refused(told(), kind="nonsense") == "kind"


def test_yes_closes_it_confirmed() -> None:
    case = proposed(told(), at=NOON + HOUR)
    casework.confirm(case=case, door="web", at=NOON + 2 * HOUR)
    case = fresh(case)
    assert (case.stage, case.closing) == ("closed", "confirmed")
    assert (promise(case, "outcome").state, promise(case, "outcome").ended_by) == (
        "kept", "reporter",
    )  # fmt: skip


def test_no_reopens_one_level_up_and_the_same_words_are_refused() -> None:
    case = proposed(told(), at=NOON + HOUR)
    assert promise(case, "outcome").rests_since is not None
    casework.dispute(case=case, door="web", at=NOON + 2 * HOUR)
    case = fresh(case)
    assert case.unit == unit("sdpo-sangbagh")
    assert case.closed_at is None
    assert promise(case, "outcome").rests_since is None
    assert promise(case, "decision").officer == officer("rashid")
    assert refused(case, what_done=" Bulb replaced ") == "same_again"
    assert (
        proposed(case, at=NOON + 3 * HOUR, who="rashid", words="New pole, new bulb").disputes == 1
    )


def twice_disputed() -> Case:
    case = proposed(told(), at=NOON + HOUR)
    casework.dispute(case=case, door="web", at=NOON + 2 * HOUR)
    case = proposed(fresh(case), at=NOON + 3 * HOUR, who="rashid", words="New pole")
    casework.dispute(case=case, door="web", at=NOON + 4 * HOUR)
    return fresh(case)


def test_the_second_no_goes_outside_the_force() -> None:
    case = twice_disputed()
    assert case.unit == unit("mohtasib")
    assert case.officer == officer("farah")


def test_only_the_outside_reviewer_ends_it_over_the_objection() -> None:
    once = proposed(told(), at=NOON + HOUR)
    casework.dispute(case=once, door="web", at=NOON + 2 * HOUR)
    for case in (told(), fresh(once)):
        with pytest.raises(casework.NothingProposed):
            casework.end_over_objection(
                case=case, officer=officer("rashid").pk, reason="enough", at=NOON + 5 * HOUR
            )
        assert fresh(case).closed_at is None
    case = twice_disputed()
    casework.end_over_objection(
        case=case, officer=officer("farah").pk, reason="The light works", at=NOON + 5 * HOUR
    )
    assert fresh(case).closing == "over_objection"
    assert promise(case, "outcome").state != "kept"


def test_silence_is_asked_on_day_3_and_7_and_ends_unconfirmed_on_day_14() -> None:
    case = proposed(told(), at=NOON)
    seen = []
    for day in (2, 3, 3, 6, 7, 13):
        casework.ask_again(at=NOON + day * DAY)
        seen.append((day, case.outcomes.get().reminders))
    assert seen == [(2, 0), (3, 1), (3, 1), (6, 1), (7, 2), (13, 2)]
    assert fresh(case).closed_at is None
    casework.ask_again(at=NOON + 14 * DAY)
    case = fresh(case)
    assert (case.stage, case.closing) == ("closed", "unconfirmed")
    assert promise(case, "outcome").state == "ended"
    assert case.outcomes.get().verdict == "silent"


@pytest.mark.parametrize(("category", "level"), [("threat", "C2"), ("bribe", "C3")])
def test_confidential_matters_are_never_closed_by_silence(category: str, level: str) -> None:
    case = told(category=category)
    assert case.sensitivity == level
    case = proposed(case, at=NOON)
    for day in (3, 7, 14, 60):
        casework.ask_again(at=NOON + day * DAY)
    assert fresh(case).closed_at is None
    assert case.outcomes.get().reminders == 0


def test_do_not_contact_is_never_closed_by_silence() -> None:
    case = proposed(told(contact=ContactWish(kind="phone", value=PHONE, way="none")), at=NOON)
    casework.ask_again(at=NOON + 60 * DAY)
    assert fresh(case).closed_at is None


def test_a_contact_taken_back_is_never_closed_by_silence() -> None:
    case = proposed(told(), at=NOON)
    reports.remove_contacts(report=case.report, by="reporter", at=NOON + HOUR)
    casework.ask_again(at=NOON + 60 * DAY)
    assert fresh(case).closed_at is None


def settle(case: Case, *, after: int, desk: str, free_will: bool = True) -> Case:
    return casework.settle_withdrawal(
        case=fresh(case), officer=officer("rashid").pk, desks=frozenset({unit(desk).pk}),
        free_will=free_will, at=NOON + after * HOUR,
    )  # fmt: skip


def test_withdrawal_waits_72_hours_and_is_called_by_another_desk() -> None:
    case = told()
    casework.ask_withdrawal(case=case, door="web", at=NOON)
    call = promise(case, "withdrawal_call")
    assert call.unit == unit("sdpo-sangbagh")
    assert call.due_at == NOON + 72 * HOUR
    for after, desk, reason in (
        (71, "sdpo-sangbagh", "too_early"),
        (80, "thana-chinar", "same_desk"),
    ):
        with pytest.raises(casework.WithdrawalRefused) as caught:
            settle(case, after=after, desk=desk)
        assert caught.value.reason == reason
        assert fresh(case).closed_at is None
    assert settle(case, after=72, desk="sdpo-sangbagh").closing == "withdrawn"
    assert promise(case, "outcome").state == "ended"
    assert case.report.body  # the record of the filing stays


def test_a_withdrawal_call_stays_with_the_other_desk() -> None:
    """Handing the case to a colleague does not hand over the private call."""
    case = told()
    casework.ask_withdrawal(case=case, door="web", at=NOON)
    casework.hand_over(
        case=fresh(case), to_officer=officer("gulzar").pk, officer=officer("ali").pk, note="",
        by="system", at=NOON + HOUR,
    )  # fmt: skip
    assert promise(case, "withdrawal_call").unit == unit("sdpo-sangbagh")
    assert promise(case, "contact").officer == officer("gulzar")


def test_pressed_to_withdraw_it_goes_on() -> None:
    case = told()
    casework.ask_withdrawal(case=case, door="web", at=NOON)
    assert settle(case, after=2, desk="sdpo-sangbagh", free_will=False).closed_at is None
    assert fresh(case).withdrawal_asked_at is None


def test_without_a_request_nothing_is_withdrawn() -> None:
    with pytest.raises(casework.WithdrawalRefused) as caught:
        settle(told(), after=100, desk="sdpo-sangbagh")
    assert caught.value.reason == "not_asked"


def test_anybody_with_the_receipt_reopens_for_90_days() -> None:
    case = proposed(told(), at=NOON)
    casework.confirm(case=case, door="web", at=NOON)
    with pytest.raises(casework.TooLate):
        casework.reopen(case=fresh(case), door="web", at=NOON + 91 * DAY)
    casework.reopen(case=fresh(case), door="web", at=NOON + 90 * DAY)
    assert fresh(case).closed_at is None
    assert fresh(case).unit == unit("sdpo-sangbagh")


def test_an_alarm_that_nobody_saw_is_over_when_the_case_is_closed() -> None:
    case = told(danger=True)
    assert [row.case_id for row in alarms.open_at(viewer("ali", NOON))] == [case.pk]
    proposed(case, at=NOON + HOUR)
    casework.confirm(case=fresh(case), door="web", at=NOON + 2 * HOUR)
    assert not alarms.open_at(viewer("ali", NOON + 2 * HOUR))


def test_passing_on_names_the_body_its_number_and_its_day() -> None:
    missing = casework.Referral(body="Municipality", number="", answer_on=None)
    assert refused(told(), kind="referred", referral=missing) == "referral"
    case = told()
    casework.propose_outcome(
        case=case, officer=officer("ali").pk, kind="referred", what_done="Sent on",
        artefacts=[paper_proof(NOON)], at=NOON + HOUR,
        referral=casework.Referral(body="TMA Noorgarh", number="TMA-117", answer_on=NOON.date()),
    )  # fmt: skip
    seen = tracked.seen(fresh(case), language="ur", at=NOON + HOUR).proposed_outcome
    assert seen is not None
    assert (seen["referred_to"], seen["referred_number"], seen["answer_on"]) == (
        "TMA Noorgarh", "TMA-117", NOON.date(),
    )  # fmt: skip
    assert seen["reply_until"] is None


def test_what_was_not_established_may_be_answered_for_14_days() -> None:
    case = told(category="theft")
    outcome = casework.propose_outcome(
        case=case, officer=officer("ali").pk, kind="not_established", what_done="Asked around",
        reason="No witness", artefacts=[paper_proof(NOON)], at=NOON,
    )  # fmt: skip
    assert tracked.seen(fresh(case), language="ur", at=NOON).proposed_outcome is None
    casework.second_outcome(outcome=outcome, officer=officer("nadir").pk, at=NOON + HOUR)
    seen = tracked.seen(fresh(case), language="ur", at=NOON + HOUR).proposed_outcome
    assert seen is not None
    assert (seen["reason"], seen["reply_until"]) == ("No witness", NOON + HOUR + 14 * DAY)


def test_reasons_and_notes_of_confidential_matters_are_sealed() -> None:
    case = told(category="harassment_street")
    attempt = casework.log_contact(
        case=case, officer=officer("sana").pk, way="call", happened_at=NOON, reached=True,
        note="She is at her mother's", at=NOON,
    )  # fmt: skip
    move_case(case=case, to="received", by="officer:1", at=NOON, why="wrong person called")
    move = case.moves.latest("pk")
    assert "mother" not in attempt.note
    assert casework.attempt_note(attempt) == "She is at her mother's"
    assert "wrong" not in move.why
    assert why_text(move) == "wrong person called"
    plain = told()
    kept = casework.log_contact(
        case=plain, officer=officer("ali").pk, way="call", happened_at=NOON, reached=False,
        note="No answer", at=NOON,
    )  # fmt: skip
    assert (kept.note, casework.attempt_note(kept)) == ("No answer", "No answer")


def test_who_told_the_same_sees_where_the_joined_case_stands_and_no_words() -> None:
    first, second = told(text="first words"), told(at=NOON + HOUR, text="second words")
    casework.merge(case=second, into=first, officer=officer("ali").pk, at=NOON + 2 * HOUR)
    seen = tracked.seen(fresh(second), language="en", at=NOON + 2 * HOUR)
    assert seen.joined == tracked.seen(fresh(first), language="en", at=NOON).stage_name
    assert "first words" not in str(seen)
    casework.reopen(case=fresh(second), door="web", at=NOON + 3 * HOUR)
    assert fresh(second).merged_into is None
    assert tracked.seen(fresh(second), language="en", at=NOON + 3 * HOUR).joined == ""


@pytest.mark.parametrize("category", ["street_light", "harassment_street"])
def test_words_with_a_verdict_a_reopening_or_a_withdrawal_reach_the_desk(category: str) -> None:
    case = proposed(told(category=category), at=NOON + HOUR)
    casework.dispute(case=case, door="web", at=NOON + 2 * HOUR, reason="Nobody came")
    outcome = case.outcomes.latest("pk")
    assert casework.verdict_reason(outcome) == "Nobody came"
    assert ("Nobody came" in outcome.verdict_reason) == (category == "street_light")
    proposed(fresh(case), at=NOON + 3 * HOUR, words="Came twice")
    casework.confirm(case=fresh(case), door="web", at=NOON + 4 * HOUR, reason="Thank you")
    assert casework.verdict_reason(case.outcomes.latest("pk")) == "Thank you"
    casework.reopen(case=fresh(case), door="web", at=NOON + 5 * HOUR, reason="Dark again")
    casework.ask_withdrawal(case=fresh(case), door="web", at=NOON + 6 * HOUR, reason="Moved away")
    written = [reports_read.message_text(row) for row in case.report.messages.order_by("at")]
    assert written == ["Dark again", "Moved away"]
