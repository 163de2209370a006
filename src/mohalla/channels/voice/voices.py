"""What the line can say now: recorded, generated as a placeholder, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from mohalla.channels.voice import speech
from mohalla.channels.voice.models import Recording
from mohalla.channels.voice.rules import pieces, sound
from mohalla.channels.voice.rules.pieces import Piece
from mohalla.foundation import catalogue, files, identifiers
from mohalla.foundation.clock.dates import MONTHS

LANGUAGES = ("ur", "ps", "en")
State = Literal["recorded", "generated", "missing"]
PAUSE, BREATH = 0.12, 0.4  # seconds between two signs of a value, and around it


@dataclass(frozen=True, slots=True)
class Voices:
    """Taken once for a call: what was recorded then, by language and piece."""

    newest: Mapping[tuple[str, str], Recording]

    def state(self, piece: Piece, language: str) -> State:
        if self.recording(piece, language) is not None:
            return "recorded"
        return "generated" if speech.speaks(language) else "missing"

    def recording(self, piece: Piece, language: str) -> Recording | None:
        """Of these very words: after a change of the wording it is not played."""
        row = self.newest.get((language, piece.key))
        return row if row is not None and row.sha256 and row.words == piece.words else None

    def speaks(self, language: str) -> bool:
        """Whether it can say everything that may come; half a sentence helps nobody."""
        return all(self.state(piece, language) != "missing" for piece in everything(language))

    def languages(self) -> tuple[str, ...]:
        return tuple(language for language in LANGUAGES if self.speaks(language))

    def said(self, key: str, language: str, values: Mapping[str, str]) -> bytes:
        """A prompt with its values, as sound."""
        template = catalogue.get().prompt_texts(language)[key]
        said = pieces.of_prompt(key, template, values, _stages(language))
        return sound.silence(BREATH).join(
            sound.silence(PAUSE).join(self.pcm(piece, language) for piece in phrase)
            for phrase in said
        )

    def pcm(self, piece: Piece, language: str) -> bytes:
        """One part; empty where nobody can say it."""
        row = self.recording(piece, language)
        if row is not None:
            return _recorded(row.sha256)
        return _generated(piece.words, language)


def now() -> Voices:
    """One statement."""
    rows = Recording.objects.select_related("by").order_by("pk")
    return Voices({(row.language, row.piece): row for row in rows})


@lru_cache(maxsize=8)
def everything(language: str) -> tuple[Piece, ...]:
    """All pieces of a language: prompts in the order of the catalogue, then the stock of values."""
    found = [piece for _key, said in prompts(language) for piece in said]
    return (*found, *stock(language))


def prompts(language: str) -> list[tuple[str, list[Piece]]]:
    """Every prompt that a voice may say, with its parts."""
    texts = catalogue.get().prompt_texts(language)
    return [
        (key, [part for part in pieces.parts(key, text) if isinstance(part, Piece)])
        for key, text in texts.items()
    ]


def stock(language: str) -> list[Piece]:
    months = [month[:3] if language == "en" else month for month in MONTHS[language].split()]
    return pieces.stock(identifiers.ALPHABET, months, _stages(language))


def _stages(language: str) -> dict[str, str]:
    book = catalogue.get()
    return {
        book.stage_name(code, language, neutral=True): code for code in reversed(book.stage_codes)
    }


@lru_cache(maxsize=512)
def _recorded(sha256: str) -> bytes:
    return sound.pcm_of(files.read(sha256))


@lru_cache(maxsize=1024)
def _generated(words: str, language: str) -> bytes:
    return speech.spoken(words, language) or b""
