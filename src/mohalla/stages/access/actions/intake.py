"""Ask a new report what is still missing, one thing at a time: danger, what kind, safe hours."""

from __future__ import annotations

from datetime import datetime

from mohalla.foundation import catalogue
from mohalla.foundation.catalogue import Category
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.submission import ONLY_WRITE, ContactWish
from mohalla.foundation.text import roman_key, words
from mohalla.stages.access.actions import reach
from mohalla.stages.access.actions.converse import Wanted
from mohalla.stages.access.rules import sorting
from mohalla.stages.access.rules.hours import PARTS_OF_DAY
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case

DO_NOT_CALL = "4"


def placed(case: Case, *, fresh: bool) -> Wanted:
    """The place is known: from the first words (`fresh`), or by the answer to our question."""
    if case.danger:
        return Wanted(key="place_found", case=case)
    return Wanted(key="received_ask_danger" if fresh else "ask_danger", case=case, ask="danger")


def answered_danger(case: Case, *, danger: bool, at: datetime) -> Wanted:
    """Yes rings the duty alarm, and nothing more is asked; no goes on to the next question."""
    if danger:
        casework.raise_alarm(case=case, door="sms", at=at)
        return Wanted(key="danger", case=case)
    casework.note_answer(case=case, what="answer no danger", door="sms", at=at)
    if not case.category and sorting.plain(_said(case)) is not None:
        return Wanted(key="ask_matter", case=case, ask="matter")
    return _ask_hours(case)


def answered_matter(case: Case, *, choice: str, at: datetime) -> Wanted:
    """Words and answer agree on something plain: it goes to its desk; else triage keeps it."""
    casework.note_answer(case=case, what="answer matter", door="sms", at=at)
    found = sorting.category_by_answer(choice, _said(case))
    if found is not None and not case.category and case.closed_at is None and not case.danger:
        casework.classify(
            case=case, category=found.code, by="reporter", at=at, what="classified by own answers"
        )
    return _ask_hours(case)


def answered_hours(case: Case, *, number: str, choice: str, at: datetime) -> Wanted:
    """One of three parts of the day, or in writing only; words that choose nothing change nothing."""
    safe_from, safe_to = PARTS_OF_DAY.get(choice, (None, None))
    if choice:
        wish = ContactWish(
            kind="phone",
            value=number,
            safe_from=safe_from,
            safe_to=safe_to,
            way=ONLY_WRITE if choice == DO_NOT_CALL else "call",
        )
        reach.wish_contact(case=case, wish=wish, door="sms", at=at)
    return Wanted(key="hours_set", case=case)


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


def _ask_hours(case: Case) -> Wanted:
    contact = reports.contact_of(case.report)
    if contact is None or contact.safe_from is not None or contact.way != "sms":
        return Wanted(key="hours_set", case=case)  # told before, or taken back: not asked again
    return Wanted(key="ask_safe", case=case, ask="hours")


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
