"""What the receipt opens when an FIR was recorded, refused or forgotten: papers and petition."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import district as district_with
from tests.district import NOON, District

from mohalla.foundation import clock
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger import key
from mohalla.foundation.paper import printing
from mohalla.foundation.promises.actions import tick
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.units.models import Barred
from mohalla.stages.access.queries import proved
from mohalla.stages.access.rules import filing
from mohalla.station.casework import actions
from mohalla.station.casework.models import Case

WORDS = 'میری موٹر سائیکل چوری ہوئی۔ <b>"رات 2 بجے"</b> & تالا ٹوٹا تھا'
REASON = "یہ دیوانی معاملہ ہے۔"
LAW = "دفعہ 155 ض ف"


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=False)


filed = partial(district_with.filed, text=WORDS)


def refuse(case: Case, district: District) -> None:
    actions.refuse_fir(case=case, officer=district.ali.pk, reason=REASON, law=LAW, at=district.at)


def shown(browser: Client, receipt: str, language: str = "ur", **more: str) -> Any:
    return browser.post(f"/{language}/track/", {"receipt": receipt, **more})


def sheet(browser: Client, receipt: str, language: str = "ur", **more: str) -> Any:
    return shown(browser, receipt, language, do="petition", **more)


def test_a_refusal_is_read_with_its_law_and_the_petition_is_offered(
    district: District, browser: Client
) -> None:
    case, receipt = filed(district)
    assert 'value="petition"' not in shown(browser, receipt).content.decode()
    refuse(case, district)
    page = shown(browser, receipt).content.decode()
    assert REASON in page
    assert LAW in page
    assert 'value="petition"' in page
    assert "یونٹ sdpo" in page, "the next authority is named"


@pytest.mark.parametrize("language", ["ur", "ps", "en"])
def test_the_petition_is_whole_in_every_language_and_holds_her_words(
    district: District, browser: Client, language: str
) -> None:
    case, receipt = filed(district)
    refuse(case, district)
    answer = sheet(browser, receipt, language)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "&lt;b&gt;" in page, "her own words, escaped once"
    for part in (case.reference, REASON, LAW, "2026", "22-A(6)" if language == "en" else "22"):
        assert part in page
    assert len(answer.content) < 50_000
    assert "no-store" in answer.headers["Cache-Control"]
    assert receipt not in "".join(f"{k}{v}" for k, v in answer.headers.items())
    assert "cnic" not in page.lower()
    assert "شناختی" not in page


def test_the_plain_text_carries_her_words_unchanged(district: District, browser: Client) -> None:
    case, receipt = filed(district)
    refuse(case, district)
    answer = sheet(browser, receipt, **{"as": "text"})
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert f'filename="{case.reference}.txt"' in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    text = answer.content.decode()
    assert WORDS in text
    assert REASON in text
    assert receipt not in text
    assert "____" in text, "room for name and signature"
    assert "\n\n\n\n" not in text


def test_where_no_words_were_kept_there_is_room_to_write_them(
    district: District, browser: Client
) -> None:
    case, receipt = filed(district)
    refuse(case, district)
    assert "room" not in sheet(browser, receipt).content.decode()
    case.report.__class__.objects.filter(pk=case.report.pk).update(body="", envelope="browser")
    assert 'class="room"' in sheet(browser, receipt).content.decode()


def test_without_the_receipt_there_is_no_petition(district: District, browser: Client) -> None:
    case, receipt = filed(district)
    refuse(case, district)
    assert sheet(browser, receipt).status_code == 200
    for wrong in ("", "0" * 20, receipt[:-1] + str((int(receipt[-1]) + 1) % 10), case.reference):
        answer = sheet(browser, wrong)
        assert answer.status_code == 404
        assert REASON not in answer.content.decode()
    assert (
        browser.get(f"/ur/track/?receipt={receipt}&do=petition").content.decode().count(REASON) == 0
    )


def test_no_grievance_no_petition(district: District, browser: Client) -> None:
    case, receipt = filed(district)
    assert "blanks" not in sheet(browser, receipt).content.decode()
    refuse(case, district)
    assert "blanks" in sheet(browser, receipt).content.decode()
    actions.record_fir(
        case=case, officer=district.ali.pk, number="7/26", dated_on=date(2026, 3, 25),
        sections="379 PPC", at=district.at,
    )  # fmt: skip
    page = sheet(browser, receipt).content.decode()
    assert "blanks" not in page, "an FIR came after all"
    assert "7/26" in page
    assert Promise.objects.get(kind="non_registration").state == "kept"


def test_it_is_offered_when_the_time_passes_without_a_word(
    district: District, browser: Client
) -> None:
    case, receipt = filed(district)
    later = NOON + timedelta(hours=2)
    with clock.fixed(later):
        tick(at=later)
        assert Promise.objects.get(subject=case.reference, kind="record").state == "broken"
        assert Promise.objects.get(kind="non_registration").unit_id == district.sdpo.pk
        page = sheet(browser, receipt).content.decode()
    assert "blanks" in page
    assert "یونٹ station_a" in page
    latest = NOON + timedelta(hours=80)
    with clock.fixed(latest):
        tick(at=latest)
        text = sheet(browser, receipt, **{"as": "text"}).content.decode()
    assert "یونٹ sdpo" in text, "who had to answer and did not"


def test_the_next_levels_refusal_is_its_answer(district: District, browser: Client) -> None:
    case, receipt = filed(district)
    refuse(case, district)
    asked = Promise.objects.get(kind="non_registration")
    assert asked.state == "open"
    actions.refuse_fir(
        case=case, officer=district.saima.pk, reason="ہم متفق ہیں۔", law=LAW, at=district.at
    )
    asked.refresh_from_db()
    assert asked.state == "kept"
    page = sheet(browser, receipt).content.decode()
    assert "ہم متفق ہیں۔" in page
    assert REASON in page


def test_after_over_objection(district: District, browser: Client) -> None:
    case, receipt = filed(district, category="street_light", text="بتی خراب ہے")
    independent = district.independent
    Case.objects.filter(pk=case.pk).update(disputes=2, unit=independent)
    case.refresh_from_db()
    assert "blanks" not in sheet(browser, receipt).content.decode()
    actions.end_over_objection(
        case=case, officer=district.farah.pk, reason="کام ہو چکا ہے۔", at=district.at
    )
    page = sheet(browser, receipt).content.decode()
    assert "blanks" in page
    assert "کام ہو چکا ہے۔" in page


def test_an_office_that_is_spoken_against_is_no_addressee(
    district: District, browser: Client
) -> None:
    case, receipt = filed(district)
    refuse(case, district)
    assert 'value="dpo"' in sheet(browser, receipt).content.decode()
    assert 'value="justice_of_peace"' in sheet(browser, receipt, to="dpo").content.decode()
    Barred.objects.create(
        room="casework", subject=case.reference, unit=district.dpo, reason="named", since=NOON
    )
    page = sheet(browser, receipt, to="dpo").content.decode()
    assert 'value="dpo"' not in page
    assert "blanks" in page


def test_sealed_matters_give_their_words_to_the_receipt_alone(
    district: District, browser: Client
) -> None:
    case, receipt = filed(district, category="assault", text="مجھے مارا گیا")
    refuse(case, district)
    row = case.records.get()
    assert REASON not in row.text
    page = sheet(browser, receipt).content.decode()
    assert "مجھے مارا گیا" in page
    assert REASON in page


def test_the_fir_is_read_with_number_date_station_and_sections(
    district: District, browser: Client
) -> None:
    case, receipt = filed(district)
    actions.record_fir(
        case=case, officer=district.ali.pk, number="112/26", dated_on=date(2026, 3, 24),
        sections="379 PPC", at=district.at,
    )  # fmt: skip
    actions.inform(case=case, officer=district.ali.pk, text="دو گواہ سنے گئے۔", at=district.at)
    page = shown(browser, receipt).content.decode()
    for part in ("112/26", "24 مارچ 2026", "یونٹ station_a", "379 PPC", "دو گواہ سنے گئے۔"):
        assert part in page
    assert 'value="petition"' not in page


def test_statements_do_not_grow_with_the_papers(district: District, browser: Client) -> None:
    case, receipt = filed(district)
    refuse(case, district)
    with CaptureQueriesContext(connection) as few:
        sheet(browser, receipt)
    for _n in range(5):
        refuse(case, district)
    with CaptureQueriesContext(connection) as many:
        sheet(browser, receipt)
    assert len(many) <= len(few)


def test_it_carries_the_proof_that_it_was_reported(district: District, browser: Client) -> None:
    case, receipt = filed(district)
    refuse(case, district)
    for laid in (False, True):
        if laid:
            ledger.sequence(at=NOON)
        kept = proved.of(case)
        assert kept is not None
        page = sheet(browser, receipt, "en").content.decode()
        assert kept.short in page
        assert 'class="qr"' in page
        text = sheet(browser, receipt, "en", **{"as": "text"}).content.decode()
        begin = text.index("mohalla/filing@v1")
        told = text[begin : text.index("Made from your report")].rstrip("\n") + "\n"
        found = filing.verify(told, key.signer().verifier)
        assert (found.position is not None) == laid
    assert ("public register" in page) == laid


@pytest.mark.parametrize("language", ["ur", "ps", "en"])
def test_it_is_a_pdf_where_pango_is(district: District, browser: Client, language: str) -> None:
    case, receipt = filed(district)
    refuse(case, district)
    answer = sheet(browser, receipt, language, **{"as": "pdf"})
    if answer.headers["Content-Type"] != "application/pdf":
        pytest.skip("Pango is not here: apt-get install libpango-1.0-0 libpangoft2-1.0-0")
    assert answer.content[:5] == b"%PDF-"
    assert f'filename="{case.reference}.pdf"' in answer.headers["Content-Disposition"]
    Path(f"/tmp/petition-{language}.pdf").write_bytes(answer.content)


def test_where_no_pdf_can_be_made_the_page_says_so(
    district: District, browser: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "printer.py"
    broken.write_text("raise OSError('cannot load library pango')")
    monkeypatch.setattr(printing, "PRINTER", broken)
    case, receipt = filed(district)
    refuse(case, district)
    page = sheet(browser, receipt, "en", **{"as": "pdf"}).content.decode()
    assert "Print this page instead" in page
    assert case.reference in page
