"""The page behind the receipt: the way to be reached, the question about a contact, reopening."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from tests.counter import HOUR, NOON, SINCE, fresh, officer, proposed, told

from mohalla.foundation import identifiers
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.submission import ContactWish
from mohalla.foundation.units import queries as directory
from mohalla.site.demo import district
from mohalla.stages.access.queries import tracked
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case

PHONE = ContactWish(kind="phone", value="+923002220001")


@pytest.fixture(autouse=True)
def _district(db: None) -> Iterator[None]:
    directory.forget()
    district.build(since=SINCE)
    yield
    directory.forget()


def page(client: Client, case: Case, language: str = "en", **said: str) -> tuple[int, str]:
    receipt = identifiers.receipt_for(case.report.pk, case.report.receipt_version)
    answer = client.post(f"/{language}/track/", {"receipt": receipt, **said})
    return answer.status_code, answer.content.decode()


def test_safe_hours_alone_do_not_cost_the_number(client: Client) -> None:
    case = told(contact=PHONE)
    code, html = page(client, case, do="contact", phone="", safe_hours="14-16")
    assert code == 422
    assert "Nothing was changed" in html
    assert reports.contact_of(case.report) is not None


def test_a_number_is_deleted_by_its_own_button(client: Client) -> None:
    case = told(contact=PHONE)
    assert 'value="forget"' in page(client, case)[1]
    code, html = page(client, case, do="forget")
    assert code == 200
    assert "We have no number of yours any more" in html
    assert reports.contact_of(case.report) is None
    assert 'value="forget"' not in page(client, case)[1]


@pytest.mark.parametrize(
    "language,word", [("en", "Phone call"), ("ur", "فون"), ("ps", "د فون زنګ")]
)
def test_the_way_of_a_contact_is_said_in_words(client: Client, language: str, word: str) -> None:
    case = told()
    casework.log_contact(
        case=case, officer=officer("ali").pk, way="call", happened_at=NOON, reached=True, at=NOON
    )
    asked = page(client, case, language)[1].partition('id="asked"')[2].partition("<form")[0]
    assert word in asked
    assert "· call" not in asked


def test_no_opens_it_again_and_the_history_says_so() -> None:
    case = proposed(told(), at=NOON)
    casework.dispute(case=fresh(case), door="web", at=NOON + HOUR, reason="")
    seen = tracked.seen(fresh(case), language="en", at=NOON + HOUR)
    assert seen.timeline[-1]["text"] == "Open again"
    assert "Open again" not in [row["text"] for row in seen.timeline[:-1]]
