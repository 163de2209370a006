"""P24: nothing that somebody types turns, hides or forges what an officer reads."""

from __future__ import annotations

import io
import json
import logging
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.district import NOON, District
from tests.web.test_text_as_typed import TEXTS, follow

from mohalla.channels.sms.models import Delivery
from mohalla.foundation import text
from mohalla.station.casework import actions as casework

ROOT = Path(__file__).resolve().parents[2]
TROJANS = {
    # (typed, what an officer would read by mistake)
    "amount turned": "لی گئی رقم \u202e005\u202c روپے",
    "not guilty": "ملزم \u2067بے گناہ\u2066 ہے \u2069نہیں\u2069",
    "file": "invoice\u202efdp.exe",
    "name swapped": "\u2068SHO Karim\u2069 \u202d\u202eniluM\u202c",
    "comment": "/*\u202e } \u2066if (kept)\u2069 \u2066 begin*/",
    "never closed": "\u202b\u202a\u2066\u2067\u2068 خالی",
    "arabic mark": "\u061c500\u200f-\u200e7",
    "hidden": "a\u200bb\u2060c\u00add\ufeff\U000e0041",
}
CORPUS = TROJANS | TEXTS
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
ISOLATED = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
# what a person typed comes back to that same person in the field where she typed it
FIELDS = re.compile(r"<textarea.*?</textarea>|<input[^>]*>", re.S)


def raw(html: str) -> list[str]:
    """Turning characters outside fields and outside isolates of our own sentences."""
    return TURNING.findall(ISOLATED.sub("", unescape(FIELDS.sub("", html))))


@pytest.mark.parametrize("name", CORPUS)
def test_promise_P24_no_page_table_paper_or_text_is_turned(
    district: District, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    words = CORPUS[name]
    case = district.make_case(words, landmark=words[:200], name=words[:90])
    ali = district.client(district.ali)
    casework.say(case=case, text=words[:4_000], door="web", at=NOON)
    address = f"/desk/cases/{case.reference}/"
    ali.post(address + "note", {"kind": "note", "text": words})
    ali.post(address + "message", {"text": words})
    pages = ["/desk/", address, address + "print", "/desk/decisions/"]
    for path in pages:
        assert raw(ali.get(path).content.decode()) == [], path
    assert raw(ali.post("/desk/search/", {"q": words[:100]}).content.decode()) == []
    for said in ({}, {"do": "petition"}):
        assert raw(follow(case, **said).content.decode(errors="replace")) == []
    book = load_workbook(io.BytesIO(ali.get("/desk/export.xlsx").content))
    for row in book.active.iter_rows(values_only=True):  # type: ignore[union-attr] # one sheet
        for cell in row:
            assert not TURNING.search(str(cell or ""))
            assert not str(cell or "").startswith(("=", "+", "-", "@", "\t"))
    assert not any(TURNING.search(row.text) for row in Delivery.objects.all())
    for record in caplog.records:
        line = record.getMessage()
        if not record.name.startswith("django.db"):  # only with debugging on
            assert not TURNING.search(line)
            assert "\x1b" not in line


def test_promise_P24_the_search_would_see_a_raw_one(district: District) -> None:
    """The positive twin: a page that shows it as it is."""
    assert raw("<p>\u202e005</p>") == ["\u202e"]
    assert raw("<p>\u2068500\u2069</p>") == []
    assert raw("<p>\u2068500</p>") == ["\u2068"]
    assert raw("<p>&#x202e;005</p>") == ["\u202e"]


NAMES = {
    "Ali": False, "علی": False, "Muhammad Ali خان": False, "O'Neil-Khan": False, "José": False,
    "ب\u200cی": False, "ثنا بی بی": False, "ګل ‌خان": True, "Аli": True, "Αli": True,
    "𝐀𝐥𝐢": True, "Ａｌｉ": True, "A\u200bli": True, "\u202eilA": True, "Каримов": True, "Aل": True,
    "Ali\u200d": True, "Jose\u0301": False,
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_promise_P24_a_name_that_passes_for_another_is_flagged(name: str) -> None:
    assert text.odd(name) is NAMES[name]
    assert text.odd(unicodedata.normalize("NFD", name)) is NAMES[name]


def test_promise_P24_the_flag_stands_beside_the_name(district: District) -> None:
    for name, flagged in (("Ali", False), ("Аli", True)):
        case = district.make_case("x", name=name)
        html = district.client(district.ali).get(f"/en/desk/cases/{case.reference}/").content
        assert name.encode() in html  # as typed, never changed
        assert (b"only look like others" in html) is flagged


def test_promise_P24_two_ways_to_write_one_word_are_one_in_search() -> None:
    for word in ("آدمی", "مؤمن", "ئے", "José", "کۂ"):
        forms = {unicodedata.normalize(form, word) for form in ("NFC", "NFD")}
        assert len({text.fold(form) for form in forms}) == 1, word
    assert text.fold("علي") == text.fold("علی")


NODE = shutil.which("node")


def test_promise_P24_sealed_words_are_shown_under_the_same_rule(
    figure: Callable[[str], None],
) -> None:
    """What a device opened never passed the server: the script shows it as the server would."""
    if NODE is None:
        pytest.skip("no node here")
    words = [*CORPUS.values(), "\r\nx\ry", "a" + "\u0301" * 9, "\x00\x01\x7f\x80"]
    script = (
        f"import {{ visible }} from {json.dumps(str(ROOT / 'browser/src/visible.js'))};"
        "let all = ''; process.stdin.on('data', (part) => { all += part; });"
        "process.stdin.on('end', () => console.log(JSON.stringify(JSON.parse(all).map(visible))));"
    )
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", script], input=json.dumps(words),
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    shown: list[Any] = json.loads(done.stdout)
    assert shown == [text.visible(each) for each in words]
    figure(f"{len(CORPUS)} hostile texts on pages, table, paper, SMS and logs: nothing turned")


def test_promise_P24_a_page_of_hers_carries_it_back_as_typed(
    district: District, client: Client
) -> None:
    """Stored as typed: what is shown apart is not what is kept."""
    words = TROJANS["amount turned"]
    page = client.post("/en/report/", {"step": "tell", "go": "next", "text": words})
    assert words in unescape(page.content.decode())
