"""Through whose hands the originals of a case went: for the desk, its reporter, and the bundle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from mohalla.foundation import catalogue
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.reports.actions.attach import BOUND, COPIED, ROOM, TAKEN_IN
from mohalla.foundation.reports.models import Attachment
from mohalla.foundation.units.rules.directory import Directory
from mohalla.station.casework import names
from mohalla.station.casework.actions.read import READ, TAKEN
from mohalla.station.casework.models import Case, Custody
from mohalla.station.casework.models.case import ROOM as CASE
from mohalla.station.casework.rules import custody

OF_FILE = (TAKEN_IN, BOUND, COPIED)
OF_CASE = (*custody.ACTS.values(), custody.BUNDLED, TAKEN)


@dataclass(frozen=True, kw_only=True)
class Hand:
    """One act: the entry of the log, and the row with its words where it has one."""

    entry: Entry
    row: Custody | None

    @property
    def attachment(self) -> str:
        """The file it is about; empty where it is about the device, or about the whole case."""
        if self.entry.room == ROOM:
            return self.entry.subject
        return str(self.entry.facts.get("attachment") or "")

    @property
    def officer(self) -> int:
        """Who did it; 0 where no officer did."""
        kind, _colon, key = self.entry.by.partition(":")
        return int(key) if kind == "officer" and key.isdecimal() else 0


def of(case: Case, *, seen: bool = False) -> list[Hand]:
    """In order; `seen`: also each reading of the case. Two or three statements."""
    rows = {str(row.pk): row for row in case.custody.select_related("attachment")}
    keys = [str(key) for key in case.report.attachments.values_list("pk", flat=True)]
    wanted = (*OF_CASE, READ) if seen else OF_CASE
    found = [
        *Entry.objects.filter(room=ROOM, subject__in=keys, what__in=OF_FILE),
        *Entry.objects.filter(room=CASE, subject=case.reference, what__in=wanted),
    ]
    # by time: a file is older than its report; the place in the log decides between equals
    found.sort(key=lambda row: (row.at, row.position is None, row.position or 0, str(row.pk)))
    return [Hand(entry=row, row=rows.get(str(row.facts.get("act") or ""))) for row in found]


def out(case: Case) -> list[Custody]:
    """What was handed over and is not back, the oldest first."""
    rows = case.custody.filter(kind=Custody.Kind.HANDED, came_back=None)
    return list(rows.select_related("attachment").order_by("happened_at", "pk"))


def to_whom(facts: Mapping[str, Any], directory: Directory, language: str) -> str:
    """The body or unit that it went to or came from; empty where there is none."""
    if "act" not in facts:
        return ""
    holder = catalogue.get().holders.get(str(facts.get("holder") or ""))
    return holder.name(language) if holder else names.unit(directory, facts.get("unit"), language)


def originals(case: Case) -> list[Attachment]:
    """Every file of the case in the order in which it came; their place is their number."""
    return list(case.report.attachments.order_by("uploaded_at", "pk"))


def moment(facts: Mapping[str, Any], name: str) -> datetime | None:
    """A time among the facts of an act."""
    return datetime.fromisoformat(str(facts[name])) if facts.get(name) else None


def by_officers(case: Case) -> set[UUID]:
    """Files that the police added: proofs of an outcome, and what an officer brought."""
    keys = [str(key) for key in case.report.attachments.values_list("pk", flat=True)]
    took = Entry.objects.filter(
        room=ROOM, subject__in=keys, what=TAKEN_IN, by__startswith="officer:"
    ).values_list("subject", flat=True)
    proofs = case.report.attachments.exclude(proof=None).values_list("pk", flat=True)
    return {*map(UUID, took), *proofs}
