"""The messages of an area by text: asked for, confirmed, ended."""

from __future__ import annotations

from datetime import datetime

from mohalla.channels.notices import actions as notices
from mohalla.channels.notices import queries
from mohalla.channels.notices.actions.subscribe import TooMany
from mohalla.channels.notices.port import Notice
from mohalla.foundation import catalogue, identifiers
from mohalla.foundation.places import queries as places
from mohalla.foundation.places.models import Place
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.text import fold, words
from mohalla.stages.access.actions.heard import Came, Heard, latest
from mohalla.stages.access.models import Conversation

DOOR = "sms"
INVITED_A_DAY = 2_000
_AROUND = frozenset(
    fold(word)
    for word in [
        "mohalla",
        "mohalle",
        "محلہ",
        "محلے",
        "محله",
        "ki",
        "ke",
        "ka",
        "کی",
        "کے",
        "کا",
        "د",
    ]
)


def alert(heard: Heard) -> Came | None:
    """on, off, which, many; None: the words after ALERT name no mohalla, so it is a report."""
    if heard.meant.argument == "OFF":
        notices.unsubscribe(door=DOOR, address=heard.number)
        return Came(outcome="off")
    if not heard.meant.reason:
        return _alone(heard)
    area = _named(heard.meant.reason, heard.at)
    if area is None:
        return None
    try:
        notices.subscribe(
            door=DOOR, address=heard.number, areas=[area], asked_by="sms",
            language=heard.conversation.language, at=heard.at,
        )  # fmt: skip
    except TooMany:
        return Came(outcome="many")
    return _on(heard)


def invited(heard: Heard) -> Came:
    """on, many, declined: the answer of a phone whose number somebody typed on a page."""
    if heard.meant.act != "yes":
        notices.unwish(address=heard.number)
        return Came(outcome="declined")
    return _confirmed(heard)


def is_invited(heard: Heard) -> bool:
    """Whether a bare yes or no answers that question: only where this phone has told us nothing
    that it could be about."""
    return latest(heard) is None and notices.wished(address=heard.number, at=heard.at)


def _alone(heard: Heard) -> Came:
    if notices.wished(address=heard.number, at=heard.at):
        return _confirmed(heard)
    return Came(outcome="which")


def _confirmed(heard: Heard) -> Came:
    try:
        notices.confirm(address=heard.number, at=heard.at)
    except TooMany:
        return Came(outcome="many")
    return _on(heard)


def _on(heard: Heard) -> Came:
    count = queries.subscribed(door=DOOR, address=heard.number)
    return Came(outcome="on", count=count)


def _named(text: str, at: datetime) -> Place | None:
    """The one mohalla that these words are the name of, and nothing else."""
    said = _key(text)
    found = {
        row.pk: row
        for row in places.mohallas(at)
        for name in (row.name_en, row.name_ur, row.name_ps, *row.aliases)
        if name and _key(name) == said
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _key(text: str) -> str:
    return "".join(fold(word) for word in words(text) if fold(word) not in _AROUND)


def invite(*, number: str, area: str, language: str, at: datetime) -> bool:
    """A page asks a phone whether it wants the messages of an area; whether it was asked.

    Never who said stop, never more often than `notices.wish` allows, and of all phones together not
    more than so many a day: a page must not become a way to ring strangers at our cost.
    """
    known = Conversation.objects.filter(lookup=identifiers.contact_lookup(number)).first()
    if known is not None and known.stopped:
        return False
    if queries.invited_today(at=at) >= INVITED_A_DAY:
        return False
    speaks = known.language if known else language
    if not notices.wish(address=number, areas=[area], language=speaks, at=at):
        return False
    # a bare 1 could be the answer to something else where this phone has told us anything
    free = not reports.of_phone(number, limit=1)
    text = catalogue.get().message("alert_asked" if free else "alert_asked_word", speaks)
    notice = Notice(
        kind="invite", address=number, text=text, subject="", language=speaks,
        key=f"invite:{identifiers.new_key().hex}",
    )  # fmt: skip
    return notices.notify(notice=notice, at=at)
