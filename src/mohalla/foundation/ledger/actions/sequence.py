"""Lay what happened into the log: one place each, in one order, signed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from mohalla.foundation import durable
from mohalla.foundation.ledger import files, key, queries
from mohalla.foundation.ledger.actions.record import entry
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.ledger.rules import commitments, merkle, notes
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.encoding import encoded
from mohalla.foundation.ledger.store import Busy, Store

FILES = "files"
_swept: set[Path] = set()
MOST = 4096  # entries in one round: bounds how long the database is held


class LogLost(Exception):
    """Acts have places in a log whose folder is not there: put `log/` back from its copy."""

    plain = True  # its words are ours alone: they may stand in a log


class DatabaseBehind(Exception):
    """The log holds more acts than the database: it was put back to an older state."""

    plain = True  # its words are ours alone: they may stand in a log

    def __init__(self, database: int, log: int) -> None:
        super().__init__(f"the log holds {log} acts, the database {database}")
        self.database, self.log = database, log


def sequence(*, at: datetime) -> int:
    """Give every act that has none its place, and sign the tree; the number of acts laid.

    Two at once do not happen: the second gets 0. Killed anywhere, the next round goes on.
    Raises `DatabaseBehind` and `LogLost`; then nothing is signed until a person has looked.
    """
    log = key.store()
    try:
        with log.locked():
            if log.folder not in _swept:  # once a process: it walks over all files
                _swept.add(log.folder)
                durable.sweep(log.folder)
            return _round(log, at)
    except Busy:
        return 0


def _round(log: Store, at: datetime) -> int:
    signer = key.signer()
    before = log.tree(signer.verifier)
    size = before.size if before is not None else 0
    top = queries.held()
    if before is None:
        if top:
            raise LogLost(str(log.folder))
        # an empty tree first: from now on a log that is not there is one that was lost
        log.publish(notes.sign(str(Checkpoint(signer.name, 0, merkle.EMPTY)), signer))
    if top < size:
        raise DatabaseBehind(top, size)
    acts = list(Entry.objects.filter(position__gte=size).order_by("position")[:MOST])
    if len(acts) < MOST:
        acts += _placed(top, list(Entry.objects.filter(position=None).order_by("id")[:MOST]), at)
    if not acts:
        return 0
    tree = log.append(size, [act.leaf() for act in acts], [line(act, at) for act in acts])
    log.publish(notes.sign(str(Checkpoint(signer.name, tree.size, tree.root)), signer))
    return len(acts)


def _placed(top: int, acts: list[Entry], at: datetime) -> Sequence[Entry]:
    """Their places, written down before anything of it reaches the log.

    Behind them one more act of our own: how the rows of each matter that was touched stand now.
    """
    stands = _stands(acts)
    own = [entry(what=FILES, room="ledger", subject="-", by="system", at=at, files=stands)]
    laid = acts + own if stands else acts
    for place, act in enumerate(laid, start=top):
        act.position = place
    places = [[act.position, Entry._meta.pk.get_db_prep_value(act.pk, connection)] for act in acts]
    with transaction.atomic(), connection.cursor() as cursor:
        for act in laid[len(acts) :]:
            act.save(force_insert=True)
        if places:
            cursor.executemany(
                "UPDATE ledger_entry SET position = %s WHERE id = %s AND position IS NULL", places
            )
        if places and cursor.rowcount != len(places):
            raise RuntimeError("somebody else lays acts into a log of this database")
    return laid


def _stands(acts: Sequence[Entry]) -> dict[str, dict[str, str]]:
    touched: dict[str, set[str]] = {}
    for act in acts:
        if act.room in files.rooms():
            touched.setdefault(act.room, set()).add(act.subject)
    return {room: files.digests(room, subjects) for room, subjects in touched.items()}


def line(act: Entry, at: datetime) -> str:
    """What we keep of an act outside the database: all that its row held, and when it was laid."""
    kept = {
        "event": act.event(),
        "facts": act.facts,
        "salt": encoded(bytes(act.salt)),
        "laid": commitments.moment(at),
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
