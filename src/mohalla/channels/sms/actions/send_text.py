"""Owe a phone a text."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from mohalla.channels.sms import queries
from mohalla.channels.sms.models import Delivery, DeliveryState
from mohalla.channels.sms.rules import encoding, loops, numbers, retries
from mohalla.channels.sms.setting import own_number
from mohalla.foundation import seal
from mohalla.foundation.promises.rules import clocks

TOGETHER = "said together with "


def send(
    *,
    to: str,
    text: str,
    purpose: str,
    subject: str,
    dedup_key: str,
    at: datetime,
    not_before: datetime | None = None,
    safe_hours: tuple[int | None, int | None] = (None, None),
    expires_at: datetime | None = None,
    sealed: bool = False,
    gathers: str = "",
) -> Delivery:
    """Write the delivery inside the caller's transaction; the worker sends it after the commit.

    The same `dedup_key` (at most 160 characters) gives the row that is there already, unchanged.
    purpose "reply" is an automatic answer and counts against the budget of the number, everything
    else against a wider one; "danger" is never held back. What may not be sent at all comes back as a row in state `refused` that says
    why in `last_error`. Without `expires_at` it is tried for 72 hours. `safe_hours`: no try outside
    them. `sealed`: what it says is a secret, and is stored under seal. `gathers`: the language in which
    it may be said together with others, where several are due at once.
    """
    phone = numbers.canonical(to)
    kind = numbers.kind_of(phone, ours=own_number())
    why = "" if purpose in loops.TO_OURSELVES else loops.why_unreachable(kind)
    if not why and purpose not in loops.ALWAYS | loops.TO_OURSELVES:
        answered = queries.answered(number=phone, at=at)
        why = loops.why_silent(kind=kind, purpose=purpose, answered=answered)
    start = clocks.first_safe(max(at, not_before or at), *safe_hours)
    with transaction.atomic():
        delivery, _made = Delivery.objects.get_or_create(
            dedup_key=dedup_key,
            defaults={
                "to": phone,
                "text": seal.seal(text) if sealed else text,
                "sealed": sealed,
                "gathers": gathers,
                "purpose": purpose,
                "subject": subject,
                "made_at": at,
                "not_before": start if start > at else not_before,
                "safe_from": safe_hours[0],
                "safe_to": safe_hours[1],
                "expires_at": expires_at or start + retries.KEEP_TRYING,
                "next_try_at": start,
                "state": DeliveryState.REFUSED if why else DeliveryState.WAITING,
                "ended_at": at if why else None,
                "last_error": why,
                "parts": len(encoding.encode(text).parts),
            },
        )
    return delivery


def cancel_news(*, subject: str, at: datetime) -> int:
    """Take back all news about `subject` that still waits; how many."""
    with transaction.atomic():
        _take_apart(subject, at)
        return _take_back(Delivery.objects.filter(subject=subject), at)


def cancel_to(*, number: str, at: datetime) -> int:
    """Take back all news that still waits for this number, whatever it is about; how many."""
    return _take_back(Delivery.objects.filter(to=numbers.canonical(number)), at)


def _take_apart(subject: str, at: datetime) -> None:
    """A text in which it was said together with others, and that has not gone: the others wait again."""
    with_it = Delivery.objects.filter(subject=subject, last_error__startswith=TOGETHER)
    for said in set(with_it.values_list("last_error", flat=True)):
        waits = Delivery.objects.filter(
            pk=said.removeprefix(TOGETHER), state=DeliveryState.WAITING
        ).update(state=DeliveryState.CANCELLED, ended_at=at)
        if waits:
            Delivery.objects.filter(last_error=said).exclude(subject=subject).update(
                state=DeliveryState.WAITING, ended_at=None, last_error=""
            )


def _take_back(rows: QuerySet[Delivery], at: datetime) -> int:
    waiting = rows.filter(purpose="news", state=DeliveryState.WAITING)
    return waiting.update(state=DeliveryState.CANCELLED, ended_at=at)


def forget_subject(*, subject: str, at: datetime) -> int:
    """Number and words of every text about `subject`; what waited is taken back. How many."""
    about = Delivery.objects.filter(subject=subject)
    about.filter(state=DeliveryState.WAITING).update(state=DeliveryState.CANCELLED, ended_at=at)
    return about.update(to="", text="", sealed=False)


def cancel(*, delivery: Delivery, at: datetime) -> bool:
    """Take back what has not been handed over yet. False if it has, or had ended."""
    changed = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING).update(
        state=DeliveryState.CANCELLED, ended_at=at
    )
    return changed == 1
