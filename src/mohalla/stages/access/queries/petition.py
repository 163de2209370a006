"""The paper with which a reporter goes further, made from the catalogue and the case.

Nothing in it is new: her own words unchanged, what the desks wrote, dates, the law, the doors.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mohalla.foundation import catalogue
from mohalla.foundation.catalogue import Addressee, Door, Grievance
from mohalla.foundation.catalogue.entries import in_language
from mohalla.foundation.clock.dates import full_date
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.text import visible
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.directory import Directory
from mohalla.stages.access.queries import papers, proved
from mohalla.stages.access.queries.proved import Proved
from mohalla.station.casework import queries as cases
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules.grievances import OVER_OBJECTION, REFUSED

FIRST = "justice_of_peace"


class NoGrievance(Exception):
    """There is nothing here to carry further (any more)."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a desk wrote: by whom, when, its words, the law it names."""

    heading: str
    text: str
    law: str
    by: dict[str, str] | None


@dataclass(frozen=True, kw_only=True)
class Petition:
    """One petition to one addressee; every text in the reader's language, her words as typed."""

    reference: str
    to: str  # code of the addressee
    choices: list[tuple[str, str]]  # (code, name) of those it may go to
    title: str
    addressed: str
    facts: list[tuple[str, str]]
    words: str
    attachments: int
    said: str
    written: list[Written]
    days: list[tuple[str, str]]  # (date, what happened), in order
    law: str
    ask: str
    enclosures: list[str]
    hand_in: str
    doors: list[tuple[str, str, str, str]]  # name, how, law, telephone
    made_on: str
    proof: Proved | None  # None for a report from before there was a register


def petition(case: Case, *, to: str, language: str, at: datetime) -> Petition:
    """Raises `NoGrievance`; an addressee who is not open for this matter gives the first one."""
    book, directory = catalogue.get(), units.directory()
    promises = cases.promises_of(case)
    rows = papers.of(case, directory, language)
    code = papers.grievance_of(case, promises, rows)
    if not code:
        raise NoGrievance(case.reference)
    choices = _addressees(case, directory, book.addressees.values())
    addressee = choices.get(to) or choices[FIRST]
    category = cases.category_of(case)
    doors = [book.doors[door] for door in category.doors] if category else []
    return Petition(
        reference=case.reference,
        to=addressee.code,
        choices=[(row.code, row.name(language)) for row in choices.values()],
        title=papers.titled(code, language),
        addressed=in_language(addressee.to, language),
        facts=_facts(case, language),
        words=visible(reports.opened(case.report, case.report.body)),
        attachments=case.report.attachments.filter(proof=None).count(),
        said=_said(case, book.grievances[code], rows, promises, directory, language),
        written=[_written(row, language) for row in rows if row.kind in {"refusal", "decision"}],
        days=_days(case, rows, promises, directory, language),
        law=in_language(addressee.law, language),
        ask=in_language(addressee.asks[book.grievances[code].asks], language),
        enclosures=[
            in_language(texts, language)
            for name, texts in book.enclosures.items()
            if name != "refusal" or code == REFUSED
        ],
        hand_in=in_language(addressee.hand_in, language),
        doors=_doors(doors, addressee.code, language),
        made_on=full_date(at, language, time=False),
        proof=proved.of(case),
    )


def _addressees(
    case: Case, directory: Directory, known: Iterable[Addressee]
) -> dict[str, Addressee]:
    """A court is open to everybody; an office of the force only where it is not spoken against."""
    excluded = units.barred(room=ROOM, subject=case.reference)
    offices = {unit.kind for unit in directory.units.values() if not excluded.allows_unit(unit.id)}
    return {row.code: row for row in known if row.code not in offices}


def _facts(case: Case, language: str) -> list[tuple[str, str]]:
    report, category = case.report, cases.category_of(case)
    place = case.place.name(language) if case.place else ""
    landmark = visible(reports.opened(report, report.landmark))
    found = [
        (_("Reference"), case.reference),
        (_("Matter"), category.name(language) if category else ""),
        (_("Reported"), full_date(report.received_at, language)),
        (_("When it happened"), full_date(report.happened_at, language)),
        (_("Place"), " · ".join(part for part in (place, landmark) if part)),
    ]
    return [(name, value) for name, value in found if value]


def _said(
    case: Case,
    grievance: Grievance,
    rows: list[papers.Paper],
    promises: list[Promise],
    directory: Directory,
    language: str,
) -> str:
    if grievance.code == OVER_OBJECTION:
        since = full_date(case.closed_at, language, time=False)
        desk = papers.desk(directory, case.unit_id, language)
    elif grievance.code == REFUSED:
        first = next(row for row in rows if row.kind == "refusal")
        since, desk = full_date(first.at, language, time=False), first.desk
    else:
        late = next(row for row in promises if row.kind in _LATE and row.state == State.BROKEN)
        since = full_date(late.due_at, language)
        desk = papers.desk(directory, late.unit_id, language)
    filed = full_date(case.report.received_at, language, time=False)
    said = in_language(grievance.said, language)
    return said.format(filed=filed, since=since, desk=desk or _("the desk"))


_LATE = ("record", "non_registration")


def _written(row: papers.Paper, language: str) -> Written:
    day = full_date(row.at, language)
    if row.kind == "refusal":
        heading = _("Refusal of {desk}, {day}").format(desk=row.desk, day=day)
    else:
        heading = _("Decision of {desk}, {day}").format(desk=row.desk, day=day)
    return Written(heading=heading, text=visible(row.text), law=visible(row.sections), by=row.by)


def _days(
    case: Case,
    rows: list[papers.Paper],
    promises: list[Promise],
    directory: Directory,
    language: str,
) -> list[tuple[str, str]]:
    """What happened when, without a judgement."""
    happened = [(case.report.received_at, _("I made the report."))]
    said = {
        "refusal": _("An FIR was refused in writing."),
        "fir": _("The FIR was recorded."),
        "diary": _("It was entered in the daily diary."),
        "decision": _("It was ended over my objection."),
    }
    happened += [(row.at, said[row.kind]) for row in rows if row.kind in said]
    for row in promises:
        if row.state != State.BROKEN or row.kind not in _LATE or row.reason == "refused":
            continue
        words = (
            _("The time for recording the FIR was over.")
            if row.kind == "record"
            else _("The time in which {desk} had to answer why there is no FIR was over.")
        )
        desk = papers.desk(directory, row.unit_id, language)
        happened.append((row.due_at, words.format(desk=desk)))
    return [(full_date(when, language), what) for when, what in sorted(happened)]


def _doors(doors: Iterable[Door], taken: str, language: str) -> list[tuple[str, str, str, str]]:
    return [
        (
            door.name(language),
            in_language(door.how, language),
            in_language(door.law, language) if door.law else "",
            door.phone,
        )
        for door in doors
        if door.code != taken
    ]
