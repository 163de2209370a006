"""What the answering line says, and in whose voice: for the pages where it is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mohalla.channels.voice import voices
from mohalla.channels.voice.models import Recording
from mohalla.channels.voice.rules.pieces import Piece
from mohalla.channels.voice.voices import LANGUAGES, State, Voices

STOCK = "values"  # numbers, letters, months and stages, beside the prompts
HISTORY = 20
WORST: tuple[State, ...] = ("missing", "generated")


@dataclass(frozen=True, kw_only=True)
class Part:
    """`by`, `at`: of the recording that is played now."""

    piece: Piece
    state: State
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Group:
    """A prompt with its parts; `state`: of the part that lacks most."""

    key: str
    words: str
    state: State
    missing: int
    parts: int


def groups(language: str) -> list[Group]:
    """Every prompt, then the stock of values. One statement."""
    known = voices.now()
    rows = [(key, pieces) for key, pieces in voices.prompts(language) if pieces]
    return [
        _group(known, key, pieces, language)
        for key, pieces in (*rows, (STOCK, voices.stock(language)))
    ]


def parts(language: str, group: str) -> list[Part]:
    """The parts of a prompt or of the stock; none where there is no such prompt."""
    known = voices.now()
    pieces = dict(voices.prompts(language)).get(group, [])
    if group == STOCK:
        pieces = voices.stock(language)
    return [_part(known, piece, language) for piece in pieces]


def part(language: str, key: str) -> Part | None:
    """One part by its name; None where there is none."""
    if language not in LANGUAGES:
        return None
    piece = next((one for one in voices.everything(language) if one.key == key), None)
    return _part(voices.now(), piece, language) if piece is not None else None


def group_of(key: str) -> str:
    name = key.rpartition(".")[0]
    return STOCK if name in {"say", "stage"} else name


def history(part: Part, language: str) -> Sequence[Recording]:
    """The newest first."""
    rows = Recording.objects.filter(language=language, piece=part.piece.key)
    return list(rows.select_related("by").order_by("-pk")[:HISTORY])


def sound(part: Part, language: str) -> bytes:
    """What a caller hears now; empty where nobody can say it."""
    return voices.now().pcm(part.piece, language)


def _group(known: Voices, key: str, pieces: Sequence[Piece], language: str) -> Group:
    states = [known.state(piece, language) for piece in pieces]
    worst: State = next((one for one in WORST if one in states), "recorded")
    words = " … ".join(piece.words for piece in pieces[:6])
    lacking = sum(state != "recorded" for state in states)
    return Group(key=key, words=words, state=worst, missing=lacking, parts=len(pieces))


def _part(known: Voices, piece: Piece, language: str) -> Part:
    row = known.recording(piece, language)
    by = row.by.name if row is not None and row.by is not None else ""
    at = row.at if row is not None else None
    return Part(piece=piece, state=known.state(piece, language), by=by, at=at)
