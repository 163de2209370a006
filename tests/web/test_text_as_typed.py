"""Whatever people, phones and enemies type: stored as typed, shown apart, refused never.

Only what no database here can hold (NUL; half a character, in JSON) becomes U+FFFD, and all around
it stays. Each text goes through every door that takes words.
"""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.district import NOON, District
from tests.web.test_report_wizard import fields

from mohalla.foundation import identifiers, limiter
from mohalla.foundation.reports.models import Message, Report
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case, Note, Outcome, Record

TEXTS = {
    "bidi": "\u202eexe.txt\u202c \u2066left\u2069 \u061c\u200e\u200f end",
    "unbalanced": "\u2067\u202e\u202b never closed",
    "joiners": "می\u200cخواہم 👩‍👩‍👧‍👦 ک\u200dم",
    "zalgo": "Z" + "\u0300\u0489\u0651" * 200 + "algo",
    "arabic for urdu": "كلي ميں بجلي نہيں ة ھ ه",
    "urdu": "گلی میں بجلی نہیں ہے",
    "presentation": "\ufeed\ufbfc\ufefb\ufdfa \u0640\u0640",
    "digits": "0300 ٠٣٠٠ ۰۳۰۰",
    "formula": '=HYPERLINK("http://evil.example","x")',
    "plus": "+1+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)",
    "minus": "-2+3",
    "tab": "\t=1+1",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;\"'",
    "svg": "</textarea></bdi><svg/onload=alert(1)>",
    "django": "{{7*7}}{% load x %}{# a #}{% url 'front' %}${7*7}#{7*7}",
    "python": "%s %(name)s {0} {x!r} $(reboot) `id`",
    "sql": "'; DROP TABLE reports_report; --",
    "null words": "null",
    "not a number": "NaN",
    "nought": "0",
    "log": "line\nERROR forged line\x1b[31m red\x1b[0m",
    "controls": "bell\x07 back\x08 c1\x9b end",
    "noncharacter": "\ufffe\uffff\U0001fffe end",
    "astral": "𝔘𝔯𝔡𝔲 🏴󠁧󠁢󠁥󠁮󠁧󠁿 𐍈",
    "decomposed": "e\u0301 آ ئ ا\u0653",
    "spaces": "\u00a0\u3000\u2003x\u200b\ufeff",
    "separators": "one\u2028two\u2029three\x85four",
    "roman": "SHO ne paise liye, koi nahi sunta!!!",
    "long word": "ہ" * 19_000,
}
NUL = "before\0after"
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(params=TEXTS, ids=list(TEXTS))
def words(request: pytest.FixtureRequest) -> str:
    return TEXTS[request.param]


def shown_safely(html: str, words: str) -> None:
    """Nothing of it became markup or a template, and nothing turns the line round."""
    for live in ("<script>alert", "<img src=x", "<svg/onload", "</bdi><svg"):
        assert live not in html
    for block in re.findall(r'<bdi dir="auto" class="said">(.*?)</bdi>', html, re.S):
        assert not TURNING.search(block)
        assert "\x1b" not in block
        assert "49" not in block


def receipt_of(case: Case) -> str:
    return identifiers.receipt_for(case.pk, 1)


def follow(case: Case, **said: str) -> Any:
    return Client().post("/en/track/", {"receipt": receipt_of(case), **said})


