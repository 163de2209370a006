"""Ring at one desk more, and keep the time of the next."""

from __future__ import annotations

from datetime import datetime, timedelta

from mohalla.foundation import catalogue, seal
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.directory import Directory
from mohalla.station.casework.models.case import ROOM
from mohalla.station.response.models import Alarm, Ring
from mohalla.station.response.rules.climbing import Minutes, Standing, next_climb


def ring(
    *, alarm: Alarm, unit: int, why: str, at: datetime, level: int = 0, note: str = ""
) -> bool:
    """Whether the desk had not been rung. `note`: what it must know, kept under seal."""
    row, made = Ring.objects.get_or_create(
        alarm=alarm, unit_id=unit, defaults={"since_at": at, "why": why, "level": level}
    )
    if note:
        row.note = seal.seal(note)
        row.save(update_fields=["note"])
    return made


def ring_above(*, alarm: Alarm, why: str, at: datetime) -> int | None:
    """The next desk up from the highest that was rung, never an excluded one; None at the top."""
    rung = list(alarm.rings.order_by("-level", "-since_at").values_list("unit_id", "level"))
    if not rung:
        return None
    excluded = units.barred(room=ROOM, subject=alarm.case.reference)
    climbed = {unit for unit, _level in rung}
    above = command(units.directory(), rung[0][0])
    found = next(
        (unit for unit in above if unit not in climbed and excluded.allows_unit(unit)), None
    )
    if found is not None:
        ring(alarm=alarm, unit=found, why=why, at=at, level=rung[0][1] + 1)
    return found


def command(directory: Directory, unit: int) -> list[int]:
    """Who can send people, going up; from a desk that stands alone, the district's own command.

    Not the ladder of complaints: that one leaves the force.
    """
    fact = directory.units[unit]
    upper = fact.reports_to or next(
        (
            row.id
            for row in directory.units.values()
            if row.kind == "dpo" and row.district == fact.district
        ),
        None,
    )
    found: list[int] = []
    while upper is not None and upper != unit and upper not in found:
        found.append(upper)
        upper = directory.units[upper].reports_to
    return found


def clock(alarm: Alarm) -> None:
    """Set when it climbs next; the caller saves."""
    standing = Standing(
        loud_since=alarm.loud_since, seen_at=alarm.seen_at, on_way_at=alarm.on_way_at,
        arrived_at=alarm.arrived_at, safe_at=alarm.safe_at, duress_at=alarm.duress_at,
        climbed_at=alarm.climbed_at,
    )  # fmt: skip
    alarm.next_at = None if alarm.ended_at else next_climb(standing, minutes())


def minutes() -> Minutes:
    """As the catalogue in use says."""
    row = catalogue.get().alarm
    return Minutes(
        unseen=timedelta(minutes=row.unseen), not_going=timedelta(minutes=row.not_going),
        not_there=timedelta(minutes=row.not_there),
    )  # fmt: skip
