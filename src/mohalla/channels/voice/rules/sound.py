"""Sound as bytes: 8000 samples a second, 16 bits, one channel, as telephones have it."""

from __future__ import annotations

import io
import math
import struct
import warnings
import wave
from collections.abc import Iterator

from mohalla.channels.voice.port import RATE, WIDTH

with warnings.catch_warnings():  # Python 3.13 takes it from the package audioop-lts
    warnings.simplefilter("ignore", DeprecationWarning)
    import audioop

SOUND = 60  # loudness (RMS) of the faintest voice; below it is the noise of a quiet line
_PIECE = RATE * WIDTH // 10
_RATES = range(8000, 96001)
_MOST_CHANNELS = 2


class NotSound(Exception):
    """`reason`: format (not a wav file of 16 bits), short, long, silent."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def wav_of(pcm: bytes) -> bytes:
    """The file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(WIDTH)
        made.setframerate(RATE)
        made.writeframes(pcm)
    return out.getvalue()


def pcm_of(content: bytes) -> bytes:
    """What is in a wav file, brought to our rate and one channel. Raises NotSound."""
    try:
        with wave.open(io.BytesIO(content), "rb") as opened:
            channels, width, rate = (
                opened.getnchannels(),
                opened.getsampwidth(),
                opened.getframerate(),
            )
            if width != WIDTH or channels > _MOST_CHANNELS or rate not in _RATES:
                raise NotSound("format")
            pcm = opened.readframes(opened.getnframes())
    except (wave.Error, EOFError, struct.error, RuntimeError):
        raise NotSound("format") from None
    pcm = pcm[: len(pcm) - len(pcm) % (WIDTH * channels)]
    if channels == _MOST_CHANNELS:
        pcm = audioop.tomono(pcm, WIDTH, 0.5, 0.5)
    if rate != RATE:
        pcm, _state = audioop.ratecv(pcm, WIDTH, 1, rate, RATE, None)
    return pcm


def checked(content: bytes, *, least: float, most: float) -> bytes:
    """A prompt that somebody recorded, as our own sound. Raises NotSound."""
    pcm = pcm_of(content)
    if seconds(pcm) < least:
        raise NotSound("short")
    if seconds(pcm) > most:
        raise NotSound("long")
    if not audible(pcm):
        raise NotSound("silent")
    return pcm


def seconds(pcm: bytes) -> float:
    return len(pcm) / (RATE * WIDTH)


def audible(pcm: bytes) -> bool:
    """Whether anything is heard in it: a whisper counts, the noise of a line does not."""
    return any(is_sound(piece) for piece in _pieces(pcm))


def is_sound(piece: bytes) -> bool:
    return bool(piece) and audioop.rms(piece[: len(piece) - len(piece) % WIDTH], WIDTH) >= SOUND


def silence(span: float) -> bytes:
    return bytes(int(span * RATE) * WIDTH)


def tone(span: float = 0.4, pitch: int = 800) -> bytes:
    """The sign to speak."""
    count = int(span * RATE)
    return struct.pack(
        f"<{count}h", *(int(9000 * math.sin(math.tau * pitch * n / RATE)) for n in range(count))
    )


def _pieces(pcm: bytes) -> Iterator[bytes]:
    for at in range(0, len(pcm), _PIECE):
        yield pcm[at : at + _PIECE]
