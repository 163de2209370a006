"""The page of evidence at the desk, what its reporter sees of it, and the bundles of both."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.district import NOON, District
from tests.pictures import photograph

from mohalla.foundation import clock, identifiers
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger import key
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.people.models import Session
from mohalla.foundation.reports import actions as reports
from mohalla.station.casework.models import Case, Custody
from mohalla.station.casework.rules import bundle

VIDEO = b"\0\0\0\x18ftypisom" + b"\1" * 600


@pytest.fixture
def case(district: District) -> Case:
    rows = [
        reports.keep_attachment(upload=SimpleUploadedFile("x", content), at=NOON)
        for content in (photograph(), VIDEO)
    ]
    made = district.make_case(
        category="online_harassment", attachments=tuple(row.pk for row in rows)
    )
    ledger.sequence(at=NOON)
    return made


def address(case: Case, more: str = "") -> str:
    return f"/desk/cases/{case.reference}/evidence{more}"


def hand(case: Case, **said: str) -> dict[str, str]:
    row = case.report.attachments.order_by("uploaded_at", "pk")[1]
    return {
        "file": str(row.pk), "to": "body:pfsa", "medium": "disc", "person": "Dr Zafar, PFSA",
        "number": "FSA-12", "happened_at": "2026-03-25 11:30", "note": "sealed envelope",
    } | said  # fmt: skip


def tracked(case: Case, **said: str) -> Any:
    receipt = identifiers.receipt_for(case.report_id, 1)
    return Client().post("/en/track/", {"receipt": receipt, **said})


def test_out_and_back_is_written_down_and_the_reporter_sees_it(
    district: District, case: Case
) -> None:
    desk = district.client(district.sana)
    assert "It has no clean copy" in desk.get(address(case)).content.decode()  # the video
    assert desk.post(address(case, "/handed"), hand(case)).headers["Location"] == address(case)
    page = desk.get(address(case)).content.decode()
    for words in ("Punjab Forensic Science Agency", "Dr Zafar", "FSA-12", "sealed envelope"):
        assert words in page
    row = Custody.objects.get()
    assert "Zafar" not in row.person + row.note + json.dumps(Entry.objects.latest("at").facts)
    form = desk.get(address(case, "/returned")).content.decode()
    assert str(row.pk) in form
    back = {"handed": str(row.pk), "happened_at": "2026-03-25 11:45"}
    assert desk.post(address(case, "/returned"), back).status_code == 302
    assert desk.post(address(case, "/returned"), back).status_code == 422  # it is back already
    for more in ("/added", "/device"):
        assert desk.get(address(case, more)).status_code == 200
    file = SimpleUploadedFile("cctv.mp4", VIDEO + b"2")
    sent = {"photo": file, "person": "shopkeeper", "happened_at": "2026-03-25 10:00"}
    assert desk.post(address(case, "/added"), sent).status_code == 302
    sent = {"person": "the owner", "happened_at": "2026-03-25 10:00", "number": "IMEI 35"}
    assert desk.post(address(case, "/device"), sent).status_code == 302
    assert desk.post(address(case, "/checked"), {"file": hand(case)["file"]}).status_code == 302
    page = tracked(case).content.decode()
    seen = page[page.index("Through whose hands") : page.index("<h2>Messages")]
    for words in ("Handed over", "Punjab Forensic Science Agency", "Came back", "It is whole.",
                  "The device stays with its owner", "Womens Desk"):  # fmt: skip
        assert words in seen
    for words in ("Zafar", "FSA-12", "Sana"):  # rank and desk, no more
        assert words not in page


def test_what_is_not_filled_in_comes_back(district: District, case: Case) -> None:
    desk = district.client(district.sana)
    for change in ({"person": ""}, {"to": ""}, {"to": "body:moon"}, {"happened_at": "2026-03-26 10:00"},
                   {"file": "00000000-0000-0000-0000-000000000000"}, {"medium": ""}):  # fmt: skip
        answer = desk.post(address(case, "/handed"), hand(case, **change))
        assert answer.status_code == 422, change
    assert not Custody.objects.exists()
    assert desk.post(address(case, "/handed"), hand(case, file="")).status_code == 302  # the device
    assert desk.post(address(case, "/added"), {"person": "x", "photo": SimpleUploadedFile(
        "a.zip", b"PK\3\4"), "happened_at": "2026-03-25 10:00"}).status_code == 422  # fmt: skip


def test_other_desks_neither_see_nor_write(district: District, case: Case) -> None:
    for more in ("", "/handed", "/bundle"):
        assert district.client(district.ehsan).get(address(case, more)).status_code == 404
    plain = district.make_case()  # at station A; its head may see it, the women's desk may not
    assert district.client(district.sana).get(address(plain)).status_code == 404
    assert district.client(district.ali).get(address(plain)).status_code == 200


def test_the_desk_takes_a_bundle_and_that_is_seen(district: District, case: Case) -> None:
    desk = district.client(district.sana)
    assert desk.post(address(case, "/bundle"), {"purpose": ""}).status_code == 422
    answer = desk.post(address(case, "/bundle"), {"purpose": "trial before the sessions court"})
    assert answer.headers["Content-Type"] == "application/zip"
    content = b"".join(answer.streaming_content)
    assert len(content) == int(answer.headers["Content-Length"])
    found = bundle.verify(io.BytesIO(content), key.signer().verifier)
    assert [row.name for row in found.originals] == ["originals/01.jpg", "originals/02.mp4"]
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.read("originals/02.mp4") == VIDEO
        assert "trial before the sessions court" in opened.read("certificate.en.html").decode()
        assert "Sana" in opened.read("certificate.en.html").decode()
    left = Entry.objects.get(what="evidence bundled")
    assert re.fullmatch(r"[0-9a-f]{64}", left.facts["manifest"])
    assert "trial" not in json.dumps(left.facts)  # sealed: it may name people
    assert "took away a file" in tracked(case).content.decode()
    again = desk.post(address(case, "/bundle"), {"purpose": "x"})
    assert again.status_code == 422  # the act of before has no place yet
    assert "few seconds" in again.content.decode()


def test_a_bundle_wants_a_fresh_proof_even_of_an_ordinary_matter(district: District) -> None:
    photo = reports.keep_attachment(upload=SimpleUploadedFile("x", photograph()), at=NOON)
    plain = district.make_case(attachments=(photo.pk,))
    ledger.sequence(at=NOON)
    desk = district.client(district.ali)
    Session.objects.update(proved_at=NOON)
    with clock.fixed(NOON + timedelta(minutes=20)):
        assert desk.get(address(plain)).status_code == 200
        assert desk.post(address(plain, "/bundle"), {"purpose": "x"}).status_code == 403
        assert district.client(district.ehsan).get(address(plain, "/bundle")).status_code == 404
    assert desk.post(address(plain, "/bundle"), {"purpose": "x"}).status_code == 200


def test_the_reporter_takes_her_own_files(district: District, case: Case) -> None:
    file = SimpleUploadedFile("cctv.mp4", VIDEO + b"2")
    sent = {"photo": file, "person": "shopkeeper Karim", "happened_at": "2026-03-25 10:00"}
    assert district.client(district.sana).post(address(case, "/added"), sent).status_code == 302
    ledger.sequence(at=NOON)
    answer = tracked(case, do="evidence")
    content = b"".join(answer.streaming_content)
    found = bundle.verify(io.BytesIO(content), key.signer().verifier)
    assert [row.name for row in found.originals] == ["originals/01.jpg", "originals/02.mp4"]
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        told = b"".join(opened.read(name) for name in opened.namelist()).decode(errors="replace")
    for words in ("Sana", "Karim", "officer:"):  # what the police added, and who they are, stays
        assert words not in told
    assert Entry.objects.get(what="evidence bundled").by == "reporter"
    empty = tracked(district.make_case(), do="evidence")
    assert empty.status_code == 422
    assert "There is no file here." in empty.content.decode()


def test_the_history_of_keys_is_public(district: District, client: Client) -> None:
    assert client.get("/log/keys").json() == []
