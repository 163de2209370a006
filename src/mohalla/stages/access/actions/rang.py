"""Somebody rang and hung up: it costs nothing, and asks for a call, or for help."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from mohalla.channels.missed import Missed
from mohalla.stages.access.actions.converse import answer, conversation_of
from mohalla.stages.access.actions.hear import ask, taken
from mohalla.stages.access.actions.heard import Heard
from mohalla.stages.access.models import Call
from mohalla.stages.access.rules.dialogue import Meaning

DOOR = "missed"
ACTS = {"help": "person", "danger": "sos"}
WORDS = {"help": "(missed call)", "danger": "SOS (missed call)"}


def rang(*, missed: Missed, at: datetime) -> None:
    """The same as PERSON or SOS by text, and answered by text; the same call told twice is one.

    A call without its number can be neither answered nor found: on the number of danger it rings at
    the desk all the same.
    """
    key = uuid5(NAMESPACE_URL, f"missed:{missed.key}")
    _row, fresh = Call.objects.get_or_create(
        key=f"missed:{key.hex}", defaults={"language": "ur", "said": "missed", "at": at}
    )
    if not fresh or (not missed.number and missed.line == "help"):
        return
    conversation = conversation_of(missed.number or "withheld", language="ur")
    heard = Heard(
        key=key, number=missed.number, text=WORDS[missed.line], repeats=None, at=at,
        conversation=conversation, meant=Meaning(act=ACTS[missed.line]), door=DOOR,
    )  # fmt: skip
    wanted = taken(heard)
    if not missed.number:
        return
    if wanted.ask:
        ask(conversation, wanted.ask, at)
    if wanted.key:
        conversation.refresh_from_db()
        answer(
            number=missed.number, conversation=conversation, wanted=wanted,
            dedup_key=f"missed:{key.hex}", at=at,
        )  # fmt: skip
