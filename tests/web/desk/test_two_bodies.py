"""The pages of two bodies: asked from the case, answered with a proof, told to the reporter."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.district import PHONE, District, filed

from mohalla.foundation import clock
from mohalla.foundation.approvals.models import Approval
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.people.models import Session
from mohalla.station.casework.models import Case

NAME, WHY = "Bano Gul", "her own family works there"


@pytest.fixture
def told(district: District) -> tuple[Case, str]:
    case, receipt = filed(
        district, category="sexual_violence", language="en", text="what happened", name=NAME
    )
    assert case.unit_id == district.womens_desk.pk
    return case, receipt


def body(response: Any) -> str:
    return str(response.content.decode())


def asked(client: Client, case: Case, act: str, **said: Any) -> Approval:
    response = client.post(f"/desk/cases/{case.reference}/ask/{act}", {"reason": WHY} | said)
    assert response.status_code == 302, body(response)
    return Approval.objects.get(subject=case.reference)


def seen(client: Client, row: Approval) -> str:
    page = body(client.get(f"/desk/approvals/{row.pk}/"))
    found = re.search(r'name="seen" value="(\w{64})"', page)
    assert found, page
    return found[1]


def test_asked_by_one_body_done_by_the_other_and_told_to_her(
    district: District, told: tuple[Case, str]
) -> None:
    case, receipt = told
    sana, farah = district.client(district.sana), district.client(district.farah)
    alone = sana.post(
        f"/desk/cases/{case.reference}/route", {"to_unit": district.independent.pk, "reason": WHY}
    )
    assert alone.status_code == 422
    assert f"/desk/cases/{case.reference}/ask/route" in body(alone)
    row = asked(
        sana, case, "route", to_unit=district.independent.pk, of_unit=district.independent.pk
    )
    assert WHY not in row.reason
    waits = body(farah.get("/desk/approvals/"))
    assert str(row.pk) in waits
    assert WHY not in waits
    assert "asked for it. Another office must agree first." in body(
        Client(headers={"accept-language": "en"}).post("/track/", {"receipt": receipt})
    )
    page = body(farah.get(f"/desk/approvals/{row.pk}/"))
    assert WHY in page
    assert "what happened" not in page
    done = farah.post(
        f"/desk/approvals/{row.pk}/", {"answer": "yes", "seen": seen(farah, row), "why": "agreed"}
    )
    assert done.status_code == 302
    assert Case.objects.get(pk=case.pk).unit_id == district.independent.pk
    told_her = Client(headers={"accept-language": "en"}).post("/track/", {"receipt": receipt})
    assert "Two offices agreed on it: Womens Desk and Independent." in body(told_her)


def test_for_others_a_request_is_not_there(district: District, told: tuple[Case, str]) -> None:
    case, _receipt = told
    sana = district.client(district.sana)
    row = asked(sana, case, "identity", of_unit=district.independent.pk)
    for stranger in (district.ali, district.dawood, district.tariq):
        client = district.client(stranger)
        assert client.get(f"/desk/approvals/{row.pk}/").status_code == 404
        assert str(row.pk) not in body(client.get("/desk/approvals/"))
    mine = body(sana.get(f"/desk/approvals/{row.pk}/"))
    assert "only take it back" in mine
    refused = sana.post(
        f"/desk/approvals/{row.pk}/", {"answer": "yes", "seen": seen(sana, row), "why": ""}
    )
    assert refused.status_code == 422
    taken_back = sana.post(
        f"/desk/approvals/{row.pk}/", {"answer": "no", "seen": seen(sana, row), "why": ""}
    )
    assert taken_back.status_code == 302
    farah = district.client(district.farah)
    assert farah.get(f"/desk/approvals/{row.pk}/").status_code == 404


def test_an_answer_needs_a_fresh_proof(district: District, told: tuple[Case, str]) -> None:
    case, _receipt = told
    row = asked(district.client(district.sana), case, "identity", of_unit=district.independent.pk)
    farah = district.client(district.farah)
    digest = seen(farah, row)
    Session.objects.update(proved_at=clock.now() - timedelta(hours=1))
    answered = farah.post(f"/desk/approvals/{row.pk}/", {"answer": "yes", "seen": digest})
    assert answered.status_code == 403
    assert not row.answers.exists()
    Session.objects.update(proved_at=clock.now())
    assert (
        farah.post(f"/desk/approvals/{row.pk}/", {"answer": "yes", "seen": digest}).status_code
        == 302
    )
    assert row.answers.count() == 1


def test_name_and_number_are_sealed_and_the_call_is_written_down(
    district: District, told: tuple[Case, str]
) -> None:
    case, receipt = told
    sana = district.client(district.sana)
    address = f"/desk/cases/{case.reference}/"
    pages = [body(sana.get(address + verb)) for verb in ("", "print", "contact", "message")]
    assert not any(PHONE in page or NAME in page for page in pages)
    shown = sana.post(address + "reach")
    assert PHONE in body(shown)
    assert NAME not in body(shown)
    assert Entry.objects.filter(what="number opened", subject=case.reference).count() == 1
    her_page = Client(headers={"accept-language": "en"}).post("/track/", {"receipt": receipt})
    assert "opened your number, to call you" in body(her_page)
    row = asked(sana, case, "identity", of_unit=district.independent.pk)
    farah = district.client(district.farah)
    farah.post(f"/desk/approvals/{row.pk}/", {"answer": "yes", "seen": seen(farah, row)})
    after = body(sana.get(address))
    assert PHONE in after
    assert NAME in after


def test_no_number_for_a_desk_that_owes_no_call(district: District, told: tuple[Case, str]) -> None:
    case, _receipt = told
    case.recipients.create(unit=district.triage_desk, since_at=district.at, why="looks on")
    tariq = district.client(district.tariq)
    assert tariq.get(f"/desk/cases/{case.reference}/").status_code == 200
    refused = tariq.post(f"/desk/cases/{case.reference}/reach", follow=True)
    assert PHONE not in body(refused)
    assert not Entry.objects.filter(what="number opened").exists()


def test_only_those_can_be_asked_who_could_agree(
    district: District, told: tuple[Case, str]
) -> None:
    case, _receipt = told
    page = body(district.client(district.sana).get(f"/desk/cases/{case.reference}/ask/identity"))
    offered = re.findall(r'<option value="(\d+)"', page)
    assert offered == [str(district.independent.pk)]
