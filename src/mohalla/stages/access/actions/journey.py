"""A journey with a time: begun, ended by her, asked about, and help called where she is silent."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from mohalla.channels.sms import actions as sms
from mohalla.foundation import catalogue, identifiers, seal
from mohalla.stages.access.actions.call_for_help import call_for_help
from mohalla.stages.access.actions.card import by_phone
from mohalla.stages.access.actions.converse import conversation_of
from mohalla.stages.access.actions.trusted import use_card
from mohalla.stages.access.models import Conversation, Journey
from mohalla.station.casework.models import Case

GRACE = timedelta(minutes=10)
STEP = "journey"
BATCH = 200


def begin(*, phone: str, minutes: int, words: str, language: str, at: datetime) -> Journey:
    """A second one takes the place of the first: there is one way at a time."""
    lookup = identifiers.contact_lookup(phone)
    with transaction.atomic():
        _over(Journey.objects.filter(phone_lookup=lookup, ended_at=None), at)
        return Journey.objects.create(
            phone_lookup=lookup, phone=seal.seal(phone), language=language, begun_at=at,
            words=seal.seal(words) if words else "", due_at=at + timedelta(minutes=minutes),
        )  # fmt: skip


def arrive(*, phone: str, at: datetime) -> bool:
    """She has arrived: nothing is watched any more, and what she wrote goes."""
    lookup = identifiers.contact_lookup(phone)
    return _over(Journey.objects.filter(phone_lookup=lookup, ended_at=None), at) > 0


def open_of(phone: str) -> Journey | None:
    """The journey that this phone has begun and not ended."""
    lookup = identifiers.contact_lookup(phone)
    return Journey.objects.filter(phone_lookup=lookup, ended_at=None).first()


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
    sms.send(
        to=phone, text=catalogue.get().message("journey_check", conversation.language),
        purpose="danger", subject=f"journey:{row.pk.hex[:20]}", dedup_key=f"journey:{row.pk}",
        at=at,
    )  # fmt: skip
    Conversation.objects.filter(pk=conversation.pk).update(awaiting=STEP, asked_at=at)
    row.asked_at = at
    row.save(update_fields=["asked_at"])


def silent(row: Journey, *, at: datetime) -> Case:
    """Help is called in her name, with the words that she left for this."""
    phone, words = seal.unseal(row.phone), seal.unseal(row.words) if row.words else ""
    kept = call_for_help(
        door="timer", language=row.language, words=words, spot=None, phone=phone,
        key=f"journey-{row.pk}", at=at,
    )  # fmt: skip
    case = Case.objects.select_related("report", "unit", "place").get(pk=kept.report)
    Journey.objects.filter(pk=row.pk).update(ended_at=at, report=case.report, words="", phone="")
    conversation = conversation_of(phone, language=row.language)
    Conversation.objects.filter(pk=conversation.pk).update(report=case.report, awaiting="")
    card = by_phone(phone)
    if card is not None:
        use_card(case=case, card=card, place=words, at=at)
    return case


def _over(rows: QuerySet[Journey], at: datetime) -> int:
    return rows.update(ended_at=at, words="", phone="")
