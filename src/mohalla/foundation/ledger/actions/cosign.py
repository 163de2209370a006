"""Ask those outside to sign what we published."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import httpx
from django.conf import settings

from mohalla.foundation.ledger import key, queries
from mohalla.foundation.ledger.rules import commitments, notes
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.encoding import BadNote, encoded, number
from mohalla.foundation.ledger.rules.notes import Note, Verifier
from mohalla.foundation.ledger.store import Busy

PATIENCE = httpx.Timeout(5.0)
Told = dict[str, dict[str, Any]]


class Unwilling(Exception):
    """The witness did not sign; says why."""


def cosign(*, at: datetime) -> int:
    """Ask each witness that has not signed the newest tree; returns how many stand under it now.

    What each of them said last stands in `log/witnesses.json`. A witness that is away or refuses
    stops nobody: its signature is missing, and that is shown.
    """
    log, own = key.store(), key.signer().verifier
    note = log.checkpoint(own)
    if note is None or not settings.WITNESSES:
        return 0
    told = queries.witnesses_told()
    lines = []
    for line in settings.WITNESSES:
        url, vkey = line.split()
        witness = Verifier.parse(vkey)
        mine = note.by(witness)
        if mine is None:
            mine = _asked(url, witness, note, told, at)
        if mine is not None:
            lines.append(mine)
    fresh = [line for line in lines if line not in note.lines]
    if fresh:
        _publish(Note(note.text, (*note.lines, *fresh)), len(lines))
    (log.folder / "witnesses.json").write_text(json.dumps(told, indent=1))
    return len(lines)


def _asked(url: str, witness: Verifier, note: Note, told: Told, at: datetime) -> str | None:
    size = Checkpoint.parse(note.text).size
    last = told.setdefault(witness.name, {"size": 0})
    try:
        line = _signed(url, witness, note, int(last["size"]))
        last.update(size=size, at=commitments.moment(at), trouble="")
    except (Unwilling, httpx.HTTPError, BadNote) as trouble:
        last["trouble"] = str(trouble) or type(trouble).__name__
        return None
    return line


def _signed(url: str, witness: Verifier, note: Note, old: int) -> str:
    size = Checkpoint.parse(note.text).size
    old = old if old <= size else 0  # it will say what it has seen
    with httpx.Client(timeout=PATIENCE, trust_env=False, follow_redirects=False) as client:
        for _try in range(3):
            proof = queries.consistency(old, size)
            lines = [f"old {old}", *map(encoded, proof)]
            body = "\n".join(lines) + f"\n\n{note}"
            answer = client.post(f"{url.rstrip('/')}/add-checkpoint", content=body.encode())
            if answer.status_code == 200:
                return _own_line(answer.text, witness, note)
            if answer.status_code != 409:
                raise Unwilling(f"{answer.status_code} {answer.text[:100].strip()}")
            seen = number(answer.text.strip())
            if seen > size:
                raise Unwilling(f"it has seen {seen} marks, we have {size}: some were lost here")
            if seen == old:
                raise Unwilling(f"it has seen another log of {seen} marks under our name")
            old = seen
    raise Unwilling("it changes its mind")


def _own_line(answer: str, witness: Verifier, note: Note) -> str:
    line = notes.parse(f"{note.text}\n{answer}").by(witness)
    if line is None:
        raise Unwilling("it answered without its own signature")
    return line


def _publish(note: Note, count: int) -> None:
    """Beside the newest, and as the newest if it still is."""
    log, own = key.store(), key.signer().verifier
    if count >= settings.WITNESS_QUORUM:
        log.publish(note, cosigned=True)
    try:
        with log.locked():
            now = log.checkpoint(own)
            if now is not None and now.text == note.text:
                log.publish(note)
    except Busy:
        pass  # a larger tree is on its way
