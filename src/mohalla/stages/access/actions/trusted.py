"""Tell those she trusts, with the consent that her card is; and hear her word for "safe"."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from mohalla.channels.notices.actions import notify
from mohalla.channels.notices.port import Notice
from mohalla.foundation import catalogue, clock, seal
from mohalla.stages.access.actions.card import word_hash
from mohalla.stages.access.models import CardCall, Conversation, SafetyCard, TrustedContact
from mohalla.station.casework.models import Case
from mohalla.station.response import actions as response
from mohalla.station.response.events import AlarmMoved

NOWHERE = {"en": "not known", "ur": "معلوم نہیں", "ps": "نه ده معلومه", "ur-Latn": "maloom nahi"}
MOST_NAME, MOST_PLACE = 20, 40  # letters, so that it stays two parts


def use_card(*, case: Case, card: SafetyCard, place: str, at: datetime) -> None:
    """Everybody on it is told now, once, whatever the hour; a phone that sent STOP is not."""
    CardCall.objects.get_or_create(report=case.report, defaults={"card": card})
    usual = card.place.name(card.language) if card.place else ""
    where = place or (case.place.name(card.language) if case.place else "") or usual
    _tell(case, card, "trusted", at, place=(where or NOWHERE[card.language])[:MOST_PLACE])


def alarm_moved(event: AlarmMoved) -> None:
    """When it is over they are told, and not before: her word alone may not have been free."""
    if event.what != "over":
        return
    call = CardCall.objects.select_related("card", "report").filter(report=event.case).first()
    if call is not None:
        case = Case.objects.select_related("report", "place").get(pk=event.case)
        _tell(case, call.card, "trusted_over", event.at, about=event.alarm)


def say_safe(*, case: Case, word: str, door: str, at: datetime) -> bool:
    """The answer to her is the same whichever word it was; whether an alarm was open."""
    call = CardCall.objects.select_related("card").filter(report=case.report_id).first()
    duress = bool(
        word
        and call is not None
        and call.card.warning_word
        and word_hash(call.card, word) == call.card.warning_word
    )
    return response.say_safe(case=case, duress=duress, door=door, at=at)


def has_words(case: Case) -> bool:
    """Whether help was called with a card that has words for "safe"."""
    calls = CardCall.objects.filter(report=case.report_id).exclude(card__warning_word="")
    return calls.exists()


def _tell(
    case: Case,
    card: SafetyCard,
    key: str,
    at: datetime,
    *,
    about: UUID | None = None,
    place: str = "",
) -> None:
    local = timezone.localtime(at, clock.PKT)
    for row in TrustedContact.objects.filter(card=card):
        stopped = Conversation.objects.filter(lookup=row.lookup, stopped=True)
        if stopped.exists():
            continue
        notice = Notice(
            kind="trusted", address=seal.unseal(row.number), language=card.language,
            text=catalogue.get().message(
                key, card.language, name=seal.unseal(card.name)[:MOST_NAME], place=place,
                time=f"{local:%H:%M}", emergency=settings.EMERGENCY_NUMBER,
            ),
            subject=case.reference, key=f"{key}:{case.reference}:{about or ''}:{row.pk}",
            sealed=True,
        )  # fmt: skip
        notify(notice=notice, at=at)
