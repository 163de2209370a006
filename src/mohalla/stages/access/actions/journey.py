"""A journey with a time: begun, ended by her, asked about, and help called where she is silent."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from mohalla.channels.notices.actions import notify
from mohalla.channels.notices.port import Notice
from mohalla.foundation import catalogue, identifiers, seal
from mohalla.foundation.text import ascii_digits
from mohalla.stages.access.actions.call_for_help import call_for_help
from mohalla.stages.access.actions.card import DIGITS, by_phone
from mohalla.stages.access.actions.converse import conversation_of
from mohalla.stages.access.actions.trusted import use_card
from mohalla.stages.access.models import Conversation, Journey
from mohalla.station.casework.models import Case

GRACE = timedelta(minutes=10)
STEP = "journey"
BATCH = 200


def begin(*, phone: str, minutes: int, words: str, language: str, at: datetime) -> Journey:
    """By text: she is asked on her phone. A second one takes the place of the first."""
    arrive(phone=phone, at=at)
    return _begin(phone, phone, minutes, words, language, at)


def begin_on_page(*, minutes: int, words: str, language: str, at: datetime) -> str:
    """Without a phone: the number with which she says that she has arrived. Nobody can ask her, so
    nobody can be asked in her place either."""
    number = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
    _begin(_of_page(number), "", minutes, words, language, at)
    return number


def arrive(*, phone: str, at: datetime) -> bool:
    """She has arrived: nothing is watched any more, and what she wrote goes."""
    return _over(_open(phone), at) > 0


def arrive_on_page(*, number: str, at: datetime) -> bool:
    """The same with the number of the page."""
    return _over(_open(_of_page(number)), at) > 0


def open_of(phone: str) -> Journey | None:
    """The journey that this phone has begun and not ended."""
    return _open(phone).first()


def _begin(name: str, phone: str, minutes: int, words: str, language: str, at: datetime) -> Journey:
    return Journey.objects.create(
        lookup=identifiers.contact_lookup(name), phone=seal.seal(phone) if phone else "",
        language=language, begun_at=at, words=seal.seal(words) if words else "",
        due_at=at + timedelta(minutes=minutes),
    )  # fmt: skip


def _of_page(number: str) -> str:
    return f"journey:{''.join(c for c in ascii_digits(number) if c.isdigit())}"


def _open(name: str) -> QuerySet[Journey]:
    return Journey.objects.filter(lookup=identifiers.contact_lookup(name), ended_at=None)


def watch(*, at: datetime) -> int:
    """Ask at the time, call for help ten minutes later; each once, whatever runs twice."""
    done = 0
    open_rows = Journey.objects.filter(ended_at=None, due_at__lte=at).order_by("due_at")
    for key in list(open_rows.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            row = Journey.objects.select_for_update().filter(pk=key, ended_at=None).first()
            if row is not None:
                done += _step(row, at)
    return done


def _step(row: Journey, at: datetime) -> int:
    if row.asked_at is None:
        row.asked_at = at
        row.save(update_fields=["asked_at"])
        if row.phone:
            _ask(row, at)
        return 1
    # counted from the question: after an outage she still has her ten minutes
    if at < row.asked_at + GRACE:
        return 0
    silent(row, at=at)
    return 1


def _ask(row: Journey, at: datetime) -> None:
    phone = seal.unseal(row.phone)
    conversation = conversation_of(phone, language=row.language)
    notice = Notice(
        kind="danger", address=phone, language=conversation.language,
        text=catalogue.get().message("journey_check", conversation.language),
        subject=f"journey:{row.pk.hex[:20]}", key=f"journey:{row.pk}",
    )  # fmt: skip
    notify(notice=notice, at=at)
    Conversation.objects.filter(pk=conversation.pk).update(awaiting=STEP, asked_at=at)


def silent(row: Journey, *, at: datetime) -> Case:
    """Help is called in her name, with the words that she left for this."""
    phone, words = (seal.unseal(told) if told else "" for told in (row.phone, row.words))
    kept = call_for_help(
        door="timer", language=row.language, words=words, spot=None, phone=phone,
        key=f"journey-{row.pk}", at=at,
    )  # fmt: skip
    case = Case.objects.select_related("report", "unit", "place").get(pk=kept.report)
    Journey.objects.filter(pk=row.pk).update(ended_at=at, report=case.report, words="", phone="")
    if phone:
        conversation = conversation_of(phone, language=row.language)
        Conversation.objects.filter(pk=conversation.pk).update(report=case.report, awaiting="")
    card = by_phone(phone) if phone else None
    if card is not None:
        use_card(case=case, card=card, place=words, at=at)
    return case


def _over(rows: QuerySet[Journey], at: datetime) -> int:
    return rows.update(ended_at=at, words="", phone="")
