"""The keys of desks in words for the page, and in JSON for its script: sealed texts, public halves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mohalla.foundation.keys import queries as keys
from mohalla.foundation.keys.models import OfficerKey
from mohalla.foundation.keys.queries.desks import DeskKeys
from mohalla.foundation.keys.rules import holding
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import names


@dataclass(frozen=True, kw_only=True)
class Person:
    """Rank, name and desk; `key` and `recipient` of their own key."""

    name: str
    desk: str
    key: str = ""
    recipient: str = ""
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class DeskRow:
    """One desk of the viewer's."""

    code: str
    name: str
    keys: DeskKeys
    mine: bool  # the viewer holds it
    holders: list[Person]
    waiting: list[Person]
    keyless: list[str]
    keepers: list[Person]
    asker: Person | None  # of the recovery that goes on
    own_recovery: bool
    enough: bool


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A share that somebody of another desk waits for."""

    recovery: str
    drill: bool
    asker: Person
    sealed: str
    done: bool


def rows(viewer: Viewer, *, at: datetime, language: str) -> list[DeskRow]:
    """Every desk where the viewer is posted now."""
    directory = units.directory()
    found = keys.desks(viewer.units, at=at)
    return [_row(one, directory, viewer, at, language) for one in found]


def asked(viewer: Viewer, *, at: datetime, language: str) -> list[Asked]:
    """Recoveries of other desks that wait for a share of the viewer's."""
    directory = units.directory()
    return [
        Asked(
            recovery=str(row.pk), drill=row.drill, sealed=share.sealed, done=done,
            asker=_person(row.asker_key, directory, at, language, unit=share.desk_key.unit_id),
        )
        for row, share, done in keys.asked_of(viewer.officer)
    ]  # fmt: skip


def wire(found: Iterable[DeskRow]) -> list[dict[str, Any]]:
    """For the script: to whom it seals, and what was opened for this officer."""
    return [
        {
            "unit": row.code,
            "key": {"id": str(row.keys.key.pk), "recipient": row.keys.key.recipient}
            if row.keys.key
            else None,
            "members": [_named(one) for one in row.keys.members],
            "keepers": [_named(one) for one in row.keys.keepers],
            "needed": holding.NEEDED,
            "opened": [one.sealed for one in row.keys.opened] if row.own_recovery else [],
        }
        for row in found
    ]


def _row(
    one: DeskKeys, directory: Directory, viewer: Viewer, at: datetime, language: str
) -> DeskRow:
    def person(key: OfficerKey, since: datetime | None = None) -> Person:
        return _person(key, directory, at, language, unit=one.unit, since=since)

    recovery = one.recovery
    return DeskRow(
        code=directory.units[one.unit].code,
        name=names.unit(directory, one.unit, language),
        keys=one,
        mine=one.holds(viewer.officer),
        holders=[person(box.officer_key, box.given_at) for _officer, box in one.holders],
        waiting=[person(key) for key in one.waiting],
        keyless=[names.officer(directory, officer, language) for officer in one.keyless],
        keepers=[_person(row.holder_key, directory, at, language) for row in one.shares],
        asker=person(recovery.asker_key) if recovery else None,
        own_recovery=recovery is not None and recovery.asker_id == viewer.officer,
        enough=bool(one.key and len(one.opened) >= one.key.needed),
    )


def _person(
    key: OfficerKey,
    directory: Directory,
    at: datetime,
    language: str,
    *,
    unit: int | None = None,
    since: datetime | None = None,
) -> Person:
    posted = directory.postings_of(key.officer_id, at)
    desk = unit or next((row.unit for row in posted), None)
    return Person(
        name=names.officer(directory, key.officer_id, language),
        desk=names.unit(directory, desk, language),
        key=str(key.pk),
        recipient=key.recipient,
        since=since,
    )


def _named(key: OfficerKey) -> dict[str, str]:
    return {"key": str(key.pk), "recipient": key.recipient}
