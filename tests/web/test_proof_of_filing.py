"""What the holder of a receipt can prove, and to whom: by web, by API and at the command line."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from django.test import Client
from tests.district import NOON, District
from tests.homes import environment
from typer.testing import CliRunner

from mohalla.foundation import clock, identifiers
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger import key
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.ledger.rules.encoding import BadNote
from mohalla.foundation.ledger.rules.notes import ED25519, Signer, Verifier
from mohalla.site.cli import app
from mohalla.stages.access.queries import proved
from mohalla.stages.access.rules import filing
from mohalla.station.casework.models import Case

BODY = {
    "text": "ہماری گلی کا بلب خراب ہے", "category": "street_light",
    "place": {"mohalla": "mohalla_a"}, "contact": {"phone": "03001234567"},
}  # fmt: skip


def own() -> Verifier:
    return key.signer().verifier


def receipt_of(case: Case) -> str:
    return identifiers.receipt_for(case.report_id, 1)


def test_the_answer_itself_is_a_signed_acknowledgement(district: District, client: Client) -> None:
    answer = client.post("/api/v1/reports", BODY, content_type="application/json").json()
    found = filing.verify(answer["acknowledgement"], own())
    assert found.filing.reference == answer["reference"]
    assert found.filing.contact_by[:16] == answer["promise"]["due_at"][:16]
    assert found.position is None
    for word in ("street_light", "گلی", "mohalla_a", "police"):
        assert word not in answer["acknowledgement"]


def test_the_same_request_again_gives_the_same_acknowledgement(
    district: District, client: Client
) -> None:
    headers = {"Idempotency-Key": "0123456789abcdef"}
    first, second = (
        client.post("/api/v1/reports", BODY, content_type="application/json", headers=headers)
        for _ in range(2)
    )
    assert first.json()["acknowledgement"] == second.json()["acknowledgement"]


def test_the_place_in_the_log_follows_and_others_can_check_it(district: District) -> None:
    case = district.make_case()
    headers = {"Authorization": f"Receipt {receipt_of(case)}"}
    before = Client().get("/api/v1/report/proof", headers=headers).json()
    assert before["position"] is None
    ledger.sequence(at=NOON)
    after = Client().get("/api/v1/report/proof", headers=headers).json()
    found = filing.verify(after["file"], own())
    assert found.position == after["position"] is not None
    assert after["file"].startswith(before["file"])
    assert found.filing.short == after["short"]
    assert Client().get("/api/v1/report/proof").status_code == 404


def test_words_are_proved_by_their_author_and_by_nobody_else(district: District) -> None:
    case = district.make_case("میری بات", category="online_harassment")
    kept = proved.of(case)
    assert kept is not None
    told = filing.verify(kept.file, own()).filing
    words, salt = proved.words_opened(case)
    assert words == "میری بات"
    assert filing.digest(base64.b64decode(salt), words) == told.words
    assert filing.digest(base64.b64decode(salt), "میری بات۔") != told.words
    # the database alone does not say which words these were
    row = Entry.objects.get(subject=case.reference, what="report received")
    assert hashlib.sha256(words.encode()).digest() != base64.b64decode(told.words)
    assert filing.digest(bytes(row.salt)[:16], words) != told.words


def test_every_bit_of_a_receipt_counts(district: District) -> None:
    case = district.make_case()
    for _ in range(5):
        district.make_case()
    ledger.sequence(at=NOON)
    kept = proved.of(case)
    assert kept is not None
    assert filing.verify(kept.file, own()).position is not None
    content = kept.file.encode()
    for place in range(len(content) * 8):
        touched = bytearray(content)
        touched[place // 8] ^= 1 << place % 8
        try:
            text = touched.decode()
        except UnicodeDecodeError:
            continue
        with pytest.raises(BadNote):
            filing.verify(text, own())


def test_a_receipt_of_another_log_or_case_is_refused(district: District) -> None:
    one, two = district.make_case(), district.make_case()
    ledger.sequence(at=NOON)
    files = [proved.of(case) for case in (one, two)]
    assert files[0] is not None
    assert files[1] is not None
    mixed = files[0].file.partition("\nc2sp")[0] + "\nc2sp" + files[1].file.partition("\nc2sp")[2]
    assert filing.verify(files[0].file, own())
    with pytest.raises(BadNote, match="not what was acknowledged"):
        filing.verify(mixed, own())
    stranger = Signer(own().name, ED25519, bytes(32)).verifier
    with pytest.raises(BadNote, match="not signed by"):
        filing.verify(files[0].file, stranger)


def test_the_file_by_web_has_a_neutral_name_and_is_kept_nowhere(district: District) -> None:
    case = district.make_case(category="online_harassment")
    ledger.sequence(at=NOON)
    form = {"receipt": receipt_of(case), "do": "proof"}
    response = Client().post("/en/track/", form)
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="{case.reference}-receipt.txt"'
    )
    assert response.headers["Cache-Control"] == "no-store"
    assert filing.verify(response.content.decode(), own()).filing.reference == case.reference
    assert b"online_harassment" not in response.content
    page = Client().post("/en/track/", {"receipt": receipt_of(case)}).content.decode()
    kept = proved.of(case)
    assert kept is not None
    assert kept.short in page
    assert "in the public register" in page
    assert Client().post("/en/track/", {**form, "receipt": "1" * 20}).status_code == 404


def test_the_command_checks_files_without_a_home(district: District, tmp_path: Path) -> None:
    case = district.make_case()
    ledger.sequence(at=NOON)
    kept = proved.of(case)
    assert kept is not None
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(kept.file)
    bad.write_text(kept.file.replace(case.reference, "K22222K"))
    run = CliRunner().invoke
    said = run(app, ["verify", str(good), "--key", str(own())])
    assert (said.exit_code, said.output[:7]) == (0, "GENUINE")
    said = run(app, ["verify", str(good), str(bad), "--key", str(own())])
    assert said.exit_code == 1
    assert "NOT GENUINE" in said.output
    said = run(app, ["verify", str(good), "--key", str(own()), "--quorum", "1"])
    assert (said.exit_code, said.output[:7]) == (1, "PENDING")  # never a quorum that is not there
    none = run(app, ["verify", str(tmp_path / "none.txt"), "--key", str(own())])
    assert (none.exit_code, none.output[:11]) == (1, "CANNOT READ")
    bad.write_bytes(b"\xff\xfe" * 99)
    assert "not a text" in run(app, ["verify", str(bad), "--key", str(own())]).output
    assert run(app, ["verify", str(good), "--key", "nonsense"]).exit_code == 1
    assert environment(tmp_path)["MOHALLA_HOME"]


def test_the_log_is_served_as_files_and_nothing_else_of_it(district: District) -> None:
    client = Client()
    assert client.get("/log/checkpoint").status_code == 404
    district.make_case()
    ledger.sequence(at=clock.now())
    said = client.get("/log/checkpoint")
    assert said.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "max-age=2" in said.headers["Cache-Control"]
    size = Entry.objects.count()
    hashes = client.get(f"/log/tile/0/000.p/{size}")
    assert len(hashes.content) == 32 * size
    assert "immutable" in hashes.headers["Cache-Control"]
    assert client.get(f"/log/tile/entries/000.p/{size}").content[:2] == b"\0\x20"
    for name in ("0/001", "0/000.p/0", "0/000.p/256", "64/000", "acts/000", "../acts/000.jsonl",
                 "0/../../acts/000.jsonl", "0/000.p/1/../../../checkpoint", "entries"):  # fmt: skip
        assert client.get(f"/log/tile/{name}").status_code == 404, name
    assert client.get("/log/acts/000.jsonl").status_code == 404
    assert client.get("/log/").status_code == 200
    page = client.get("/log/check.html")
    assert page.headers["Content-Disposition"].startswith("attachment")
    assert str(own()) in page.content.decode()
