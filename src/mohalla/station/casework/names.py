"""How the desk says things: officers, desks, kinds of promises, proofs and notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from mohalla.foundation import catalogue
from mohalla.foundation.people.models.officer import Rank
from mohalla.foundation.units.rules.directory import Directory
from mohalla.station.casework.models import Case
from mohalla.station.casework.vocabulary import DONE, DOORS, PROMISES, STAGES

Choices = list[tuple[str, str]]


def officer(directory: Directory, key: int | None, language: str) -> str:
    """Rank and name: inside, it is always a person. Empty where nobody is named."""
    fact = directory.officers.get(key or 0)
    if fact is None:
        return ""
    return f"{Rank(fact.rank).label} {fact.names.get(language) or fact.names['ur']}"


def unit(directory: Directory, key: int | None, language: str) -> str:
    """The desk by its name; empty where there is none."""
    fact = directory.units.get(key or 0)
    return (fact.names.get(language) or fact.names["ur"]) if fact else ""


def category(case: Case, language: str) -> str:
    """The matter in plain words."""
    if not case.category:
        return _("not classified yet")
    found = catalogue.get().categories.get(case.category)
    return found.name(language) if found else case.category


def promise(kind: str, language: str) -> str:
    """What is owed, as the desk says it: the catalogue's words speak to the reporter."""
    said = PROMISES.get(kind)
    return str(said) if said else catalogue.get().promise_name(kind, language)


def stage(code: str, language: str) -> str:
    """A stage as the desk says it."""
    said = STAGES.get(code)
    return str(said) if said else catalogue.get().stage_name(code, language)


def done(what: str, facts: Mapping[str, object], language: str) -> str:
    """An entry of the ledger in words; for promises with what was promised."""
    head, _sep, tail = what.partition(" ")
    if head == "stage":
        return _("Stage: {stage}").format(stage=stage(tail, language))
    said = DONE.get(what)
    kind = facts.get("kind")
    if head == "promise" and isinstance(kind, str):
        return f"{said or what}: {promise(kind, language)}"
    return str(said or what)


def door(code: str) -> str:
    """The way by which a report came."""
    return str(DOORS.get(code, code))


def said_by(directory: Directory, by: str, language: str) -> str:
    """Who did it, from the ledger's `officer:<id>`, `reporter`, `sender`, `system`."""
    who, _sep, key = by.partition(":")
    if who == "officer" and key.isdigit():
        return officer(directory, int(key), language)
    known = {"reporter": _("the reporter"), "sender": _("the sender"), "system": _("the clock")}
    return known.get(who, "")


def colleagues(
    directory: Directory,
    unit: int,
    *,
    at: datetime,
    language: str,
    without: frozenset[int] = frozenset(),
) -> Choices:
    """(id, rank and name) of those posted to the desk who are not away, by name."""
    posted = {row.officer for row in directory.postings_at(unit, at)}
    there = [key for key in posted - without if not directory.away(key, at)]
    return sorted(
        ((str(key), officer(directory, key, language)) for key in there), key=lambda pair: pair[1]
    )
