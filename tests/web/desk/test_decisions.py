"""The supervisor's batch: four ways to decide, each kept as a promise and told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.district import District

from mohalla.channels.sms.models import Delivery
from mohalla.foundation import events
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import Promise
from mohalla.station.casework import queries
from mohalla.station.casework.events import Decided
from mohalla.station.casework.models import Case


@pytest.fixture
def late(district: District) -> tuple[Case, Promise]:
    case = district.make_case(at=district.at - timedelta(hours=9))
    contact = queries.open_promise(case, "contact")
    assert contact is not None
    promises.break_promise(promise=contact, ended_at=contact.due_at, by="system", at=district.at)
    return case, Promise.objects.get(subject=case.reference, kind="decision")


def test_it_stands_with_the_next_level_only(district: District, late: Any) -> None:
    case, _decision = late
    assert (
        case.reference in district.client(district.saima).get("/desk/decisions/").content.decode()
    )
    for other in (district.ali, district.ehsan, district.farah):
        page = district.client(other).get("/desk/decisions/").content.decode()
        assert case.reference not in page


def test_i_do_it_myself(district: District, late: Any) -> None:
    case, decision = late
    said = {"promise": decision.pk, "choice": "do"}
    assert district.client(district.saima).post("/desk/decisions/", said).status_code == 302
    case.refresh_from_db()
    decision.refresh_from_db()
    assert (case.unit_id, case.officer_id) == (district.sdpo.pk, district.saima.pk)
    assert decision.state == "kept"
    again = district.client(district.saima).post("/desk/decisions/", said)
    assert again.status_code == 422
    assert "not owed any more" in again.content.decode()


def test_somebody_else_does_it(district: District, late: Any) -> None:
    case, decision = late
    saima = district.client(district.saima)
    said = {"promise": decision.pk, "choice": "reassign"}
    assert saima.post("/desk/decisions/", said).status_code == 422
    foreign = saima.post("/desk/decisions/", said | {"to_officer": district.ehsan.pk})
    assert foreign.status_code == 422
    assert saima.post("/desk/decisions/", said | {"to_officer": district.sho.pk}).status_code == 302
    case.refresh_from_db()
    assert case.officer_id == district.sho.pk


def test_a_new_time_is_a_new_promise_that_climbs_further(district: District, late: Any) -> None:
    case, decision = late
    saima, told = district.client(district.saima), []
    events.subscribe(Decided, told.append)
    said = {"promise": decision.pk, "choice": "new_time", "due_at": "2026-03-26T12:00"}
    no_reason = saima.post("/desk/decisions/", said)
    assert no_reason.status_code == 422
    past = saima.post("/desk/decisions/", said | {"reason": "flood", "due_at": "2026-03-24T12:00"})
    assert past.status_code == 422
    assert Promise.objects.get(pk=decision.pk).state == "open"
    assert saima.post("/desk/decisions/", said | {"reason": "flood"}).status_code == 302
    fresh = queries.open_promise(case, "contact")
    assert fresh is not None
    assert fresh.after_id == decision.pk
    assert [event.choice for event in told] == ["new_time"]
    promises.break_promise(
        promise=fresh, ended_at=fresh.due_at, by="system", at=district.at + timedelta(days=2)
    )
    higher = Promise.objects.get(subject=case.reference, kind="decision", state="open")
    assert higher.unit_id == district.dpo.pk


def test_lending_people_is_a_shortage_on_record(district: District, late: Any) -> None:
    case, decision = late
    saima = district.client(district.saima)
    said = {"promise": decision.pk, "choice": "lend"}
    assert saima.post("/desk/decisions/", said).status_code == 422
    done = saima.post("/desk/decisions/", said | {"reason": "Two constables from reserve"})
    assert done.status_code == 302
    assert case.notes.get().kind == "shortage"
    told = Delivery.objects.filter(dedup_key__contains="decided:")
    assert told.count() == 1


def test_nobody_decides_what_another_desk_owes(district: District, late: Any) -> None:
    case, decision = late
    page = district.client(district.ehsan).post(
        "/desk/decisions/", {"promise": decision.pk, "choice": "do"}
    )
    assert page.status_code == 422
    assert case.reference not in page.content.decode()
    assert Promise.objects.get(pk=decision.pk).state == "open"


def test_the_batch_costs_the_same_with_many(district: District) -> None:
    saima, costs = district.client(district.saima), []
    for number in range(4):
        case = district.make_case(f"lamp {number}", at=district.at - timedelta(hours=9))
        contact = queries.open_promise(case, "contact")
        assert contact is not None
        promises.break_promise(
            promise=contact, ended_at=contact.due_at, by="system", at=district.at
        )
        saima.get("/desk/decisions/")
        with CaptureQueriesContext(connection) as cost:
            saima.get("/desk/decisions/")
        costs.append(len(cost))
    assert costs[0] == costs[-1] <= 8
