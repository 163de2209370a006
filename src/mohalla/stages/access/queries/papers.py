"""What the police wrote in their books about a report, as its reporter may hold it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from mohalla.foundation import catalogue
from mohalla.foundation.catalogue.entries import in_language
from mohalla.foundation.clock.dates import full_day
from mohalla.foundation.people.models.officer import Rank
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.units.models.unit import UnitKind
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.owner import Owner
from mohalla.stages.access.rules.naming import Named, named
from mohalla.station.casework import actions as casework
from mohalla.station.casework import queries as cases
from mohalla.station.casework.models import Case
from mohalla.station.casework.rules import grievances


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One entry: `kind` is fir, diary, refusal, letter or decision; `law` what is to be known."""

    kind: str
    number: str
    day: str  # in the reader's language
    dated_on: date
    at: datetime
    sections: str
    text: str
    desk: str
    by: dict[str, str] | None
    law: str


def of(case: Case, directory: Directory, language: str) -> list[Paper]:
    """All of them, the oldest first."""
    category = cases.category_of(case)
    law = in_language(category.legal_note, language) if category and category.legal_note else ""
    return [
        Paper(
            kind=row.kind,
            number=row.number,
            day=full_day(row.dated_on, language),
            dated_on=row.dated_on,
            at=row.at,
            sections=row.sections,
            text=casework.text_of(row),
            desk=desk(directory, row.unit_id, language),
            by=person(
                named(directory, Owner(unit=row.unit_id or 0, officer=row.officer_id), language)
            ),
            law=law if row.kind in {"diary", "refusal"} else "",
        )
        for row in case.records.order_by("at", "pk")
    ]


def grievance_of(case: Case, promises: Iterable[Promise], written: Iterable[Paper]) -> str:
    """Why a petition is open to the reporter; empty where it is not."""
    category = cases.category_of(case)
    return grievances.grievance(
        matter=category.matter if category else None,
        records={paper.kind for paper in written},
        broken={row.kind for row in promises if row.state == State.BROKEN},
        closing=case.closing,
    )


def desk(directory: Directory, unit: int | None, language: str) -> str:
    """A unit by its name; empty where there is none."""
    fact = directory.units.get(unit or 0)
    return in_language(fact.names, language) if fact else ""


def titled(code: str, language: str) -> str:
    """What a petition for this grievance is called."""
    return in_language(catalogue.get().grievances[code].title, language)


def person(person: Named | None) -> dict[str, str] | None:
    """As the card of an owner wants it; a name that stays inside is not there."""
    if person is None:
        return None
    shown = asdict(person)
    shown["rank"] = str(Rank(person.rank).label) if person.rank else ""
    shown["desk"] = str(UnitKind(person.desk).label)
    if not person.name:
        del shown["name"]
    return shown
