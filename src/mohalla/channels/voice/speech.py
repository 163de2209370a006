"""Speech that a program makes, where nobody has recorded it yet: a placeholder, and marked as one.

espeak-ng is a program of its own (GPL-3, Debian package of the same name), not a part of this process.
It speaks Urdu and English; it has no Pashto.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from functools import cache
from pathlib import Path

from django.conf import settings

from mohalla.channels.voice.rules import sound
from mohalla.foundation import durable

PROGRAM = "espeak-ng"
VOICES = {"ur": "ur", "en": "en"}
_PACE, _LONGEST = "140", 20.0  # words a minute; seconds for the program to answer


@cache
def is_here() -> bool:
    return shutil.which(PROGRAM) is not None


def speaks(language: str) -> bool:
    return language in VOICES and is_here()


def spoken(words: str, language: str) -> bytes | None:
    """The words as our sound, made once and kept; None where no voice speaks the language."""
    path = _path(words, language)
    if path.exists():
        return sound.pcm_of(path.read_bytes())
    if not speaks(language):
        return None
    made = subprocess.run(  # noqa: S603 - our own words, after `--`, to a program by its name
        [PROGRAM, "-v", VOICES[language], "-s", _PACE, "--stdout", "--", words],
        capture_output=True, timeout=_LONGEST, check=True,
    )  # fmt: skip
    pcm = sound.pcm_of(made.stdout)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    durable.replace(path, sound.wav_of(pcm))
    return pcm


def _path(words: str, language: str) -> Path:
    folder: Path = settings.PROMPTS_DIR
    name = hashlib.sha256(f"{_PACE}:{words}".encode()).hexdigest()[:32]
    return folder / "generated" / language / f"{name}.wav"
