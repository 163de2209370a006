"""The directory: units, postings, rosters and beats, read once and kept until they change."""

from __future__ import annotations

from threading import Lock

from django.db import connection

from mohalla.foundation.people.models import Officer, Relation
from mohalla.foundation.places.models import Place
from mohalla.foundation.units.models import (
    Barred,
    Beat,
    DirectoryVersion,
    DutyHours,
    Leave,
    Posting,
    Unit,
)
from mohalla.foundation.units.rules.directory import (
    AbsenceFact,
    BeatFact,
    Directory,
    HoursFact,
    OfficerFact,
    PlaceFact,
    PostingFact,
    UnitFact,
)
from mohalla.foundation.units.rules.exclusion import Exclusion

_kept: tuple[int, Directory] | None = None
_lock = Lock()


def directory() -> Directory:
    """The current snapshot: one short statement while nothing changed, seven when something did."""
    global _kept
    number = version()
    if _kept is None or _kept[0] != number:
        with _lock:
            if _kept is None or _kept[0] != number:
                _kept = (number, _read())
    return _kept[1]


def version() -> int:
    """Changes with every change of the directory."""
    with (
        connection.cursor() as cursor
    ):  # asked by every request: without building a query each time
        cursor.execute(f"SELECT number FROM {DirectoryVersion._meta.db_table} WHERE id = 1")  # noqa: S608
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def forget() -> None:
    """Drop the snapshot of this process (tests that roll back need it)."""
    global _kept
    _kept = None


def _read() -> Directory:
    hours: dict[int, list[HoursFact]] = {}
    for row in DutyHours.objects.all():
        hours.setdefault(row.posting_id, []).append(
            HoursFact(
                weekdays=row.weekdays,
                starts=row.starts,
                ends=row.ends,
                from_on=row.from_on,
                until_on=row.until_on,
            )
        )
    return Directory(
        units={unit.id: _unit(unit) for unit in Unit.objects.order_by("id")},
        officers={officer.id: _officer(officer) for officer in Officer.objects.all()},
        postings=tuple(
            PostingFact(
                officer=row.officer_id,
                unit=row.unit_id,
                role=row.role,
                beat=row.beat_id,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                hours=tuple(hours.get(row.id, ())),
            )
            for row in Posting.objects.order_by("id")
        ),
        absences=tuple(
            AbsenceFact(officer=row.officer_id, starts_at=row.starts_at, ends_at=row.ends_at)
            for row in Leave.objects.all()
        ),
        beats=tuple(
            BeatFact(
                id=beat.id,
                station=beat.station_id,
                places=frozenset(place.id for place in beat.places.all()),
            )
            for beat in Beat.objects.prefetch_related("places")
        ),
        relatives=frozenset(Relation.objects.values_list("one_id", "other_id")),
        mohallas=tuple(
            PlaceFact(id=key, code=code, district=parent, valid_from=first, valid_to=last)
            for key, code, parent, first, last in Place.objects.filter(kind="mohalla").values_list(
                "pk", "code", "parent_id", "valid_from", "valid_to"
            )
        ),
    )


def _unit(unit: Unit) -> UnitFact:
    return UnitFact(
        id=unit.id,
        code=unit.code,
        kind=unit.kind,
        district=unit.district_id,
        reports_to=unit.reports_to_id,
        escalates_to=unit.escalates_to_id,
        names={"en": unit.name_en, "ur": unit.name_ur, "ps": unit.name_ps},
        names_shown=unit.names_shown,
        office_days=unit.office_days,
    )


def _officer(officer: Officer) -> OfficerFact:
    return OfficerFact(
        id=officer.id,
        rank=officer.rank,
        names={"en": officer.name_en, "ur": officer.name_ur, "ps": officer.name_ur},
        gender=officer.gender,
        languages=tuple(officer.languages),
        name_shown=officer.name_shown,
    )


def barred(*, room: str, subject: str) -> Exclusion:
    """The recorded exclusion of one matter: one statement."""
    rows = list(
        Barred.objects.filter(room=room, subject=subject).values_list(
            "unit_id", "officer_id", "reason"
        )
    )
    return Exclusion(
        units={unit: reason for unit, _, reason in rows if unit},
        officers={officer: reason for _, officer, reason in rows if officer},
    )
