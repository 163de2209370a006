"""The desk's own figures: load, what is late, the two-way ratio."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from mohalla.foundation import clock
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import PromiseQuerySet, State
from mohalla.foundation.units.models import Barred
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.models import Case, Note, Recipient
from mohalla.station.casework.models.case import ROOM

MONTH = timedelta(days=30)
OLDEST_CASES = 200
MOST = 500  # beyond that nobody's day depends on the number


@dataclass(frozen=True, kw_only=True)
class Load:
    """Open promises of this officer (`MOST` and more look alike), of them due before midnight,
    and cases past their time."""

    open: int
    today: int
    late: int


@dataclass(frozen=True, kw_only=True)
class TwoWay:
    """Messages of reporters to the viewer's desks in 30 days whose answer is due: all, in time."""

    asked: int
    in_time: int

    @property
    def percent(self) -> int | None:
        """None where nobody wrote."""
        return round(100 * self.in_time / self.asked) if self.asked else None


def load(viewer: Viewer, *, broken: dict[str, list[Promise]], at: datetime) -> Load:
    """One statement. `late` counts cases: something overdue, or broken and not made good."""
    tomorrow = at.astimezone(clock.PKT).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(), clock.PKT)
    mine = list(
        _open(viewer)
        .filter(officer=viewer.officer)
        .order_by("due_at")
        .values_list("subject", "due_at", "rests_since")[:MOST]
    )
    overdue = {subject for subject, due, rests in mine if due < at and rests is None}
    left = {
        subject
        for subject, rows in broken.items()
        if any(row.officer_id == viewer.officer for row in rows)
    }
    return Load(
        open=len(mine),
        today=sum(due < midnight for _, due, _ in mine),
        late=len(left | overdue),
    )


def two_way(viewer: Viewer, *, at: datetime) -> TwoWay:
    """Share of reporters' messages answered in time (row 44), open ones that still have time apart."""
    counts = (
        Promise.objects.seen_by(officer=viewer.officer, units=set(viewer.units))
        .filter(kind="answer", made_at__gte=at - MONTH)
        .exclude(state=State.OPEN, due_at__gte=at)
        .exclude(state__in=[State.WAIVED, State.ENDED])
        .aggregate(asked=Count("pk"), in_time=Count("pk", filter=Q(state=State.KEPT)))
    )
    return TwoWay(**counts)


def broken_in_open_cases(viewer: Viewer) -> dict[str, list[Promise]]:
    """What was broken in the oldest open cases of the viewer's desks: late stays in sight."""
    keys = list(
        Case.objects.opened_by(officer=viewer.officer, units=set(viewer.units))
        .filter(unit__in=viewer.units, closed_at=None)
        .order_by("opened_at")
        .values_list("reference", flat=True)[:OLDEST_CASES]
    )
    found: dict[str, list[Promise]] = defaultdict(list)
    if keys:
        late = Promise.objects.filter(room=ROOM, subject__in=keys, state=State.BROKEN)
        for promise in late.select_related("unit", "officer").order_by("due_at"):
            found[promise.subject].append(promise)
    return dict(found)


@dataclass(frozen=True, kw_only=True)
class Shortage:
    """How often a desk wrote down that it had no men or no vehicle; cases that it touched."""

    unit: int
    month: int
    quarter: int
    cases: int


def shortages(viewer: Viewer, directory: Directory, *, at: datetime) -> list[Shortage]:
    """The viewer's desks and all that report to those they head: an argument for staff.

    What the viewer is barred from is not counted, nor confidential matters of other desks. One
    statement.
    """
    desks = set(viewer.units).union(*(directory.below(unit) for unit in viewer.heads))
    barred = Barred.objects.filter(room=ROOM, subject=OuterRef("case__reference")).filter(
        Q(officer_id=viewer.officer) | Q(unit__in=viewer.units)
    )
    rows = (
        Note.objects.filter(
            Q(case__unit__in=viewer.units) | Q(case__sensitivity="C1"),
            kind=Note.Kind.SHORTAGE,
            at__gt=at - 3 * MONTH,
            at__lte=at,
            case__unit__in=desks,
        )
        .exclude(Exists(barred))
        .values("case__unit")
        .annotate(
            month=Count("pk", filter=Q(at__gt=at - MONTH)),
            quarter=Count("pk"),
            cases=Count("case", distinct=True),
        )
        .order_by("-quarter", "case__unit")
    )
    return [
        Shortage(
            unit=row["case__unit"], month=row["month"], quarter=row["quarter"], cases=row["cases"]
        )
        for row in rows
    ]


def decisions(viewer: Viewer) -> list[Promise]:
    """Decisions owed by the viewer's desks, the earliest due first."""
    return list(
        _open(viewer)
        .filter(room=ROOM, kind="decision")
        .select_related("after", "unit", "officer")
        .order_by("due_at")[:100]
    )


def own_references(viewer: Viewer, *, unit: int) -> list[str]:
    """Open cases of this officer at one desk, the oldest first."""
    return list(
        Case.objects.opened_by(officer=viewer.officer, units=set(viewer.units))
        .filter(unit=unit, officer=viewer.officer, closed_at=None)
        .order_by("opened_at")
        .values_list("reference", flat=True)
    )


def _open(viewer: Viewer) -> PromiseQuerySet:
    """Open promises of the viewer's desks; of cases only where the case may be opened too."""
    addressed = Recipient.objects.filter(
        case__reference=OuterRef("subject"), unit__in=viewer.units, until_at=None
    )
    found: PromiseQuerySet = (
        Promise.objects.open()
        .seen_by(officer=viewer.officer, units=set(viewer.units))
        .filter(~Q(room=ROOM) | Exists(addressed))
    )
    return found
