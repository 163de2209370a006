"""A part of a prompt gets a human voice, or another one, or an older one again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.channels.voice.models import Recording
from mohalla.channels.voice.rules import sound
from mohalla.channels.voice.rules.pieces import Piece
from mohalla.foundation import files
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.people.models import Account

ROOM = "voice"
LEAST, MOST = 0.2, 60.0  # seconds of one part


def keep_prompt(
    *, piece: Piece, language: str, content: bytes, by: Account, at: datetime
) -> Recording:
    """Brought to the sound of telephones and kept; the next call hears it. Raises sound.NotSound."""
    pcm = sound.checked(content, least=LEAST, most=MOST)
    digest, _size = files.store_bytes(sound.wav_of(pcm))
    return _written(piece, language, digest, sound.seconds(pcm), by, at)


def take_back(*, piece: Piece, language: str, by: Account, at: datetime) -> Recording | None:
    """Go back to what was played before the present recording; None where there is none.

    Before the first one that was what the program speaks, or nothing.
    """
    played = list(Recording.objects.filter(language=language, piece=piece.key).order_by("-pk")[:50])
    if not played or not played[0].sha256:
        return None
    older = [row for row in played if row.pk < _origin(played).pk]
    former = next((row for row in older if row.words == piece.words), None)
    sha256, seconds = (former.sha256, former.seconds) if former is not None else ("", 0.0)
    return _written(piece, language, sha256, seconds, by, at)


def _origin(played: list[Recording]) -> Recording:
    """When the present sound was first recorded: what went back to it is no step of its own."""
    same = [row for row in played if row.sha256 == played[0].sha256]
    return same[-1]


def _written(
    piece: Piece, language: str, sha256: str, seconds: float, by: Account, at: datetime
) -> Recording:
    who = f"officer:{by.officer_id}" if by.officer_id else f"account:{by.pk}"
    with transaction.atomic():
        row = Recording.objects.create(
            language=language, piece=piece.key, words=piece.words, sha256=sha256,
            seconds=round(seconds, 2), by=by, at=at,
        )  # fmt: skip
        ledger.record(
            what="prompt recorded" if sha256 else "prompt taken back", room=ROOM,
            subject=f"{language} {piece.key}"[:60], by=who, at=at, sha256=sha256,
        )  # fmt: skip
    return row
