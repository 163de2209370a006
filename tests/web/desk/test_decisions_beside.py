"""What another desk than the lead owes, and was late with: it never comes to the lead."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.claims import asked, claim_of, decide, filed, given, tracked
from tests.district import NOON, District

from mohalla.foundation import clock
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import Promise
from mohalla.stages.access.actions.claim import keep_desks
from mohalla.station.casework import actions, queries
from mohalla.station.casework.models import Case

HOUR = timedelta(hours=1)
LATE = NOON + 97 * HOUR
NEXT = NOON + 120 * HOUR


def broken(case: Case, kind: str, at: Any = LATE) -> Promise:
    """The decision about the late promise of that kind."""
    promise = Promise.objects.get(subject=case.reference, kind=kind, state="open")
    promises.break_promise(promise=promise, ended_at=promise.due_at, by="system", at=at)
    return Promise.objects.get(kind="decision", after=promise)


@pytest.fixture
def claimed(district: District) -> tuple[Case, str, Promise]:
    """A request for a new receipt that the SDPO did not decide in time."""
    case, _receipt = filed(district)
    number = asked(Client(headers={"accept-language": "en"}), case.reference)
    return case, number, broken(case, "receipt")


def test_a_new_time_leaves_a_receipt_with_the_desk_that_decides_it(
    district: District, claimed: Any
) -> None:
    case, number, late = claimed
    assert (late.unit, case.unit) == (district.dpo, district.station_a)
    actions.decide(
        promise=late, case=case, officer=district.dawood.pk, choice="new_time", due_at=NEXT,
        reason="flood", at=LATE,
    )  # fmt: skip
    again = Promise.objects.get(kind="receipt", state="open")
    assert (again.unit, again.officer) == (district.sdpo, district.saima)
    keep_desks(at=LATE)
    assert claim_of(case).unit == district.sdpo
    assert decide(district, district.ali, claim_of(case), "grant", LATE).status_code == 404
    assert decide(district, district.saima, claim_of(case), "grant", LATE).status_code == 302
    again.refresh_from_db()
    assert again.state == "kept", "the new time is kept by the decision"
    browser = Client(headers={"accept-language": "en"})
    assert given(tracked(browser, number, LATE))


def test_whoever_takes_it_over_decides_it(district: District, claimed: Any) -> None:
    case, _number, late = claimed
    actions.decide(
        promise=late, case=case, officer=district.dawood.pk, choice="do", at=LATE, reason=""
    )
    keep_desks(at=LATE)
    again = Promise.objects.get(kind="receipt", state="open")
    assert (again.unit, again.officer) == (district.dpo, district.dawood)
    case.refresh_from_db()
    assert case.unit == district.station_a, "the case itself stays where it is"
    assert claim_of(case).unit == district.dpo
    assert decide(district, district.saima, claim_of(case), "grant", LATE).status_code == 404
    assert decide(district, district.dawood, claim_of(case), "grant", LATE).status_code == 302
    again.refresh_from_db()
    assert again.state == "kept"


def test_a_late_private_call_stays_independent(district: District) -> None:
    case, _receipt = filed(district)
    actions.owe_private_call(case=case, at=NOON)
    late = broken(case, "call_back")
    actions.decide(
        promise=late, case=case, officer=district.dawood.pk, choice="new_time", due_at=NEXT,
        reason="flood", at=LATE,
    )  # fmt: skip
    again = Promise.objects.get(kind="call_back", state="open")
    assert again.unit == district.sdpo
    with pytest.raises(actions.CallBackRefused):
        actions.log_call_back(
            case=case, officer=district.ali.pk, desks=frozenset({district.station_a.pk}),
            reached=True, agrees=True, at=LATE,
        )  # fmt: skip


def test_somebody_of_the_desk_that_owes_it_is_offered_and_nobody_of_the_lead(
    district: District, claimed: Any
) -> None:
    _case, _number, late = claimed
    said = {"promise": late.pk, "choice": "reassign"}
    with clock.fixed(LATE):
        dawood = district.client(district.dawood)
        lead = dawood.post("/desk/decisions/", said | {"to_officer": district.ali.pk})
        assert lead.status_code == 422
        own = dawood.post("/desk/decisions/", said | {"to_officer": district.saima.pk})
        assert own.status_code == 302
    assert Promise.objects.get(kind="receipt", state="open").officer == district.saima


def test_a_decision_that_was_late_too_leads_back_to_what_is_owed(district: District) -> None:
    case, _receipt = filed(district)
    first = broken(case, "contact")
    promises.break_promise(promise=first, ended_at=first.due_at, by="system", at=LATE)
    second = Promise.objects.get(kind="decision", after=first)
    actions.decide(
        promise=second, case=case, officer=district.dawood.pk, choice="new_time", due_at=NEXT,
        reason="flood", at=LATE,
    )  # fmt: skip
    again = queries.open_promise(case, "contact")
    assert again is not None
    assert (again.unit, again.officer) == (district.station_a, district.ali)
    assert queries.open_promise(case, "decision") is None
