"""What was sealed on a device, and two bodies: asked in plain words, destroyed with its keys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.device import Device
from tests.district import NOON, District
from tests.web.test_sealed_report import (  # noqa: F401 - its district and its keys
    WORDS,
    browser,
    category,
    district,
    keys,
    sent,
)

from mohalla.foundation.approvals import actions as approvals
from mohalla.foundation.approvals import queries as asked
from mohalla.foundation.approvals.models import Approval
from mohalla.foundation.approvals.rules.hands import Hand
from mohalla.foundation.reports.models import SealedKey
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case

pytestmark = pytest.mark.django_db


def test_a_sealed_report_is_destroyed_with_its_keys(
    district: District,  # noqa: F811
    keys: dict[str, Any],  # noqa: F811
) -> None:
    device = Device()
    case = sent(browser(), device, {"text": WORDS}, category=category(), district=district.dpo.code)
    at = NOON + timedelta(hours=1)
    casework.ask_withdrawal(case=case, door="web", at=at - timedelta(days=4))
    casework.settle_withdrawal(
        case=Case.objects.get(pk=case.pk), officer=district.dawood.pk, free_will=True, at=at,
        desks=frozenset({district.dpo.pk}),
    )  # fmt: skip
    sana = district.client(district.sana)
    address = f"/desk/cases/{case.reference}/"
    done = sana.post(
        address + "ask/destruction", {"of_unit": district.independent.pk, "reason": "her wish"}
    )
    assert done.status_code == 302, done.content.decode()
    row = Approval.objects.get(subject=case.reference)
    assert asked.reason_of(row) == "her wish"
    assert "her wish" not in row.reason
    approvals.answer(
        approval=row, hand=Hand(officer=district.farah.pk, unit=district.independent.pk), yes=True,
        seen=asked.digest_of(row), at=at,
    )  # fmt: skip
    left = SealedKey.objects.filter(report=case.report).values_list("sealed", flat=True)
    assert set(left) == {""}
    page = sana.get(address).content.decode()
    assert "The words were destroyed" in page
    hers = browser().post("/track/", {"receipt": device.token})
    assert hers.status_code == 200
    assert "What you told us was deleted" in hers.content.decode()
