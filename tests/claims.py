"""Short hands for tests of claims to a new receipt."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from tests import district as district_with
from tests.district import NOON, District

from mohalla.channels.sms.models import Delivery
from mohalla.foundation import clock
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.people.models import Officer
from mohalla.stages.access.actions.claim import look
from mohalla.stages.access.models import ReceiptClaim
from mohalla.station.casework.models import Case

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORDS = "میری موٹر سائیکل چوری ہوئی، تالا ٹوٹا تھا"
TOLD = "بدھ کی رات کو لکھا تھا، zebramark تالا ٹوٹا ہوا تھا"
DIGITS = re.compile(r"\b(?:\d{4} ){4}\d{4}\b")
TWINS = pytest.mark.parametrize("meant", [True, False], ids=["a report", "no report"])


filed = partial(district_with.filed, text=WORDS)


def asked(browser: Client, reference: str, at: datetime = NOON, told: str = TOLD) -> str:
    """The claim number of a request; the clock has looked at it since."""
    with clock.fixed(at):
        page = browser.post("/en/track/lost/", {"reference": reference, "told": told})
    assert page.status_code == 200
    found = DIGITS.search(page.content.decode())
    assert found
    look(at=at)
    return found[0]


def tracked(browser: Client, number: str, at: datetime = NOON, **more: str) -> Any:
    with clock.fixed(at):
        return browser.post("/en/track/", {"receipt": number, **more})


def given(page: Any) -> str:
    """The new receipt that the page shows; empty where it shows none."""
    found = re.search(r'id="receipt">.*?((?:\d{4} ){4}\d{4})', page.content.decode())
    return found[1] if found else ""


def decide(
    district: District, officer: Officer, claim: ReceiptClaim, choice: str, at: datetime,
    reason: str = "The lock agreed",
) -> Any:  # fmt: skip
    with clock.fixed(at):
        return district.client(officer).post(
            f"/desk/claims/{claim.pk}/", {"choice": choice, "reason": reason}
        )


def claim_of(case: Case) -> ReceiptClaim:
    return ReceiptClaim.objects.filter(report_id=case.pk).latest("asked_at", "pk")


def news(case: Case) -> list[str]:
    return list(
        Delivery.objects.filter(subject=case.reference, purpose="news").values_list(
            "text", flat=True
        )
    )


def acts(case: Case) -> list[str]:
    found = Entry.objects.filter(subject=case.reference).order_by("at", "pk")
    return [what for what in found.values_list("what", flat=True) if "receipt" in what]
