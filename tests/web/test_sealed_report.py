"""A confidential report whose words were sealed on the sender's device: taken, kept, opened."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import device as devices
from tests.device import Device, desk_key
from tests.district import NOON, District, build

from mohalla.foundation import files, identifiers
from mohalla.foundation.approvals.models import Approval
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.models import Contact, Report, Sealed, SealedKey
from mohalla.station.casework import readings
from mohalla.station.casework.models import Case

pytestmark = pytest.mark.django_db
BLACKMAIL = "cyber_blackmail"
WORDS = "He sends my pictures to my brothers"


@pytest.fixture
def district(monkeypatch: pytest.MonkeyPatch) -> District:
    from mohalla.foundation import clock

    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=1))
    return build(NOON)


@pytest.fixture
def keys(district: District) -> dict[str, Any]:
    """Every desk of the district has a key; its private half by the code of the desk."""
    return {
        unit.code: desk_key(unit, district.sana)[1]
        for unit in (
            district.womens_desk, district.triage_desk, district.sdpo, district.dpo,
            district.independent, district.station_a,
        )
    }  # fmt: skip


def browser() -> Client:
    return Client(headers={"accept-language": "en"})


def desks(client: Client, **fields: str) -> dict[str, Any]:
    answer = client.post("/report/", {"go": "keys", **fields})
    assert answer.status_code == 200, answer.content
    return answer.json()  # type: ignore[no-any-return]


def sent(client: Client, device: Device, told: dict[str, Any], **fields: str) -> Case:
    answer = client.post("/report/", device.post(told, desks(client, **fields), **fields))
    assert answer.status_code == 200, answer.content[:2000]
    return Case.objects.latest("opened_at")


def test_she_seals_it_and_her_desk_and_she_open_it(
    district: District, keys: dict[str, Any]
) -> None:
    client, device = browser(), Device()
    case = sent(client, device, {"text": WORDS}, category=category(), district=district.dpo.code)
    report = case.report
    assert report.envelope == Report.Envelope.BROWSER
    assert WORDS not in report.body
    assert report.place_id is None
    assert report.landmark == ""
    assert report.receipt_lookup == identifiers.receipt_lookup(device.token)
    owner = case.unit
    assert owner is not None
    rows = {row.desk_key.unit.code: row for row in SealedKey.objects.exclude(desk_key=None)
            .select_related("desk_key__unit")}  # fmt: skip
    assert owner.code in rows
    report_key = devices.opened(rows[owner.code].sealed, keys[owner.code])
    private = devices.pyrage.x25519.Identity.from_str(report_key)
    assert json.loads(devices.opened(report.body, private))["text"] == WORDS
    mine = SealedKey.objects.get(desk_key=None)
    assert devices.opened(mine.sealed, device.mine) == report_key
    # the same receipt typed on a page without scripts finds it, and its words stay sealed there
    for typed in (device.digits, device.token):
        page = client.post("/track/", {"receipt": typed})
        assert page.status_code == 200
        assert "data-envelope" in page.content.decode()
        assert device.digits not in page.content.decode()
    assert client.post("/track/", {"receipt": Device().digits}).status_code == 404


def category() -> str:
    from mohalla.foundation import catalogue

    return next(
        code for code, row in catalogue.get().categories.items()
        if row.sensitivity == "C2" and not row.about_police and row.desks[0] == "womens_desk"
    )  # fmt: skip


def against_police() -> str:
    from mohalla.foundation import catalogue

    return next(
        code for code, row in catalogue.get().categories.items()
        if row.sensitivity == "C3" and row.about_police and row.exclusion == "grave"
    )  # fmt: skip


def test_nobody_under_complaint_is_given_a_key(district: District, keys: dict[str, Any]) -> None:
    client = browser()
    named = desks(
        client, category=against_police(), district=district.dpo.code,
        about_unit=district.station_a.code,
    )  # fmt: skip
    recipients = {each["recipient"] for each in named["desks"]}
    for unit in (district.station_a, district.sdpo, district.dpo):
        assert str(keys[unit.code].to_public()) not in recipients
    assert str(keys[district.independent.code].to_public()) in recipients
    # no unit named: it may be about any of them
    unnamed = desks(client, category=against_police(), district=district.dpo.code)
    assert {each["recipient"] for each in unnamed["desks"]} == {
        str(keys[district.independent.code].to_public())
    }
    bodies = named["identity"]
    assert {bodies["inner"]["unit"], bodies["outer"]["unit"]} == {
        district.independent.pk, district.triage_desk.pk,
    }  # fmt: skip


def test_name_and_number_of_a_complaint_need_two_bodies(
    district: District, keys: dict[str, Any]
) -> None:
    client, device = browser(), Device()
    open_fields = {
        "category": against_police(), "district": district.dpo.code,
        "about_unit": district.station_a.code,
    }  # fmt: skip
    found = desks(client, **open_fields)
    identity = device.identity({"name": "Amina", "phone": "03001234567"}, found["identity"])
    answer = client.post("/report/", device.post({"text": WORDS}, found, **open_fields) | identity)
    assert answer.status_code == 200, answer.content[:500]
    row = Sealed.objects.get()
    with pytest.raises(Exception, match=r"No matching keys|decrypt"):
        devices.opened(row.identity, keys[district.independent.code])
    outer = devices.opened(row.identity, keys[district.triage_desk.code])
    inner = devices.opened(outer, keys[district.independent.code])
    assert json.loads(inner)["name"] == "Amina"
    assert not Contact.objects.exists()


def test_two_bodies_open_it_each_its_own_lock(district: District, keys: dict[str, Any]) -> None:
    client, device = browser(), Device()
    open_fields = {
        "category": against_police(), "district": district.dpo.code,
        "about_unit": district.station_a.code,
    }  # fmt: skip
    found = desks(client, **open_fields)
    identity = device.identity({"name": "Amina"}, found["identity"])
    client.post("/report/", device.post({"text": WORDS}, found, **open_fields) | identity)
    case = Case.objects.get()
    farah, tariq = district.client(district.farah), district.client(district.tariq)
    page = f"/desk/cases/{case.reference}/"
    assert "two bodies open them" in farah.get(page).content.decode()
    ask = page + "ask/identity"
    wrong = farah.post(ask, {"of_unit": str(district.dpo.pk), "reason": "She is in danger"})
    assert wrong.status_code == 422
    asked = farah.post(ask, {"of_unit": str(district.triage_desk.pk), "reason": "She is in danger"})
    assert asked.status_code == 302, asked.content.decode()[:3000]
    approval = Approval.objects.get()
    address = f"/desk/approvals/{approval.pk}/"
    form = tariq.get(address).content.decode()
    seen = re.findall(r'name="seen" value="([0-9a-f]+)"', form)[0]
    layer = html.unescape(re.findall(r'data-peel="([^"]+)"', form)[0])
    yes = {"seen": seen, "answer": "yes", "why": ""}
    assert tariq.post(address, yes).status_code == 422  # his lock was not opened
    assert not Sealed.objects.get().peeled
    peeled = devices.opened(layer, keys[district.triage_desk.code])
    assert tariq.post(address, yes | {"peeled": peeled}).status_code == 302
    shown = html.unescape(farah.get(page).content.decode())
    inner = re.findall(r'data-identity="([^"]+)"', shown)[0]
    assert json.loads(devices.opened(inner, keys[district.independent.code]))["name"] == "Amina"
    assert tariq.get(page).status_code == 404
    assert reports.drop_peeled(at=NOON + timedelta(hours=72)) == 0
    assert reports.drop_peeled(at=NOON + timedelta(hours=74)) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        {"token": "0" * 63}, {"recipient": "age1nobody"}, {"envelope": WORDS}, {"keys": "{}"},
        {"keys": "[1]"}, {"keys": "not json"}, {"inner": "x"}, {"about_on": "yesterday"},
        {"files": "not-a-uuid"}, {"identity": WORDS},
    ],
    ids=lambda spoil: next(iter(spoil)),
)  # fmt: skip
def test_what_is_not_sealed_rightly_is_not_kept(
    district: District, keys: dict[str, Any], spoil: dict[str, str]
) -> None:
    client, device = browser(), Device()
    fields = {"category": category(), "district": district.dpo.code}
    good = device.post({"text": WORDS}, desks(client, **fields), **fields)
    answer = client.post("/report/", good | spoil)
    assert answer.status_code == 422
    assert answer.json()["problem"]
    assert not Report.objects.exists()
    assert client.post("/report/", good).status_code == 200
    again = client.post("/report/", good)
    assert again.status_code == 200
    assert Report.objects.count() == 1


def test_a_key_that_changed_meanwhile_is_sealed_for_again(
    district: District, keys: dict[str, Any]
) -> None:
    client, device = browser(), Device()
    fields = {"category": category(), "district": district.dpo.code}
    old = device.post({"text": WORDS}, desks(client, **fields), **fields)
    from mohalla.foundation.keys.models import DeskKey

    DeskKey.objects.filter(unit=district.womens_desk).update(retired_at=NOON)
    desk_key(district.womens_desk, district.sana, version=2)
    assert client.post("/report/", old).status_code == 409
    assert not Report.objects.exists()
    new = device.post({"text": WORDS}, desks(client, **fields), **fields)
    assert client.post("/report/", new).status_code == 200


def test_the_desk_page_carries_it_sealed_and_says_so(
    district: District, keys: dict[str, Any]
) -> None:
    case = sent(
        browser(), Device(), {"text": WORDS}, category=category(), district=district.dpo.code
    )
    sana = district.client(district.sana)
    page = sana.get(f"/desk/cases/{case.reference}/").content.decode()
    assert "data-envelope" in page
    assert "report-keys" in page
    assert WORDS not in page
    ehsan = district.client(district.ehsan)
    assert ehsan.get(f"/desk/cases/{case.reference}/").status_code == 404


def test_words_of_the_desk_stay_sealed_too(district: District, keys: dict[str, Any]) -> None:
    device = Device()
    case = sent(browser(), device, {"text": WORDS}, category=category(), district=district.dpo.code)
    sana = district.client(district.sana)
    address = f"/desk/cases/{case.reference}/message"
    refused = sana.post(address, {"template": "", "text": "We met your brother"})
    assert refused.status_code == 422
    assert not case.report.messages.exists()
    sealed = devices.seal("We met your brother", device.recipient)
    assert sana.post(address, {"template": "", "text": sealed}).status_code == 302
    page = browser().post("/track/", {"receipt": device.token}).content.decode()
    assert "We met your brother" not in page
    armoured = re.findall(r'data-sealed="([^"]+)"', page)
    assert [devices.opened(each, device.report) for each in armoured] == ["We met your brother"]


def test_without_keys_nothing_is_offered(district: District) -> None:
    client = browser()
    answer = client.post("/report/", {"go": "keys", "category": category()})
    assert answer.status_code == 409
    assert answer.json()["problem"]
    page = client.post("/report/", {"step": "what", "pick": category()})
    assert 'name="text"' in page.content.decode()
    assert "data-sealing" not in page.content.decode()


def test_the_way_without_the_lock_is_chosen_and_said(
    district: District, keys: dict[str, Any]
) -> None:
    client = browser()
    page = client.post("/report/", {"step": "what", "pick": category()}).content.decode()
    assert "data-sealing" in page
    assert "What it costs to go on without" in page
    chosen = client.post(
        "/report/", {"step": "what", "go": "tell", "unsealed": "yes", "category": category()}
    ).content.decode()
    assert "data-sealing" not in chosen
    assert 'name="text"' in chosen
    assert 'name="unsealed" value="yes"' in chosen


def test_who_got_a_key_stands_in_the_register(district: District, keys: dict[str, Any]) -> None:
    case = sent(
        browser(), Device(), {"text": WORDS}, category=category(), district=district.dpo.code
    )
    entry = Entry.objects.get(what="report received", subject=case.reference)
    given = set(SealedKey.objects.exclude(desk_key=None).values_list("desk_key", flat=True))
    assert {str(key) for key in given} == set(entry.facts["sealed_to"])


def test_sealed_words_go_to_browsers_of_their_desk_to_be_searched(
    district: District, keys: dict[str, Any]
) -> None:
    """Sealed texts and the desk's own keys only, after a purpose, with an entry for each case."""
    case = sent(
        browser(), Device(), {"text": WORDS}, category=category(), district=district.dpo.code
    )
    assert case.unit == district.womens_desk
    sana = district.client(district.sana)
    assert sana.post("/desk/search/sealed", {"purpose": ""}).status_code == 422
    assert not Entry.objects.filter(what="case searched").exists()
    page = sana.post("/desk/search/sealed", {"purpose": "the same man"}).content.decode()
    (row,) = carried(page, "sealed-cases")
    assert row["reference"] == case.reference
    assert row["words"] == [case.report.body]
    given = SealedKey.objects.filter(desk_key__unit=district.womens_desk)
    assert set(row["keys"]) <= {str(key) for key in given.values_list("desk_key", flat=True)}
    assert Entry.objects.get(what="case searched").subject == case.reference
    (seen,) = [one for one in readings.of_case(case) if one.searched]
    assert seen.officer == district.sana.pk

    ali = district.client(district.ali)
    page = ali.post("/desk/search/sealed", {"purpose": "I am curious"}).content.decode()
    assert case.reference not in page
    assert "Your desks have no sealed case here." in page
    assert Entry.objects.filter(what="case searched").count() == 1


