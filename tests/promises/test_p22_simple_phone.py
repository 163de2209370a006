"""P22: it works on a simple phone and in Urdu: parts in any order, every letter, nothing left in English."""

from __future__ import annotations

import itertools
import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.web.test_sms_loop import AMINA, START, Phone, phone

from mohalla.channels.sms.actions.join_parts import keep_part
from mohalla.channels.sms.port import PartOf, Received
from mohalla.channels.sms.rules import encoding
from mohalla.foundation import catalogue, clock
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.models import Report
from mohalla.site.schedule import run_due

__all__ = ["phone"]

URDU = "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیے۔،؟ "
GSM = string.ascii_letters + string.digits + " .,:;!?-+/()'\"@£$"
LETTERS = re.compile(r"[A-Za-z]{2,}")
# words of the contract, names of things that have none in Urdu
LATIN = {"SMS", "SOS", "START", "STOP", "HELP", "BACHAO"}


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from(URDU + GSM + "😀{}[]€~|^\\"), min_size=1, max_size=400))
def test_promise_P22_every_text_comes_apart_and_together_again(text: str) -> None:
    parts = encoding.encode(text).parts
    coding = encoding.encode(text).data_coding
    assert "".join(encoding.decode(part, coding) for part in parts) == text
    most = (160, 153) if coding == encoding.GSM else (140, 134)
    assert all(len(part) <= most[len(parts) > 1] for part in parts)


def test_promise_P22_seventy_letters_are_one_part_and_one_more_are_two() -> None:
    assert len(encoding.encode("ب" * 70).parts) == 1
    assert len(encoding.encode("ب" * 71).parts) == 2
    assert len(encoding.encode("a" * 160).parts) == 1
    assert len(encoding.encode("a" * 161).parts) == 2
    assert len(encoding.encode("€" * 80).parts) == 1
    assert len(encoding.encode("€" * 81).parts) == 2


@pytest.mark.parametrize("language", ["ur", "ps"])
def test_promise_P22_no_text_falls_back_to_english(language: str) -> None:
    book = catalogue.get()
    for key in book.message_keys:
        said = book._messages[key][language]
        left = {word for word in LETTERS.findall(re.sub(r"\{\w+\}", "", said)) if word not in LATIN}
        assert not left, (key, left)
    for key in book.prompt_keys:
        said = book._prompts[key][language]
        left = {word for word in LETTERS.findall(re.sub(r"\{\w+\}", "", said)) if word not in LATIN}
        assert not left, (key, left)
    for category in book.categories.values():
        assert not LETTERS.search(category.names[language].replace("CCTV", "")), category.code


@pytest.mark.django_db(transaction=True)
def test_promise_P22_urdu_digits_and_any_script_finish_the_loop(phone: Phone) -> None:
    phone.text("گلی کی بتی خراب ہے")
    phone.text("گل باغ")
    phone.text("۲")  # no danger
    report = Report.objects.get()
    assert reports.opened(report, report.body) == "گلی کی بتی خراب ہے"
    for status in (f"حال {report.reference}", f"haal {report.reference.lower()}", "STATUS"):
        assert report.reference in phone.text(status)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_promise_P22_parts_come_in_any_order_and_twice(
    phone: Phone, order: tuple[int, ...]
) -> None:
    said = "گلی میں رات کو روشنی نہیں، مرد بیٹھے رہتے ہیں، بچیاں ڈرتی ہیں۔ " * 3
    parts = encoding.encode(said.strip()).parts
    assert len(parts) == 3
    for number in (*order, order[0]):
        received = Received(
            sender=AMINA, recipient="1787", payload=parts[number], data_coding=encoding.UCS2,
            part=PartOf(9, 3, number + 1), pdu=b"", carrier_id=f"part-{number}",
        )  # fmt: skip
        keep_part(received=received, at=START)
    with clock.fixed(START):
        run_due(at=START)
    report = Report.objects.get()
    assert reports.opened(report, report.body) == said.strip()
