"""A safety card: set up by herself before danger, and taken back by her."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mohalla.channels.notices.actions import notify
from mohalla.channels.notices.port import Notice
from mohalla.foundation import catalogue, identifiers, seal
from mohalla.foundation.text import ascii_digits, fold
from mohalla.stages.access.actions.converse import conversation_of
from mohalla.stages.access.models import Conversation, SafetyCard, TrustedContact

DIGITS = 12
MOST_TRUSTED = 5
STEP = "card"


class SameWords(Exception):
    """Her two words must differ, or nobody could tell them apart."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What she wrote. Numbers are canonical; `place` is a key or None; words may be empty."""

    name: str
    phone: str
    trusted: tuple[str, ...]
    place: int | None
    safe_word: str
    warning_word: str
    language: str


def make_card(*, wish: Wish, at: datetime) -> str:
    """Its number, shown once. A phone counts only after an answer from it. Raises `SameWords`."""
    if wish.safe_word and fold(wish.safe_word) == fold(wish.warning_word):
        raise SameWords
    number = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
    with transaction.atomic():
        card = SafetyCard(
            lookup=_lookup(number), name=seal.seal(wish.name), language=wish.language,
            place_id=wish.place, at=at,
        )  # fmt: skip
        card.safe_word, card.warning_word = (
            word_hash(card, word) if word else "" for word in (wish.safe_word, wish.warning_word)
        )
        if wish.phone:
            card.phone, card.phone_lookup = (
                seal.seal(wish.phone), identifiers.contact_lookup(wish.phone),
            )  # fmt: skip
        card.save(force_insert=True)
        for trusted in dict.fromkeys(wish.trusted[:MOST_TRUSTED]):
            TrustedContact.objects.create(
                card=card, lookup=identifiers.contact_lookup(trusted), number=seal.seal(trusted)
            )
        if wish.phone:
            _ask(card, wish.phone, at)
    return number


def _ask(card: SafetyCard, phone: str, at: datetime) -> None:
    """Nobody is set up by others: the phone is asked, in neutral words."""
    conversation = conversation_of(phone, language=card.language)
    notice = Notice(
        kind="reply", address=phone, language=conversation.language,
        text=catalogue.get().message("card_check", conversation.language),
        subject=f"card:{card.pk.hex[:20]}", key=f"card:{card.pk}",
    )  # fmt: skip
    notify(notice=notice, at=at)
    Conversation.objects.filter(pk=conversation.pk).update(awaiting=STEP, asked_at=at)


def answer_card(*, phone: str, yes: bool, at: datetime) -> bool:
    """The latest wish for this phone counts from now on, or goes; whether there was one."""
    lookup = identifiers.contact_lookup(phone)
    with transaction.atomic():
        asked = SafetyCard.objects.select_for_update().filter(
            phone_lookup=lookup, confirmed_at=None
        )
        card = asked.order_by("-at").first()
        if card is None:
            return False
        if not yes:
            asked.delete()
            return True
        SafetyCard.objects.filter(phone_lookup=lookup).exclude(pk=card.pk).delete()
        card.confirmed_at = at
        card.save(update_fields=["confirmed_at"])
    return True


def remove_card(*, number: str) -> bool:
    """All of it goes at once; whether there was one."""
    card = by_number(number)
    if card is None:
        return False
    card.delete()
    return True


def by_number(typed: str) -> SafetyCard | None:
    """The card of this number, in any script and grouping."""
    return SafetyCard.objects.filter(lookup=_lookup(typed)).first()


def by_phone(phone: str) -> SafetyCard | None:
    """The card that this phone has said yes to."""
    lookup = identifiers.contact_lookup(phone)
    return SafetyCard.objects.filter(phone_lookup=lookup, confirmed_at__isnull=False).first()


def word_hash(card: SafetyCard, word: str) -> str:
    """Equal for the same word of the same card, in any spelling that folds alike."""
    return identifiers.contact_lookup(f"word:{card.pk.hex}:{fold(word)}")


def _lookup(typed: str) -> str:
    digits = "".join(c for c in ascii_digits(typed) if c.isdigit())
    return identifiers.contact_lookup(f"card:{digits}" if len(digits) == DIGITS else "card:-")