def test_a_page_of_sealed_cases_costs_the_same_however_many(
    district: District, keys: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    sana = district.client(district.sana)
    for _number in range(3):
        sent(browser(), Device(), {"text": WORDS}, category=category(), district=district.dpo.code)
    with django_assert_max_num_queries(30) as few:
        sana.post("/desk/search/sealed", {"purpose": "the same man"})
    before = len(few.captured_queries)
    for _number in range(3):
        sent(browser(), Device(), {"text": WORDS}, category=category(), district=district.dpo.code)
    with django_assert_max_num_queries(before):
        sana.post("/desk/search/sealed", {"purpose": "the same man"})


def test_she_adds_a_sealed_file_later(district: District, keys: dict[str, Any]) -> None:
    device = Device()
    case = sent(browser(), device, {"text": WORDS}, category=category(), district=district.dpo.code)
    to = devices.pyrage.x25519.Recipient.from_str(device.recipient)
    file = SimpleUploadedFile("sealed.age", devices.pyrage.encrypt(b"a picture", [to]))
    said = {"receipt": device.token, "do": "message", "text": "", "files": [file]}
    page = browser().post("/track/", said)
    assert page.status_code == 200
    (kept,) = case.report.attachments.all()
    assert kept.media_type == files.SEALED
    assert "data-sealed-file" in page.content.decode()


def carried(page: str, name: str) -> Any:
    """The JSON that a page carries for scripts."""
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page, re.S)
    return json.loads(found[1]) if found else []
