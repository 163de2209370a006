"""A new receipt is decided by an independent desk, and by nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.claims import (
    DAY,
    HOUR,
    NOON,
    acts,
    asked,
    claim_of,
    decide,
    filed,
    given,
    news,
    tracked,
)
from tests.district import District

from mohalla.foundation.people.models import Officer
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.actions import post
from mohalla.site import schedule
from mohalla.stages.access.actions.claim import keep_desks
from mohalla.stages.access.models import ReceiptClaim
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "en"})


def test_not_before_the_wait_is_over_but_refused_at_once(
    district: District, browser: Client
) -> None:
    case, old = filed(district)
    asked(browser, case.reference)
    claim = claim_of(case)
    early = decide(district, district.saima, claim, "grant", NOON + 71 * HOUR)
    assert early.status_code == 422
    assert "Not before the wait" in early.content.decode()
    assert decide(district, district.saima, claim, "refuse", NOON, reason=" ").status_code == 422
    assert decide(district, district.saima, claim, "refuse", NOON).status_code == 302
    again = decide(district, district.saima, claim, "grant", NOON + 73 * HOUR)
    assert again.status_code == 422
    assert tracked(browser, old).status_code == 200
    assert Promise.objects.get(kind="receipt").state == "kept"
    assert acts(case) == ["new receipt asked for", "new receipt refused"]


def test_nobody_elses_desk_sees_it(district: District, browser: Client) -> None:
    case, _old = filed(district)
    asked(browser, case.reference)
    claim = claim_of(case)
    address = f"/desk/claims/{claim.pk}/"
    assert district.client(district.saima).get(address).status_code == 200
    for officer in (district.ali, district.sho, district.ehsan, district.farah, district.tariq):
        client = district.client(officer)
        assert client.get(address).status_code == 404
        assert decide(district, officer, claim, "grant", NOON + 80 * HOUR).status_code == 404
        assert case.reference not in client.get("/desk/claims/").content.decode()
    assert claim_of(case).decision == ""


def second_at(district: District, unit: Any, name: str = "bano") -> Officer:
    found = Officer.objects.create(
        belt=f"B-{name}", rank="civilian", name_en=name.title(), name_ur="بانو", gender="woman",
        languages=["ur"],
    )  # fmt: skip
    post(officer=found, unit=unit, role="member", by="system", at=NOON - DAY)
    units.forget()
    return found


def test_excluded_units_never(district: District, browser: Client) -> None:
    """A grave matter about station A: nobody who commands it decides who holds the receipt."""
    bano = second_at(district, district.independent)
    case, _old = filed(district, category="torture", about_unit="station_a")
    excluded = units.barred(room="casework", subject=case.reference)
    assert not excluded.allows_unit(district.sdpo.pk)
    assert case.sensitivity == "C3"
    asked(browser, case.reference)
    claim = claim_of(case)
    assert claim.unit is not None
    assert claim.unit_id != district.sdpo.pk
    assert excluded.allows_unit(claim.unit.pk)
    for officer in (district.saima, district.dawood, district.sho, district.ali):
        assert district.client(officer).get(f"/desk/claims/{claim.pk}/").status_code == 404
    decider = {row.pk: row for row in (bano, district.farah, district.tariq)}[
        Promise.objects.get(kind="receipt").officer_id or 0
    ]
    assert decider.pk != case.officer_id
    late = NOON + 73 * HOUR
    assert decide(district, decider, claim, "grant", late).status_code == 302
    for text in news(case):
        assert "پولیس" not in text


def test_who_has_the_case_decides_nothing(district: District, browser: Client) -> None:
    case, _old = filed(district)
    asked(browser, case.reference)
    claim, late = claim_of(case), NOON + 73 * HOUR
    Case.objects.filter(pk=case.pk).update(officer=district.saima)
    own = decide(district, district.saima, claim, "grant", late)
    assert own.status_code == 422
    assert "Not by the officer who has the case" in own.content.decode()
    Case.objects.filter(pk=case.pk).update(officer=district.ali, unit=district.sdpo)
    same = decide(district, district.saima, claim, "grant", late)
    assert same.status_code == 422
    assert "somebody independent decides" in same.content.decode()
    assert claim_of(case).decision == ""
    Case.objects.filter(pk=case.pk).update(officer=district.ali, unit=district.station_a)
    assert decide(district, district.saima, claim, "grant", late).status_code == 302


def test_a_desk_that_gets_the_case_gives_the_decision_on(
    district: District, browser: Client
) -> None:
    case, _old = filed(district)
    asked(browser, case.reference)
    assert keep_desks(at=NOON) == 0
    casework.reroute(
        case=case, to_unit=district.sdpo.pk, officer=district.sho.pk, is_head=True,
        reason="moved", at=NOON + HOUR,
    )  # fmt: skip
    assert claim_of(case).unit == district.sdpo
    schedule.run_due(at=NOON + HOUR)
    claim = claim_of(case)
    assert claim.unit == district.dpo
    promise = Promise.objects.get(kind="receipt")
    assert (promise.unit, promise.officer) == (district.dpo, district.dawood)
    assert promise.due_at == NOON + 96 * HOUR
    assert keep_desks(at=NOON + HOUR) == 0
    late = NOON + 73 * HOUR
    assert decide(district, district.saima, claim, "grant", late).status_code == 404
    assert decide(district, district.dawood, claim, "grant", late).status_code == 302


def test_closing_the_case_does_not_end_the_request(district: District, browser: Client) -> None:
    case, _old = filed(district)
    asked(browser, case.reference)
    casework.close(case=case, closing="confirmed", by="reporter", at=NOON + HOUR)
    assert Promise.objects.get(kind="receipt").state == "open"
    done = decide(district, district.saima, claim_of(case), "grant", NOON + 73 * HOUR)
    assert done.status_code == 302


def test_two_requests_one_receipt(district: District, browser: Client) -> None:
    case, _old = filed(district)
    first = asked(browser, case.reference)
    second = asked(browser, case.reference, NOON + HOUR)
    assert len(news(case)) == 1, "one notice a day"
    early, later = ReceiptClaim.objects.order_by("asked_at")
    page = district.client(district.saima).get(f"/desk/claims/{later.pk}/").content.decode()
    assert "Others ask for a receipt of the same report" in page
    late = NOON + 74 * HOUR
    assert decide(district, district.saima, later, "grant", late).status_code == 302
    early.refresh_from_db()
    assert early.decision == "refused"
    assert given(tracked(browser, second, late))
    assert not given(tracked(browser, first, late))
    # a third one, granted later, makes the second number void
    third = asked(browser, case.reference, late)
    after = late + 73 * HOUR
    assert decide(district, district.saima, claim_of(case), "grant", after).status_code == 302
    assert given(tracked(browser, third, after))
    assert "no new receipt" in tracked(browser, second, after).content.decode()


def test_few_statements_however_many_requests(district: District, browser: Client) -> None:
    for _each in range(3):
        asked(browser, filed(district)[0].reference)
    client = district.client(district.saima)
    client.get("/desk/claims/")
    with CaptureQueriesContext(connection) as few:
        client.get("/desk/claims/")
    for _each in range(5):
        asked(browser, filed(district)[0].reference)
    with CaptureQueriesContext(connection) as many:
        client.get("/desk/claims/")
    assert len(many) == len(few)
