"""Alerts for the public page and for the desks that cover their areas."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from mohalla.channels.notices import queries as notices
from mohalla.crisis.alerts.models import Alert, Kind
from mohalla.crisis.alerts.rules.sending import Sender, Wanted
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer

DAY = timedelta(days=1)
MOST = 100


class AlertHidden(Exception):
    """Does not exist, or is of no area of this viewer: the same thing to the one who asks."""


def covered(desks: Iterable[int]) -> frozenset[int]:
    """The mohallas of these units and of all below them."""
    directory = units.directory()
    stations = {one for desk in desks for one in {desk} | directory.below(desk)}
    return frozenset(
        place for beat in directory.beats if beat.station in stations for place in beat.places
    )


def of_desks(viewer: Viewer) -> list[Alert]:
    """Of the viewer's areas, the latest first."""
    rows = Alert.objects.filter(areas__in=covered(viewer.units)).distinct()
    return list(rows.prefetch_related("areas").order_by("-written_at")[:MOST])


def for_desk(viewer: Viewer, key: UUID) -> Alert:
    """The one door. Raises `AlertHidden`."""
    rows = Alert.objects.filter(pk=key, areas__in=covered(viewer.units)).distinct()
    row = rows.prefetch_related("areas").first()
    if row is None:
        raise AlertHidden(str(key))
    return row


def current(*, at: datetime) -> list[Alert]:
    """For everybody: danger first, then the latest."""
    rows = list(Alert.objects.current(at).prefetch_related("areas").order_by("-sent_at")[:MOST])
    return sorted(rows, key=lambda row: not row.urgent)


def area_ids(row: Alert) -> frozenset[int]:
    return frozenset(row.areas.values_list("pk", flat=True))


def wanted(row: Alert, *, at: datetime) -> Wanted:
    """As the rule sees it."""
    areas = area_ids(row)
    told = Alert.objects.filter(sent_at__gt=at - DAY).exclude(kind=Kind.DANGER)
    return Wanted(
        state=row.state(at), urgent=row.urgent, areas=areas, listeners=notices.listeners(areas),
        written_by=row.written_by_id, unit=row.unit_id,
        told=tuple(told.filter(areas=area).count() for area in sorted(areas)),
    )  # fmt: skip


def sender(row: Alert, viewer: Viewer, *, at: datetime) -> Sender:
    """Whoever presses the button, as the rule sees it."""
    directory = units.directory()
    officer = directory.officers.get(viewer.officer)
    return Sender(
        officer=viewer.officer, rank=officer.rank if officer else "constable",
        covers=covered(viewer.units), heads=viewer.heads, above=frozenset(directory.above(row.unit_id)),
        relatives=directory.relatives_of({row.written_by_id}),
    )  # fmt: skip
