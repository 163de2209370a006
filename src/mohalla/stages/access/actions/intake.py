"""What a new report by phone still lacks, and what its sender answers: what kind, safe hours."""

from __future__ import annotations

from datetime import datetime

from mohalla.foundation import catalogue
from mohalla.foundation.catalogue import Category
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.submission import ONLY_WRITE, ContactWish
from mohalla.foundation.text import roman_key, words
from mohalla.stages.access.actions import reach
from mohalla.stages.access.rules import sorting
from mohalla.stages.access.rules.hours import PARTS_OF_DAY
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case

ONLY_TEXTS = "write"


def is_plain(case: Case) -> bool:
    """Whether the sender's own answer could say what it is about."""
    return sorting.plain(_said(case)) is not None


def answered_matter(case: Case, *, choice: str, door: str, at: datetime) -> None:
    """Words and answer agree on something plain: it goes to its desk; else triage keeps it."""
    casework.note_answer(case=case, what="answer matter", door=door, at=at)
    found = sorting.category_by_answer(choice, _said(case))
    if found is not None and not case.category and case.closed_at is None and not case.danger:
        casework.classify(
            case=case, category=found.code, by="reporter", at=at, what="classified by own answers"
        )


def answered_hours(case: Case, *, number: str, choice: str, door: str, at: datetime) -> None:
    """One of three parts of the day, or in writing only; words that choose nothing change nothing."""
    safe_from, safe_to = PARTS_OF_DAY.get(choice, (None, None))
    if choice:
        wish = ContactWish(
            kind="phone",
            value=number,
            safe_from=safe_from,
            safe_to=safe_to,
            way=ONLY_WRITE if choice == ONLY_TEXTS else "call",
        )
        reach.wish_contact(case=case, wish=wish, door=door, at=at)


def wish_for(number: str) -> ContactWish:
    """How to reach a phone that writes to us: as its owner said the last time, if ever."""
    known = reports.wish_of_phone(number)
    if known is None:
        return ContactWish(kind="phone", value=number)
    return ContactWish(
        kind="phone",
        value=number,
        safe_from=known.safe_from,
        safe_to=known.safe_to,
        way=known.way,
    )


def _said(case: Case) -> sorting.Said:
    """All words count; the name of the place, which means no matter, is not searched for one."""
    text = reports.words_of(case.report)
    told = words(text)
    book = catalogue.get()
    return sorting.Said(
        found=_found(case, told),
        own=_found(case, words(reports.opened(case.report, case.report.body))),
        words=len(told),
        held=book.holds(text),
    )


def _found(case: Case, told: list[str]) -> list[Category]:
    place = case.place
    names = [place.name_en, place.name_ur, place.name_ps, *place.aliases] if place else []
    placed = {roman_key(word) for name in names for word in words(name)}
    rest = " ".join(word for word in told if roman_key(word) not in placed)
    return catalogue.get().search(rest, limit=sorting.TOP)
