"""What the answering line lacks: a setting that cannot be used, a voice, recordings."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from mohalla.channels.voice import address, speech, voices
from mohalla.channels.voice.voices import Voices

_NAMES = {"ur": "Urdu", "en": "English", "ps": "Pashto"}
_SHOWN = 12  # of what is missing; the studio shows all


def examine() -> Iterator[tuple[str, str, bool]]:
    """What, mend, whether it stops. Nothing where no line is set."""
    if not settings.VOICE_URL:
        return
    try:
        chosen = address.read(settings.VOICE_URL)
    except address.BadAddress as error:
        yield "MOHALLA_VOICE cannot be used", str(error), True
        return
    if chosen.spool is not None and not _writable(chosen.spool):
        mend = f"make {chosen.spool} a folder that this user and the Asterisk can write"
        yield "the answering line and the Asterisk share no folder", mend, True
    if chosen.scheme == "sip" and chosen.host not in {"127.0.0.1", "::1", "localhost"}:
        yield (
            "calls cross the network readable: the line speaks SIP and RTP without TLS",
            "let only your carrier's addresses through the firewall, over a private link or a VPN",
            False,
        )
    known = voices.now()
    for language in voices.LANGUAGES:
        yield from _language(known, language)
    if shutil.which(speech.PROGRAM) is None:
        mend = "apt-get install espeak-ng, or record every prompt in Urdu and English"
        yield "espeak-ng is not here: nothing speaks where nobody has recorded", mend, False


def _language(known: Voices, language: str) -> Iterator[tuple[str, str, bool]]:
    states = [(piece, known.state(piece, language)) for piece in voices.everything(language)]
    missing = [piece.key for piece, state in states if state == "missing"]
    generated = sum(state == "generated" for _piece, state in states)
    name, where = _NAMES[language], "record them under /desk/prompts/"
    if missing:
        yield (
            f"the line does not speak {name}: {len(missing)} recordings are missing:"
            f" {', '.join(missing[:_SHOWN])}{' …' if len(missing) > _SHOWN else ''}",
            f"{where}?language={language}; until then such callers hear Urdu, and are told so",
            language == "ur",
        )
    if generated:
        yield (
            f"{generated} of {len(states)} parts in {name} are placeholders, spoken by a program",
            f"{where}?language={language}: people trust a human voice",
            False,
        )


def _writable(folder: Path) -> bool:
    probe = folder / ".mohalla"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True
