"""Loops, repeats, retries, numbers, carrier ids: the decisions."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mohalla.channels.sms.rules import carrier_ids, loops, numbers, repeats, retries
from mohalla.channels.sms.rules.numbers import Kind
from mohalla.channels.sms.rules.repeats import Repeat

QUIET = loops.Answered(hour=0, day=0, same=1)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("0300 1234567", "+923001234567"),
        ("+92-300-1234567", "+923001234567"),
        ("00923001234567", "+923001234567"),
        ("923001234567", "+923001234567"),
        ("۰۳۰۰۱۲۳۴۵۶۷", "+923001234567"),
        ("٠٣٠٠١٢٣٤٥٦٧", "+923001234567"),
        ("3001234567", "+923001234567"),
        ("1787", "1787"),
        ("+1787", "1787"),
        ("HBL", "HBL"),
        ("", ""),
        ("12345678901234567890", "12345678901234567890"),
        ("a\x00\u202eb", "ab"),
        ("+441632960961", "+441632960961"),
    ],
)
def test_numbers_are_brought_to_one_form(typed: str, canonical: str) -> None:
    assert numbers.canonical(typed) == canonical
    assert numbers.canonical(canonical) == canonical


@given(st.text(max_size=60))
def test_any_address_is_read(address: str) -> None:
    assert len(numbers.canonical(address)) <= 33
    numbers.kind_of(numbers.canonical(address), ours="1787")


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("", Kind.EMPTY),
        ("1787", Kind.OURS),
        ("HBL", Kind.ALPHANUMERIC),
        ("بینک", Kind.ALPHANUMERIC),
        ("12345678901234567890", Kind.MALFORMED),
        ("7", Kind.MALFORMED),
        ("8171", Kind.NUMBER),
        ("+923001234567", Kind.NUMBER),
    ],
)
def test_who_may_get_an_answer(address: str, kind: Kind) -> None:
    assert numbers.kind_of(address, ours="+1787") == kind
    why = loops.why_silent(kind=kind, purpose="reply", answered=QUIET)
    assert (why == "") == (kind == Kind.NUMBER)


@pytest.mark.parametrize(
    ("answered", "is_silent"),
    [
        (QUIET, False),
        (loops.Answered(hour=loops.REPLIES_AN_HOUR - 1, day=40, same=1), False),
        (loops.Answered(hour=loops.REPLIES_AN_HOUR, day=40, same=1), True),
        (loops.Answered(hour=0, day=loops.REPLIES_A_DAY, same=1), True),
        (loops.Answered(hour=0, day=0, same=loops.SAME_TEXT_AN_HOUR), False),
        (loops.Answered(hour=0, day=0, same=loops.SAME_TEXT_AN_HOUR + 1), True),
    ],
)
def test_the_reply_budget(answered: loops.Answered, is_silent: bool) -> None:
    why = loops.why_silent(kind=Kind.NUMBER, purpose="reply", answered=answered)
    assert bool(why) == is_silent
    assert loops.why_silent(kind=Kind.NUMBER, purpose="news", answered=answered) == ""


def test_news_have_a_wider_budget_and_danger_none() -> None:
    some, most = (
        loops.Answered(hour=0, day=0, same=0, news=count)
        for count in (loops.NEWS_A_DAY - 1, loops.NEWS_A_DAY)
    )
    assert not loops.why_silent(kind=Kind.NUMBER, purpose="news", answered=some)
    assert loops.why_silent(kind=Kind.NUMBER, purpose="news", answered=most)
    assert not loops.why_silent(kind=Kind.NUMBER, purpose="reply", answered=most)
    assert not loops.why_silent(kind=Kind.NUMBER, purpose="danger", answered=most)
    assert loops.why_silent(kind=Kind.OURS, purpose="danger", answered=some)


def test_the_daily_spend_stop_lets_danger_and_answers_through() -> None:
    assert loops.still_paid(parts_today=99, most=100) is None
    some = loops.still_paid(parts_today=100, most=100)
    assert some == {"danger", "trusted", "sos", "reply"}
    fuse = loops.still_paid(parts_today=100 * loops.FUSE, most=100)
    assert fuse == {"danger", "trusted", "sos"}


@pytest.mark.parametrize(
    ("since", "length", "sent_since", "verdict"),
    [
        (None, 100, False, Repeat.NEW),
        (timedelta(seconds=1), 1, True, Repeat.COPY),
        (timedelta(seconds=-1), 100, False, Repeat.COPY),
        (timedelta(minutes=2, seconds=24), 100, True, Repeat.COPY),
        (timedelta(minutes=2, seconds=24), 1, True, Repeat.AGAIN),
        (timedelta(minutes=2, seconds=24), 1, False, Repeat.COPY),
        (timedelta(minutes=11), 100, False, Repeat.AGAIN),
        (timedelta(hours=24), 100, False, Repeat.AGAIN),
        (timedelta(days=8), 100, False, Repeat.NEW),
    ],
)
def test_a_second_delivery_and_a_person_who_says_it_again(
    since: timedelta | None, length: int, sent_since: bool, verdict: Repeat
) -> None:
    assert repeats.judge(since=since, length=length, sent_since=sent_since) == verdict


def test_pauses_grow_and_have_an_end() -> None:
    pauses = [retries.pause(n) for n in range(60)]
    assert pauses == sorted(pauses)
    assert pauses[1] == timedelta(seconds=2)
    assert pauses[-1] == timedelta(minutes=10)


def test_ids_in_hex_and_in_decimal_are_one_id() -> None:
    assert "255" in carrier_ids.spellings("FF")
    assert "FF" in carrier_ids.spellings("255")
    assert "000000ff" in carrier_ids.spellings("255")
    assert carrier_ids.spellings("") == []
    assert carrier_ids.spellings("m-17") == ["m-17"]