def test_the_web_form(district: District, words: str) -> None:
    client = Client()
    start = fields(client.get("/en/report/").content.decode())
    short = words[:90]
    given = {**start, "text": words, "landmark": short, "name": short, "category": "street_light"}
    asked = client.post("/en/report/", {**given, "step": "tell", "go": "next"})
    assert asked.status_code == 200
    carried = fields(asked.content.decode())
    assert carried["text"] == words
    back = client.post("/en/report/", {**carried, "step": "where", "landmark": short, "go": "back"})
    assert (
        unescape(re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", back.content.decode(), re.S)[1])
        == words
    )  # type: ignore[index] # it is there
    read = client.post("/en/report/", {**given, "step": "contact", "go": "next", "way": "none"})
    shown_safely(read.content.decode(), words)
    done = client.post("/en/report/", {**given, "step": "check", "go": "send"})
    assert done.status_code == 200
    report = Report.objects.get()
    assert (report.body, report.landmark) == (words, short.strip())


def test_the_api(district: District, words: str) -> None:
    body = {"text": words, "category": "street_light", "place": {"landmark": words[:90]},
            "about_officer": words[:90]}  # fmt: skip
    response = Client().post("/api/v1/reports", body, "application/json")
    assert response.status_code == 201, response.content
    report = Report.objects.get()
    assert (report.body, report.landmark, report.about_officer) == (words, words[:90], words[:90])


def test_the_conversation_and_the_verdict(district: District, words: str) -> None:
    case = district.make_case()
    some = words[:1_900]
    page = follow(case, do="message", text=some)
    assert Message.objects.get().body == some
    shown_safely(page.content.decode(), words)
    casework.propose_outcome(
        case=case, officer=district.ali.pk, kind="solved", what_done=words, at=NOON,
        artefacts=[casework.Artefact(kind="document", number="1", taken_at=NOON)],
    )  # fmt: skip
    shown_safely(follow(case).content.decode(), words)
    assert follow(case, do="verdict-dispute", reason=some).status_code == 200
    assert Outcome.objects.get().verdict_reason == some


def test_the_desk(district: District, words: str) -> None:
    case = district.make_case(words, landmark=words[:200], name=words[:90])
    ali = district.client(district.ali)
    casework.say(case=case, text=words[:4_000], door="web", at=NOON)
    said = ali.post(f"/desk/cases/{case.reference}/note", {"kind": "note", "text": words})
    assert said.status_code == 302
    assert Note.objects.get().text == words
    fir = {"number": "17/26", "dated_on": "۲۰۲۶-۰۳-٢٤", "sections": words[:200]}
    assert ali.post(f"/desk/cases/{case.reference}/record", fir).status_code == 302
    assert Record.objects.get().sections.strip() == words[:200].strip()
    assert ali.post(f"/desk/cases/{case.reference}/message", {"text": words}).status_code == 302
    for path in ("", "print"):
        page = ali.get(f"/desk/cases/{case.reference}/{path}")
        assert page.status_code == 200
        shown_safely(page.content.decode(), words)
    shown_safely(ali.get("/desk/").content.decode(), words)
    found = ali.post("/desk/search/", {"q": words[:100]})
    assert found.status_code in {200, 302}
    shown_safely(found.content.decode(), words)


def test_the_list_that_is_taken_away(district: District, words: str) -> None:
    district.make_case(words)
    book = load_workbook(io.BytesIO(district.client(district.ali).get("/desk/export.xlsx").content))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]  # type: ignore[union-attr] # one sheet
    assert {cell.data_type for cell in cells} <= {"s", "n"}, "a formula"
    for cell in cells:
        if isinstance(cell.value, str) and cell.value.lstrip()[:1] in set("=+-@|%"):
            raise AssertionError(cell.value[:40])
    plain = re.sub(r"\W", "", words)[:30]
    assert any(plain in re.sub(r"\W", "", str(cell.value)) for cell in cells)


@pytest.mark.parametrize("language", ["ur", "ps", "en"])
def test_a_reason_or_message_too_long_comes_back_whole(district: District, language: str) -> None:
    case = district.make_case()
    casework.propose_outcome(
        case=case, officer=district.ali.pk, kind="solved", what_done="x", at=NOON,
        artefacts=[casework.Artefact(kind="document", number="1", taken_at=NOON)],
    )  # fmt: skip
    for do, name, size in (("verdict-dispute", "reason", 2_001), ("message", "text", 5_001)):
        page = Client().post(
            f"/{language}/track/", {"receipt": receipt_of(case), "do": do, name: "ق" * size}
        )
        assert page.status_code == 422
        assert "ق" * size in page.content.decode()
        assert ("longer than" in page.content.decode()) == (language == "en")
    assert Outcome.objects.get().verdict == ""
    assert not Message.objects.exists()


def test_a_number_that_cannot_be_read_stays_in_its_field(district: District) -> None:
    case = district.make_case()
    page = follow(case, do="contact", phone="0300 12 <x>", safe_hours="14-16").content.decode()
    assert 'value="0300 12 &lt;x&gt;"' in page
    assert 'value="14-16"' in page
    assert case.report.contacts.filter(removed_at=None).count() == 1
    ok = follow(case, do="contact", phone="۰۳۰۰ ٢٢٢-0009", safe_hours="۱۴-۱۶")
    assert ok.status_code == 200
    assert case.report.contacts.get(removed_at=None).safe_from == 14


