"""Files at every door: refused with a sentence, or kept whole and shown without what they tell."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django_tasks_db.models import DBTaskResult
from tests.district import NOON, District, build
from tests.pictures import heic, overlapping_zip, photograph, png, told_by, zip_of
from tests.telephone import speech
from tests.web.test_report_wizard import fields

from mohalla.channels.voice.rules.sound import wav_of
from mohalla.foundation import clock, files, limiter
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports import tasks
from mohalla.foundation.reports.models import Attachment, Report
from mohalla.station.casework.models import Case

UPLOAD = "/api/v1/attachments"
AMR = b"#!AMR\n" + b"\x3c" * 400


@pytest.fixture
def district(db: None, settings: Any, tmp_path: Path) -> Iterator[District]:
    settings.FILES_DIR = tmp_path / "files"
    settings.ATTACHMENT_MB = 4
    limiter.forget()
    with clock.fixed(NOON):
        yield build(NOON)


def upload(content: bytes, name: str = "a.jpg", **headers: str) -> HttpResponse:
    given = {"Accept-Language": "en"} | headers
    return Client(raise_request_exception=False).post(
        UPLOAD, {"file": SimpleUploadedFile(name, content)}, headers=given
    )


def told(response: HttpResponse, status: int) -> str:
    assert response.status_code == status, response.content[:300]
    assert response["Content-Type"] == "application/problem+json"
    return str(json.loads(response.content)["title"])


def reported(district: District, *contents: bytes) -> tuple[Case, list[Attachment]]:
    keys = [upload(content).json()["id"] for content in contents]
    case = district.make_case(attachments=tuple(Attachment.objects.get(pk=key).pk for key in keys))
    return case, list(Attachment.objects.filter(pk__in=keys).order_by("uploaded_at", "pk"))


def got(client: Client, case: Case, row: Attachment, more: str = "") -> HttpResponse:
    return client.get(f"/desk/cases/{case.reference}/files/{row.pk}{more}")


def body(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined] # a stream


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (zip_of({"a.jpg": b"x"}), "cannot be taken"),
        (overlapping_zip(), "cannot be taken"),
        (b"<html><script>alert(1)</script>", "cannot be taken"),
        (b"MZ" * 40, "cannot be taken"),
    ],
    ids=["empty", "zip", "overlapping", "page", "program"],
)
def test_the_api_says_what_is_wrong_with_a_file(
    district: District, content: bytes, words: str
) -> None:
    assert words in told(upload(content), 422)
    assert not Attachment.objects.exists()


def test_too_large_is_refused_before_it_is_read(district: District) -> None:
    limit = 4 << 20
    assert upload(photograph() + b"\0" * (limit - len(photograph()))).status_code == 201
    assert "larger than 4 MB" in told(upload(photograph() + b"\0" * limit), 413)

    class Untouched:
        def read(self, size: int = -1) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    extra: Any = {"wsgi.input": Untouched(), "CONTENT_LENGTH": str(40 << 20)}
    for path, kind in ((UPLOAD, "multipart/form-data; boundary=x"),
                       ("/api/v1/reports", "application/json")):  # fmt: skip
        response = Client().generic("POST", path, b"", kind, **extra)
        assert response.status_code == 413, path
    extra["CONTENT_LENGTH"] = str(1 << 32)
    assert Client().generic("POST", "/en/report/", b"", "text/plain", **extra).status_code == 413
    assert Attachment.objects.count() == 1


def test_no_file_at_all_is_a_sentence_too(district: District) -> None:
    response = Client().post(UPLOAD, {}, headers={"Accept-Language": "en"})
    assert told(response, 422)


def test_a_photograph_too_large_loses_no_word_on_the_web_form(district: District) -> None:
    """Even where the words stand behind it in the body."""
    client = Client()
    sent = {**fields(client.get("/en/report/").content.decode()), "step": "tell", "go": "next",
            "photos": [SimpleUploadedFile("lane.jpg", photograph() + b"\0" * (40 << 20)),
                       SimpleUploadedFile("small.jpg", photograph())],
            "voice": SimpleUploadedFile("note.amr", AMR), "text": "What I saw with my own eyes"}  # fmt: skip
    response = client.post("/en/report/", sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "lane.jpg\u2069 is larger than 4 MB" in page
    assert "What I saw with my own eyes" in page
    assert len(fields(page)["kept"]) == 2
    assert Attachment.objects.count() == 2
    assert not list(files.path_of("00").parents[1].glob("incoming-*"))


@pytest.mark.parametrize("language", ["ur", "ps", "en"])
def test_every_refusal_in_her_language(district: District, language: str) -> None:
    client = Client()
    start = fields(client.get(f"/{language}/report/").content.decode())
    bad = [SimpleUploadedFile("empty.jpg", b""), SimpleUploadedFile("run.jpg", b"MZ" * 40),
           SimpleUploadedFile("big.jpg", photograph() + b"\0" * (5 << 20))]  # fmt: skip
    page = client.post(
        f"/{language}/report/", {**start, "step": "tell", "go": "next", "text": "x", "photos": bad}
    ).content.decode()
    english = ("is empty", "larger than", "cannot open")
    for name, words in zip(("empty.jpg", "big.jpg", "run.jpg"), english, strict=True):
        assert name in page
        assert (words in page) == (language == "en")


def test_a_name_that_turns_round_stays_inside_its_sentence(district: District) -> None:
    sent = {"step": "tell", "go": "next", "text": "x",
            "photos": SimpleUploadedFile("photo\u202egpj.exe", b"MZ" * 40)}  # fmt: skip
    page = Client().post("/en/report/", sent).content.decode()
    assert "\u2068photogpj.exe\u2069 is of a kind" in page
    assert "\u202e" not in page


def test_the_desk_looks_at_the_copy_and_saves_the_original(district: District) -> None:
    picture = photograph()
    case, (row,) = reported(district, picture)
    ali = district.client(district.ali)
    looked = got(ali, case, row)
    assert told_by(body(looked)) == []
    assert looked["Content-Type"] == "image/jpeg"
    saved = got(ali, case, row, "/original")
    assert body(saved) == picture
    assert saved["Content-Disposition"].startswith(f'attachment; filename="{case.reference}-')
    assert saved["Content-Length"] == str(len(picture))
    for response in (looked, saved):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "no-store" in response["Cache-Control"]
    assert Entry.objects.filter(what="original taken", subject=case.reference).count() == 1
    page = ali.get(f"/desk/cases/{case.reference}/").content.decode()
    assert f"{row.pk}/original" in page
    assert "Original of a file saved" in page


def test_nobody_else_gets_either(district: District) -> None:
    case, (row,) = reported(district, photograph())
    for more in ("", "/original"):
        for officer in (district.ehsan, district.sana, district.farah):
            assert got(district.client(officer), case, row, more).status_code == 404
        assert got(Client(), case, row, more).status_code == 302
        other = district.make_case("another")
        assert got(district.client(district.ali), other, row, more).status_code == 404


def test_the_job_makes_the_copy_before_anybody_looks(district: District) -> None:
    _case, (row,) = reported(district, photograph())
    wanted = DBTaskResult.objects.get(task_path="mohalla.foundation.reports.tasks.copy")
    assert wanted.args_kwargs["args"] == [str(row.pk)]
    assert [tasks.copy.func(str(row.pk)) for _again in range(2)] == ["made", "made"]
    row.refresh_from_db()
    assert told_by(files.read(row.copy_sha256)) == []
    assert tasks.copy.func("00000000-0000-7000-8000-000000000000") == "gone"


def test_a_picture_that_cannot_be_shown_is_still_evidence(district: District) -> None:
    bomb = png(65_535, 65_535)
    case, (row,) = reported(district, bomb)
    ali = district.client(district.ali)
    assert got(ali, case, row)["Location"] == f"/desk/cases/{case.reference}/"
    page = ali.get(f"/desk/cases/{case.reference}/").content.decode()
    assert "cannot be shown safely" in page
    assert body(got(ali, case, row, "/original")) == bomb
    row.refresh_from_db()
    assert row.copy == Attachment.Copy.FAILED


def test_recordings_are_played_and_documents_saved(district: District) -> None:
    case, (one, two, three) = reported(district, AMR, b"%PDF-1.7\n", heic())
    ali = district.client(district.ali)
    kinds = {got(ali, case, row)["Content-Type"]: got(ali, case, row)["Content-Disposition"]
             for row in (one, two, three)}  # fmt: skip
    assert {kind: said.partition(";")[0] for kind, said in kinds.items()} == {
        "audio/amr": "inline", "application/pdf": "attachment", "image/jpeg": "inline",
    }  # fmt: skip
    recording = next(row for row in (one, two, three) if row.media_type == "audio/amr")
    assert body(got(ali, case, recording, "/original")) == AMR


def test_what_was_spoken_into_the_line_is_heard_on_the_page_of_the_case(district: District) -> None:
    spoken = wav_of(speech(1))
    case, (row, amr) = reported(district, spoken, AMR)
    ali = district.client(district.ali)
    page = ali.get(f"/desk/cases/{case.reference}/").content.decode()
    player = '<audio controls preload="none" src="/desk/cases/{}/files/{}">'
    assert player.format(case.reference, row.pk) in page
    assert player.format(case.reference, amr.pk) not in page  # no browser plays it
    answer = got(ali, case, row)
    assert answer["Content-Type"] == "audio/wav"
    assert body(answer) == spoken


def test_an_upload_that_was_never_claimed_takes_its_copy_along(district: District) -> None:
    key = upload(photograph()).json()["id"]
    row = reports.make_copy(attachment=key, at=NOON)
    os.utime(files.path_of(row.sha256), (1, 1))
    assert reports.drop_unclaimed(at=NOON + timedelta(days=3)) == 1
    assert not files.exists(row.sha256)
    assert not files.exists(row.copy_sha256)


def test_the_original_lies_sealed_until_the_report_comes(district: District) -> None:
    upload(photograph())
    assert not Report.objects.exists()
    (lies,) = [path for path in files.path_of("00").parents[1].rglob("*") if path.is_file()]
    assert b"\xff\xd8\xff" not in lies.read_bytes()[:100]
