"""Every read of a case: each takes the viewer, and what may not be seen is not there."""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from uuid import UUID

from mohalla.foundation import catalogue
from mohalla.foundation.catalogue import Category
from mohalla.foundation.keys import queries as keys
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports import searching
from mohalla.foundation.reports.models import Report
from mohalla.foundation.text import fold
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Barred
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.models import Case, Outcome, Record
from mohalla.station.casework.models.case import ROOM, CaseQuerySet

QUEUE_PAGE = 50
RARE = 5_000  # reports with some words: beyond that a page of them is soon found by walking back
PAGE = 500
NOWHERE = UUID(int=0)


class CaseHidden(Exception):
    """Does not exist, or may not be seen: the same thing to the one who asks."""


def case_for(viewer: Viewer, reference: str) -> Case:
    """The one door to a case from the desk."""
    case = _seen(viewer).filter(reference=reference).select_related("report", "place").first()
    if case is None:
        raise CaseHidden(reference)
    return case


def seen_by(viewer: Viewer) -> CaseQuerySet:
    """All cases that the viewer may open, for other rooms to join with."""
    return _seen(viewer)


def queue(viewer: Viewer, *, limit: int = QUEUE_PAGE) -> list[Promise]:
    """Open promises of the viewer's desks in every room, the earliest due first.

    A statement for each desk: in the order of its index the database stops after a page.
    """
    pages = [
        Promise.objects.open()
        .seen_by(officer=viewer.officer, units={unit})
        .select_related("unit", "officer")
        .order_by("due_at")[:limit]
        for unit in viewer.units
    ]
    return sorted(chain.from_iterable(pages), key=lambda promise: promise.due_at)[:limit]


def cases_by_reference(viewer: Viewer, references: set[str]) -> dict[str, Case]:
    """Cases of a page of the queue in one statement."""
    found = _seen(viewer).filter(reference__in=references).select_related("place", "report")
    return {case.reference: case for case in found}


def search(viewer: Viewer, query: str, *, limit: int = QUEUE_PAGE) -> list[Case]:
    """By reference, by FIR or diary number, and by words of what was said (C1 only)."""
    folded = fold(query)
    if not folded:
        return []
    mine = _seen(viewer).select_related("place", "report")
    exact = mine.filter(reference=query.strip().upper().replace(" ", "").replace("-", ""))
    by_number = mine.filter(records__number__iexact=query.strip())
    found: dict[str, Case] = {}
    for part in (exact[:limit], by_number[:limit], _by_words(mine, folded.split(), limit)):
        for case in part:
            found.setdefault(case.reference, case)
    return list(found.values())[:limit]


def sealed(viewer: Viewer, *, skip: int = 0, limit: int = QUEUE_PAGE) -> list[Case]:
    """Cases whose words only their desks' browsers can open, newest first."""
    found = _seen(viewer).filter(report__envelope=Report.Envelope.BROWSER).order_by("-pk")
    return list(found.select_related("report", "place")[skip : skip + limit])


def _by_words(mine: CaseQuerySet, words: list[str], limit: int) -> list[Case]:
    """Newest first: by the index where the words are rare, else walking back from the newest.

    Keys are ordered by time, so that walk stops after a page of words that are everywhere.
    """
    wanted = mine.filter(sensitivity="C1").order_by("-pk")
    for word in words:
        wanted = wanted.filter(report__search_key__contains=word)
    indexed_to, keys = searching.newest(), searching.candidates(words, most=RARE)
    if indexed_to is None or keys is None:
        return list(wanted[:limit])
    found = list(wanted.filter(pk__gt=indexed_to)[:limit])
    # words that stand nowhere cost a look as well: what only others have cannot be told from them
    older = [key for key in keys if key <= indexed_to] or [NOWHERE]
    while older and len(found) < limit:
        page, older = older[:PAGE], older[PAGE:]
        found += wanted.filter(pk__in=page)[: limit - len(found)]
    return found


def desks_without_key(case: Case, language: str) -> list[tuple[str, UUID, str]]:
    """Desks that have a sealed case and cannot open it yet, but have a key of their own: name, id of
    that key, its public half."""
    had = reports.units_with_key(case.report)
    desks = set(case.recipients.filter(until_at=None).values_list("unit_id", flat=True)) - had
    directory = units.directory()
    return [
        (directory.units[unit].names.get(language) or directory.units[unit].names["ur"], key.id,
         key.recipient)
        for unit, key in sorted(keys.in_force(desks).items())
    ]  # fmt: skip


def open_promises(case: Case) -> list[Promise]:
    return list(Promise.objects.open().filter(room=ROOM, subject=case.reference).order_by("due_at"))


def promises_of(case: Case) -> list[Promise]:
    """All promises of the case in the order they were made, owners joined."""
    return list(
        Promise.objects.filter(room=ROOM, subject=case.reference)
        .select_related("unit", "officer")
        .order_by("made_at", "due_at")
    )


def open_promise(case: Case, kind: str) -> Promise | None:
    return (
        Promise.objects.filter(room=ROOM, subject=case.reference, kind=kind, state=State.OPEN)
        .order_by("due_at")
        .first()
    )


def latest_promise(case: Case, kind: str) -> Promise | None:
    """The last one made of that kind, whatever became of it."""
    found = Promise.objects.filter(room=ROOM, subject=case.reference, kind=kind)
    return found.order_by("-made_at", "-pk").first()


def claimed_promise(case: Case, kind: str) -> Promise | None:
    return (
        Promise.objects.filter(room=ROOM, subject=case.reference, kind=kind, state=State.CLAIMED)
        .order_by("-ended_at")
        .first()
    )


def open_outcome(case: Case) -> Outcome | None:
    """The proposal that waits for the reporter (or for its second signature)."""
    return case.outcomes.filter(verdict="").prefetch_related("proofs").first()


def fir_of(case: Case) -> Record | None:
    """The FIR that was recorded last, if any."""
    return case.records.filter(kind=Record.Kind.FIR).order_by("-at").first()


def category_of(case: Case) -> Category | None:
    """The category as classified; None while it has none."""
    return catalogue.get().category(case.category) if case.category else None


def is_barred(case: Case, officer: int) -> bool:
    return Barred.objects.filter(room=ROOM, subject=case.reference, officer_id=officer).exists()


def waiting_for_silence(at: datetime) -> list[Outcome]:
    """Proposals on C1 cases that were asked and not answered."""
    return list(
        Outcome.objects.filter(
            verdict="", asked_at__isnull=False, asked_at__lte=at, case__sensitivity="C1"
        ).select_related("case")[:500]
    )


def _seen(viewer: Viewer) -> CaseQuerySet:
    found: CaseQuerySet = Case.objects.opened_by(officer=viewer.officer, units=set(viewer.units))
    return found