def test_a_nul_takes_nothing_else_with_it(district: District) -> None:
    """At every door; on PostgreSQL each of these would be a fault of ours."""
    case = district.make_case(NUL)
    ali, client = district.client(district.ali), Client()
    assert case.report.body == "before\ufffdafter"
    assert follow(case, do="message", text=NUL).status_code == 200
    assert Message.objects.get().body == "before\ufffdafter"
    for verb, said in (("note", {"kind": "note", "text": NUL}), ("message", {"text": NUL}),
                       ("contact", {"way": "call", "happened_at": "2026-03-25 11:00",
                                    "reached": "no", "note": NUL})):  # fmt: skip
        assert ali.post(f"/desk/cases/{case.reference}/{verb}", said).status_code == 302, verb
    assert Note.objects.get().text == "before\ufffdafter"
    for path, data in (
        ("/desk/search/", {"q": NUL}), ("/en/report/", {"step": "what", "go": "find", "query": NUL}),
        ("/en/report/", {"pick": NUL}), ("/en/report/", {"key": NUL * 3, "kept": NUL, "drop": NUL}),
        ("/en/track/", {"receipt": NUL}), ("/sign-in/", {"name": NUL, "password": NUL, "code": NUL}),
        ("/desk/new/", {"text": NUL, "go": "save", "category": NUL, "door": NUL}),
        ("/desk/handover/", {"unit": NUL, "to_officer": NUL, "note": NUL}),
    ):  # fmt: skip
        assert ali.post(path, data).status_code < 500, path
    for path in (f"/desk/cases/{case.reference}\0/", "/en/\0", "/desk/cases/%00/", "/%00/%ff"):
        assert client.get(path).status_code == 404
    for query in ("/desk/?show=%00", "/who/?place=%00", "/font/?to=%00&back=%00"):
        assert ali.get(query).status_code < 500


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"step": "danger", "happened": "on", "on": "2999-01-01"}, "still to come"),
        ({"step": "danger", "happened": "on", "on": "1801-01-01"}, "too long ago"),
        ({"step": "danger", "happened": "on", "on": "2026-02-30"}, "Write the day like this"),
        ({"step": "danger", "happened": "on", "on": "yesterday"}, "Write the day like this"),
        ({"step": "danger", "danger": "maybe"}, "Choose from the list"),
        ({"step": "where", "place": "atlantis"}, "Choose a mohalla"),
        ({"step": "where", "landmark": "x" * 301}, "at most 300 letters"),
        ({"step": "contact", "phone": "911"}, "cannot reach this number"),
    ],
)  # fmt: skip
def test_what_the_web_form_asks_again(district: District, said: dict[str, str], words: str) -> None:
    client = Client()
    kept = {"text": "All that I said", "go": "next"}
    page = client.post("/en/report/", kept | said)
    assert page.status_code == 422
    html = page.content.decode()
    assert words in html
    assert "All that I said" in html
    for name, value in said.items():
        assert value in html or name in {"place", "danger"}, f"{name} is lost"
    for language in ("ur", "ps"):
        there = client.post(f"/{language}/report/", kept | said).content.decode()
        assert words not in there


def test_days_in_every_digits_and_places_outside_every_unit(district: District) -> None:
    client = Client()
    for day in ("2026-03-01", "۲۰۲۶-۰۳-۰۱", "٢٠٢٦-٠٣-٠١"):
        said = {"step": "danger", "go": "next", "happened": "on", "on": day, "text": "x"}
        assert client.post("/en/report/", said).status_code == 200, day
    for lat, lon in (("51.5", "-0.12"), ("-90", "180"), ("0", "0")):
        limiter.forget()
        done = client.post(
            "/en/report/",
            {"step": "check", "go": "send", "text": f"at {lat}", "lat": lat, "lon": lon},
        )
        assert done.status_code == 200
    assert Case.objects.filter(unit__kind="triage_desk").count() == 3


@pytest.mark.parametrize("code", ["no_such_thing", "<b>", "x" * 61, "../../etc", "STREET_LIGHT"])
def test_an_unknown_matter_is_asked_again_not_lost(district: District, code: str) -> None:
    client = Client()
    page = client.post(
        "/en/report/", {"step": "check", "go": "send", "text": "My words", "category": code}
    )
    assert page.status_code == 422
    assert "My words" in page.content.decode()
    assert not Report.objects.exists()
    picked = client.post("/en/report/", {"step": "what", "pick": code, "text": "My words"})
    assert picked.status_code == 200
