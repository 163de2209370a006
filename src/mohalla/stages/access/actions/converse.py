"""Answer by text: one message an event, in the sender's language, never naming the matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from mohalla.channels.notices.actions import notify
from mohalla.channels.notices.port import Notice
from mohalla.channels.push import actions as push
from mohalla.foundation import catalogue, clock, identifiers
from mohalla.foundation.clock.dates import short_date
from mohalla.foundation.reports import queries as reports
from mohalla.stages.access.models import Conversation
from mohalla.stages.access.rules import discretion
from mohalla.station.casework import queries as cases
from mohalla.station.casework.models import Case

URGENT = frozenset({"sos", "danger", "safe"})
GATHERED = frozenset({"news", "late", "new_owner", "kept"})  # said together where many come at once


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is said: a key of `messages.toml` about a case; `ask` opens a step of `dialogue.toml`;
    `count` is how many areas or requests."""

    key: str
    case: Case | None = None
    receipt: str = ""
    ask: str = ""
    due: datetime | None = None
    count: int = 0


def conversation_of(number: str, *, language: str) -> Conversation:
    """The dialogue with this phone; begun in `language` where there is none."""
    row, _made = Conversation.objects.get_or_create(
        lookup=identifiers.contact_lookup(number), defaults={"language": language}
    )
    return row


def answer(
    *, number: str, conversation: Conversation, wanted: Wanted, dedup_key: str, at: datetime
) -> None:
    """The automatic reply to a text: at once, whatever the hour, because she wrote now."""
    text = worded(wanted, conversation.language, at)
    notice = Notice(
        kind="sos" if wanted.key in URGENT else "reply", address=number, text=text,
        subject=dedup_key[:40], key=f"reply:{dedup_key}", language=conversation.language,
        sealed=bool(wanted.receipt),
    )  # fmt: skip
    notify(notice=notice, at=at)


def tell(*, case: Case, wanted: Wanted, event: str, at: datetime) -> bool:
    """Tell a reporter by text and on the phones that asked for it; False where nobody may be told."""
    browsers = push.send_to_subject(subject=case.reference, purpose="news", dedup_key=event, at=at)
    return _text(case=case, wanted=wanted, event=event, at=at) or browsers > 0


def _text(*, case: Case, wanted: Wanted, event: str, at: datetime) -> bool:
    """To a reporter who left a number, in safe hours; False where there is none.

    Of a confidential matter a phone hears that there is news, whatever was to be said.
    """
    if case.sensitivity != "C1" and wanted.key not in discretion.UNASKED:
        wanted = replace(wanted, key="news")
    report = case.report
    contact = reports.contact_of(report)
    if contact is None or contact.kind != "phone" or contact.way == "none":
        return False
    number = reports.contact_value(contact)
    conversation = conversation_of(number, language=report.language)
    if conversation.stopped:
        return False
    notice = Notice(
        kind="news" if wanted.key in GATHERED and not wanted.ask else "question",
        address=number,
        text=worded(wanted, conversation.language, at),
        subject=report.reference,
        key=f"{report.reference}:{event}",
        language=conversation.language,
        safe_hours=(contact.safe_from, contact.safe_to),
    )
    notify(notice=notice, at=at)
    if wanted.ask:
        Conversation.objects.filter(pk=conversation.pk).update(
            awaiting=wanted.ask, report=report, asked_at=at
        )
    return True


def worded(wanted: Wanted, language: str, at: datetime) -> str:
    """The text in the language: reference, plain stage and the due time that it speaks of."""
    return catalogue.get().message(wanted.key, language, **values(wanted, language, at))


def values(wanted: Wanted, language: str, at: datetime) -> dict[str, str]:
    """What a text or a prompt fills in."""
    filled = {
        "emergency": settings.EMERGENCY_NUMBER,
        "receipt": wanted.receipt,
        "count": str(wanted.count),
    }
    case = wanted.case
    if wanted.due is not None:
        filled["time"] = f"{timezone.localtime(wanted.due, clock.PKT):%H:%M}"
    if case is not None:
        due = _due(case, wanted.key, at)
        filled |= {
            "reference": case.reference,
            "stage": catalogue.get().stage_name(case.stage, language, neutral=True),
            "due": short_date(due, language) if due else "-",
        }
    return filled


def _due(case: Case, key: str, at: datetime) -> datetime | None:
    """When the next promise of the case is due; None where nothing is owed, or it is not said."""
    if case.sensitivity == "C1":
        return next((row.due_at for row in cases.open_promises(case)), None)
    made = [(row.kind, row.due_at) for row in cases.promises_of(case)]
    return discretion.due(key, made, at)
