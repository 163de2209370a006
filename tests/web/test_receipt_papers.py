"""Papers and files that the receipt opens: through the API and on `/track/`, and for nobody else."""

from __future__ import annotations

import json
import logging
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import district as district_with
from tests.district import NOON, District
from tests.pictures import photograph, told_by

from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.models import Attachment
from mohalla.stages.access.queries import followed
from mohalla.station.casework import actions
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.outcome import Proof

AMR = b"#!AMR\n" + b"\x3c" * 400
HOUR = timedelta(hours=1)
filed = partial(district_with.filed, text="میری موٹر سائیکل چوری ہوئی")


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    followed.forget()


def kept(content: bytes, name: str = "a.jpg") -> Attachment:
    return reports.keep_attachment(upload=SimpleUploadedFile(name, content), at=NOON)


def api(receipt: str, path: str = "", **headers: str) -> Any:
    given = {"Accept-Language": "en", "Authorization": f"Receipt {receipt}"} | headers
    return Client().get(f"/api/v1/report{path}", headers=given)


def told(response: Any, status: int) -> str:
    assert response.status_code == status, response.content[:300]
    assert response["Content-Type"] == "application/problem+json"
    return str(json.loads(response.content)["type"])


def page(receipt: str, **more: str) -> Any:
    return Client().post("/en/track/", {"receipt": receipt, **more})


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def propose(case: Case, district: District, proof: Attachment, *, kind: str = "solved") -> None:
    actions.propose_outcome(
        case=case, officer=district.ali.pk, kind=kind, what_done="Found and given back",
        reason="Nobody saw it" if kind == "not_established" else "",
        artefacts=[
            actions.Artefact(kind=Proof.Kind.PHOTOGRAPH, attachment=proof.pk, taken_at=NOON)
        ],
        at=NOON + HOUR,
    )  # fmt: skip


def test_the_api_shows_the_fir_and_the_letters(district: District) -> None:
    case, receipt = filed(district)
    assert api(receipt).json()["papers"] == []
    actions.record_fir(
        case=case, officer=district.ali.pk, number="123/26", dated_on=date(2026, 3, 25),
        sections="379 PPC", at=NOON,
    )  # fmt: skip
    actions.inform(case=case, officer=district.ali.pk, text="We asked the shops", at=NOON + HOUR)
    fir, letter = api(receipt).json()["papers"]
    assert (fir["kind"], fir["number"], fir["dated_on"]) == ("fir", "123/26", "2026-03-25")
    assert fir["sections"] == "379 PPC"
    assert fir["desk"] == "Station A"
    assert (letter["kind"], letter["text"]) == ("letter", "We asked the shops")
    assert "papers" not in api("1" * 20).json()


def test_a_refusal_opens_the_petition_and_an_fir_closes_it(district: District) -> None:
    case, receipt = filed(district, text="<b>میری موٹر سائیکل</b>")
    assert api(receipt).json()["petition"] is None
    assert told(api(receipt, "/petition"), 409) == "urn:mohalla:no-grievance"
    actions.refuse_fir(
        case=case, officer=district.ali.pk, reason="Civil matter", law="s. 155", at=NOON
    )
    seen = api(receipt).json()
    assert seen["petition"]["grievance"] == "refused"
    assert seen["petition"]["title"]
    assert seen["next_authority"]["unit"] == "Sdpo"
    paper = api(receipt, "/petition").json()
    assert paper["words"] == "<b>میری موٹر سائیکل</b>"
    assert paper["written"][0]["text"] == "Civil matter"
    assert paper["law"]
    other = paper["choices"][-1]["code"]
    assert api(receipt, f"/petition?to={other}").json()["to"] == other
    assert api(receipt, "/petition?to=nobody").json()["to"] == paper["choices"][0]["code"]
    assert api(receipt, "/petition", **{"Accept-Language": "ur"}).json()["title"] != paper["title"]
    assert told(api("1" * 20, "/petition"), 404) == "urn:mohalla:no-such-receipt"
    actions.record_fir(
        case=case, officer=district.ali.pk, number="9", dated_on=date(2026, 3, 25), sections="",
        at=NOON,
    )  # fmt: skip
    assert told(api(receipt, "/petition"), 409)


def test_her_own_files_open_with_the_receipt_only(district: District) -> None:
    picture, voice = kept(photograph()), kept(AMR, "a.amr")
    _case, receipt = filed(district, attachments=(picture.pk, voice.pk))
    _other, others = filed(district)
    rows = api(receipt).json()["files"]
    assert [(row["kind"], row["mine"]) for row in rows] == [
        ("photograph", True), ("recording", True),
    ]  # fmt: skip
    assert [row["id"] for row in rows] == [str(picture.pk), str(voice.pk)]
    assert api(others).json()["files"] == []
    urdu = Client().post("/ur/track/", {"receipt": receipt}).content.decode()
    assert ">0.4 KB</bdi>" in urdu
    for shown in (
        api(receipt, f"/files/{picture.pk}"), page(receipt, do="file", file=str(picture.pk)),
    ):  # fmt: skip
        assert shown.status_code == 200
        assert shown["Content-Type"] == "image/jpeg"
        assert shown["Cache-Control"] == "no-store"
        assert "sandbox" in shown["Content-Security-Policy"]
        assert told_by(content(shown)) == []
        assert receipt not in str(shown.headers)
    assert content(api(receipt, f"/files/{voice.pk}")) == AMR
    assert told(api(others, f"/files/{picture.pk}"), 404) == "urn:mohalla:no-such-file"
    assert told(api(receipt, "/files/nonsense"), 404) == "urn:mohalla:no-such-file"
    refused = page(others, do="file", file=str(picture.pk))
    assert "This file is not here" in refused.content.decode()
    assert told(api("1" * 20, f"/files/{picture.pk}"), 404) == "urn:mohalla:no-such-receipt"


def test_proof_is_shown_from_the_moment_she_is_asked(district: District) -> None:
    case, receipt = filed(district, category="street_light")
    proof = kept(photograph())
    propose(case, district, proof, kind="not_established")
    assert api(receipt).json()["files"] == [], "it waits for the second signature"
    assert told(api(receipt, f"/files/{proof.pk}"), 404)
    actions.second_outcome(outcome=case.outcomes.get(), officer=district.sho.pk, at=NOON + 2 * HOUR)
    (row,) = api(receipt).json()["files"]
    assert (row["id"], row["mine"], row["kind"]) == (str(proof.pk), False, "photograph")
    assert api(receipt, f"/files/{proof.pk}").status_code == 200
    shown = page(receipt).content.decode()
    assert "proof from the police" in shown
    assert str(proof.pk) in shown
    actions.confirm(case=case, door="web", at=NOON + 3 * HOUR)
    assert len(api(receipt).json()["files"]) == 1, "after the end too"


def test_a_picture_that_cannot_be_shown_says_so(district: District) -> None:
    broken = kept(b"\xff\xd8\xff" + b"broken" * 50)
    _case, receipt = filed(district, attachments=(broken.pk,))
    logging.disable(logging.INFO)
    try:
        assert told(api(receipt, f"/files/{broken.pk}"), 409) == "urn:mohalla:file-unsafe"
    finally:
        logging.disable(logging.NOTSET)
    refused = page(receipt, do="file", file=str(broken.pk)).content.decode()
    assert "cannot be shown safely" in refused
