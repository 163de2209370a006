"""What is kept in memory of a followed report is never older than the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.counter import HOUR, NOON, SINCE, fresh, officer, proposed, told

from mohalla.foundation import identifiers
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.units import actions as units
from mohalla.foundation.units import queries as directory
from mohalla.foundation.units.models import Posting
from mohalla.site.demo import district
from mohalla.stages.access.queries import followed, tracked
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case


@pytest.fixture(autouse=True)
def _district(db: None) -> Iterator[None]:
    directory.forget()
    followed.forget()
    district.build(since=SINCE)
    yield
    directory.forget()
    followed.forget()


def receipt(case: Case) -> str:
    return identifiers.receipt_for(case.report.pk, case.report.receipt_version)


def test_a_second_look_is_one_statement_and_says_the_same() -> None:
    case = told()
    first = followed.by_receipt(receipt(case), language="ur", at=NOON)
    with CaptureQueriesContext(connection) as asked:
        again = followed.by_receipt(receipt(case), language="ur", at=NOON)
    assert len(asked) == 1
    assert again == first == tracked.seen(fresh(case), language="ur", at=NOON)
    assert followed.by_receipt(receipt(case), language="en", at=NOON) != first


def test_nothing_confidential_is_kept() -> None:
    case = told(category="bribe", about_unit="thana-chinar")
    followed.by_receipt(receipt(case), language="ur", at=NOON)
    assert not followed._kept


def test_unknown_and_malformed_receipts_are_not_there() -> None:
    for typed in ("12345678901234567890", "", "x", "1" * 400):
        assert followed.by_receipt(typed, language="ur", at=NOON) is None


def test_after_every_act_the_new_state_is_shown() -> None:
    """Whatever happens in the same minute is seen at the next look."""
    case = told()
    at = NOON + HOUR

    def shown() -> tracked.ReportSeen:
        seen = followed.by_receipt(receipt(case), language="ur", at=at)
        assert seen is not None
        return seen

    def log() -> None:
        casework.log_contact(
            case=fresh(case), officer=officer("ali").pk, way="call", happened_at=at, reached=True,
            at=at,
        )  # fmt: skip

    acts: dict[str, Callable[[], object]] = {
        "message": lambda: casework.say(case=fresh(case), text="کوئی نہیں آیا", door="web", at=at),
        "answer": lambda: casework.reply(
            case=fresh(case), officer=officer("ali").pk, text="آج آئیں گے", at=at
        ),
        "contact": log,
        "denied": lambda: casework.answer_contact(case=fresh(case), spoke=False, door="web", at=at),
        "proposal": lambda: proposed(fresh(case), at=at),
        "dispute": lambda: casework.dispute(case=fresh(case), door="web", at=at),
        "late": lambda: promises.tick(at=at + timedelta(days=60)),
        "withdrawal": lambda: casework.ask_withdrawal(case=fresh(case), door="web", at=at),
        "no contact": lambda: reports.remove_contacts(report=case.report, by="reporter", at=at),
    }
    for name, act in acts.items():
        before = shown()
        act()
        after = shown()
        assert after != before, f"{name}: nothing new was shown"
        assert after == tracked.seen(fresh(case), language="ur", at=at), name


def test_when_somebody_else_comes_on_duty_that_is_shown() -> None:
    case = told()
    before = followed.by_receipt(receipt(case), language="ur", at=NOON)
    posting = Posting.objects.get(officer=officer("ali"), ends_at=None)
    units.end_posting(posting=posting, by="test", at=NOON)
    after = followed.by_receipt(receipt(case), language="ur", at=NOON)
    assert before != after == tracked.seen(fresh(case), language="ur", at=NOON)


def test_what_was_joined_with_another_case_is_never_behind_it() -> None:
    """The acts on the other case leave their entries there."""
    into, case = told(), told()
    casework.merge(case=case, into=into, officer=officer("ali").pk, at=NOON + HOUR)
    at = NOON + 2 * HOUR
    before = followed.by_receipt(receipt(case), language="en", at=at)
    casework.log_contact(
        case=fresh(into), officer=officer("ali").pk, way="call", happened_at=at, reached=True, at=at
    )
    after = followed.by_receipt(receipt(case), language="en", at=at)
    assert before != after == tracked.seen(fresh(case), language="en", at=at)
