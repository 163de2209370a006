"""Dates for papers that are read later and elsewhere: never "today"."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from mohalla.foundation import clock

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "ps": "جنوري فبروري مارچ اپرېل مۍ جون جولايي اګست سپتمبر اکتوبر نومبر دسمبر",
}


def full_day(day: date, language: str) -> str:
    """`24 November 2026`."""
    months = _months(language)
    return f"{day.day} {months[day.month - 1]} {day.year}"


def full_date(moment: datetime | None, language: str, *, time: bool = True) -> str:
    """`24 November 2026, 17:30` on the clock of the district; empty for nothing."""
    if moment is None:
        return ""
    local = timezone.localtime(moment, clock.PKT)
    day = full_day(local.date(), language)
    comma = "، " if language.startswith(("ur", "ps")) else ", "
    return f"{day}{comma}{local:%H:%M}" if time else day


def short_date(moment: datetime, language: str) -> str:
    """`21 Nov 20:02` for a text message. The month is a word: phones that write right to left turn
    `21-11` round to `11-21`."""
    local = timezone.localtime(moment, clock.PKT)
    month = _months(language)[local.month - 1]
    if language in {"en", "ur-Latn"}:
        month = MONTHS["en"].split()[local.month - 1][:3]
    return f"{local.day} {month} {local:%H:%M}"


def _months(language: str) -> list[str]:
    known = "ur" if language.startswith("ur") else language
    return MONTHS.get(known, MONTHS["en"]).split()
