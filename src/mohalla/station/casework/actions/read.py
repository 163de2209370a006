"""That somebody opened a case is itself a fact that stays, and that its reporter can see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from mohalla.foundation import seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules import reading
from mohalla.station.casework.rules.custody import BUNDLED

READ, TAKEN, EXPORTED, PURPOSE = "case read", "original taken", "case exported", "purpose stated"
NUMBER = "number opened"
SEARCHED = "case searched"
ALARM = "alarm opened"
SPEAKING = frozenset({"contact", "answer", "call_back", "follow_up", "withdrawal_call", "decision"})
BATCH = 500


class PurposeWanted(Exception):
    """So many cases were opened within the hour that the next one needs a reason in writing."""


class NumberHidden(Exception):
    """This desk owes the person no call."""


def note_number(*, case: Case, viewer: Viewer, at: datetime) -> None:
    """Record who sees the number of a C3 matter in order to call, before it is shown.

    Only for a desk that owes her a word now. Raises `NumberHidden`. The name stays sealed.
    """
    owed = Promise.objects.open().filter(room=ROOM, subject=case.reference, kind__in=SPEAKING)
    if not owed.filter(unit__in=viewer.units).exists():
        raise NumberHidden(case.reference)
    ledger.record(
        what=NUMBER, room=ROOM, subject=case.reference, by=viewer.by, at=at,
        unit=acting_desk(case, viewer),
    )  # fmt: skip


def note_alarm(*, case: Case, viewer: Viewer, at: datetime) -> None:
    """Record who opens an alarm, where somebody may be found and called; once a quarter of an hour."""
    mine = Entry.objects.filter(room=ROOM, subject=case.reference, by=viewer.by, what=ALARM)
    if not mine.filter(at__gt=at - reading.ONE_READING).exists():
        ledger.record(
            what=ALARM, room=ROOM, subject=case.reference, by=viewer.by, at=at,
            unit=acting_desk(case, viewer) or min(viewer.units, default=0),
        )  # fmt: skip


def note_taking(*, case: Case, attachment: UUID, viewer: Viewer, at: datetime) -> None:
    """Record that somebody took an original away, whatever the class of the case."""
    ledger.record(
        what=TAKEN, room=ROOM, subject=case.reference, by=viewer.by, at=at,
        attachment=str(attachment), unit=acting_desk(case, viewer),
    )  # fmt: skip


def note_bundle(
    *, case: Case, viewer: Viewer | None, manifest: str, purpose: str, at: datetime
) -> None:
    """Record that the evidence left as a bundle, and which: the log knows it by its manifest.

    Without a viewer it was the reporter, who takes her own files.
    """
    ledger.record(
        what=BUNDLED, room=ROOM, subject=case.reference, by=viewer.by if viewer else "reporter",
        at=at, manifest=manifest, purpose=seal.seal(purpose) if purpose else "",
        unit=acting_desk(case, viewer) if viewer else 0,
    )  # fmt: skip


def note_export(*, cases: Iterable[Case], viewer: Viewer, at: datetime) -> None:
    """Record for each case whose words leave in a list that they did."""
    rows = (
        ledger.entry(
            what=EXPORTED, room=ROOM, subject=case.reference, by=viewer.by, at=at,
            unit=acting_desk(case, viewer),
        )
        for case in cases
    )  # fmt: skip
    Entry.objects.bulk_create(rows, batch_size=BATCH)


def note_search(*, cases: Iterable[Case], viewer: Viewer, purpose: str, at: datetime) -> None:
    """Record why sealed cases go to a browser that searches in them, and for each that it did."""
    state_purpose(viewer=viewer, purpose=purpose, at=at)
    rows = (
        ledger.entry(
            what=SEARCHED, room=ROOM, subject=case.reference, by=viewer.by, at=at,
            unit=acting_desk(case, viewer),
        )
        for case in cases
    )  # fmt: skip
    Entry.objects.bulk_create(rows, batch_size=BATCH)


def note_reading(*, case: Case, viewer: Viewer, at: datetime) -> None:
    """Record who opens it, before anything of it is shown. Raises `PurposeWanted`.

    Each opening of a confidential case is one; an ordinary case opened again within a quarter of
    an hour is the same reading.
    """
    mine = Entry.objects.filter(by=viewer.by, what=READ)
    if case.sensitivity == "C1":
        same = mine.filter(room=ROOM, subject=case.reference, at__gt=at - reading.ONE_READING)
        if same.exists():
            return
    recent = mine.filter(
        at__gt=at - reading.WINDOW, facts__confidential=case.sensitivity != "C1"
    ).exclude(subject=case.reference)
    opened = recent.values("subject").distinct().count()
    if reading.too_many(case.sensitivity, opened) and not _purpose(viewer, at):
        raise PurposeWanted(case.reference)
    ledger.record(
        what=READ, room=ROOM, subject=case.reference, by=viewer.by, at=at,
        unit=acting_desk(case, viewer), confidential=case.sensitivity != "C1",
    )  # fmt: skip


def state_purpose(*, viewer: Viewer, purpose: str, at: datetime) -> None:
    """The reason for reading more than usual; it holds for an hour and is seen outside.

    Sealed: whoever writes it may name people, and no words of that kind stand in the history.
    """
    ledger.record(
        what=PURPOSE, room=ROOM, subject="desk", by=viewer.by, at=at, purpose=seal.seal(purpose)
    )


def _purpose(viewer: Viewer, at: datetime) -> bool:
    stated = Entry.objects.filter(room=ROOM, subject="desk", at__gt=at - reading.WINDOW)
    return stated.filter(by=viewer.by, what=PURPOSE).exists()


def acting_desk(case: Case, viewer: Viewer) -> int:
    """The desk as which this person may open it; 0 where there is none any more."""
    if case.unit_id in viewer.units:
        return case.unit_id
    units = case.recipients.filter(until_at=None, unit__in=viewer.units).values_list(
        "unit", flat=True
    )
    return units.order_by("unit").first() or 0
