"""Contact: only the person's own word keeps it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.counter import HOUR, NOON, PHONE, fresh, officer, promise, told

from mohalla.foundation.promises import actions as promises
from mohalla.foundation.reports.submission import ContactWish
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case


def log(case: Case, *, at: timedelta, reached: bool, way: str = "call") -> None:
    casework.log_contact(
        case=case, officer=officer("ali").pk, way=way, happened_at=NOON + at, reached=reached,
        at=NOON + at,
    )  # fmt: skip


def test_a_click_alone_is_only_a_claim() -> None:
    case = told()
    log(case, at=HOUR, reached=True)
    promises.tick(at=NOON + 100 * HOUR)
    assert promise(case, "contact").state == "claimed"
    assert promise(case, "contact").ended_by == f"officer:{officer('ali').pk}"
    assert fresh(case).stage == "contacted"


def test_her_yes_keeps_it() -> None:
    case = told()
    log(case, at=HOUR, reached=True)
    casework.answer_contact(case=case, spoke=True, door="web", at=NOON + 2 * HOUR)
    assert promise(case, "contact").state == "kept"
    assert promise(case, "contact").ended_by == "reporter"


def test_her_no_breaks_it_and_the_next_level_owes_a_decision() -> None:
    case = told()
    log(case, at=HOUR, reached=True)
    casework.answer_contact(case=case, spoke=False, door="web", at=NOON + 2 * HOUR)
    broken = promise(case, "contact")
    assert (broken.state, broken.ended_by) == ("broken", "reporter")
    decision = promise(case, "decision")
    assert decision.after == broken
    assert decision.officer == officer("rashid")
    assert decision.state == "open"


def test_nobody_asked_nothing_to_answer() -> None:
    with pytest.raises(casework.NothingAsked):
        casework.answer_contact(case=told(), spoke=True, door="web", at=NOON)


def test_two_timely_tries_by_two_ways_protect_the_officer() -> None:
    case = told()
    log(case, at=HOUR, reached=False, way="call")
    assert promise(case, "contact").state == "open"
    log(case, at=2 * HOUR, reached=False, way="visit")
    assert promise(case, "contact").state == "tried"


@pytest.mark.parametrize(
    ("tries", "what"),
    [
        ([(1, "call"), (2, "call")], "two tries by the same way"),
        ([(1, "call")], "one try"),
        ([(1, "call"), (9, "visit")], "the second after the due time"),
    ],
)
def test_less_than_that_does_not(tries: list[tuple[int, str]], what: str) -> None:
    case = told()
    for hours, way in tries:
        log(case, at=hours * HOUR, reached=False, way=way)
    assert promise(case, "contact").state == "open", what
    promises.tick(at=NOON + 10 * HOUR)
    assert promise(case, "contact").state == "broken", what


def test_a_try_outside_her_safe_hours_does_not_count() -> None:
    wish = ContactWish(kind="phone", value=PHONE, safe_from=15, safe_to=18)
    case = told(contact=wish)
    log(case, at=HOUR, reached=False, way="call")  # 13:00
    log(case, at=4 * HOUR, reached=False, way="visit")  # 16:00
    assert promise(case, "contact").state == "open"
    log(case, at=5 * HOUR, reached=False, way="call")  # 17:00
    assert promise(case, "contact").state == "tried"


def test_a_call_at_a_forbidden_hour_claims_nothing() -> None:
    wish = ContactWish(kind="phone", value=PHONE, safe_from=15, safe_to=18)
    case = told(contact=wish)
    log(case, at=HOUR, reached=True)
    assert promise(case, "contact").state == "open"


def test_no_contact_before_it_happened() -> None:
    with pytest.raises(casework.InFuture):
        casework.log_contact(
            case=told(), officer=officer("ali").pk, way="call", happened_at=NOON + HOUR,
            reached=True, at=NOON,
        )  # fmt: skip
