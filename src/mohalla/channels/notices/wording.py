"""The same notice for each door: one text, one spoken prompt with keys, one push."""

from __future__ import annotations

from dataclasses import dataclass

from mohalla.foundation import catalogue

LANGUAGES = ("en", "ur", "ps", "ur-Latn")


@dataclass(frozen=True, kw_only=True)
class Worded:
    """sms: with how to end it. voice: what is spoken, the keys last. push: title and body; the title
    is neutral, because it shows on a locked screen."""

    sms: str
    voice: str
    push: tuple[str, str]


def to_area(text: str, language: str) -> Worded:
    """What an alert says; `text` as the staff wrote it in that language."""
    say = catalogue.get().message
    return Worded(
        sms=f"{text}\n{say('alert_end', language)}",
        voice=f"{text} {say('alert_keys', language)}",
        push=(say("alert_title", language), text),
    )
