"""An alert as the pages show it: as the phones get it, what it costs, what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from mohalla.channels.notices import wording
from mohalla.channels.notices.queries import Day
from mohalla.channels.notices.rules import counts
from mohalla.crisis.alerts.models import Alert
from mohalla.foundation.text import sms_parts
from mohalla.foundation.units import queries as units
from mohalla.station.casework import names

STATES = {
    "waits": gettext_lazy("not sent yet"),
    "out": gettext_lazy("sent"),
    "stopped": gettext_lazy("stopped"),
    "over": gettext_lazy("over"),
}
KINDS = {
    "reply": gettext_lazy("Answers"),
    "sos": gettext_lazy("Answers in danger"),
    "danger": gettext_lazy("Danger"),
    "trusted": gettext_lazy("To those whom somebody named"),
    "news": gettext_lazy("News about a report"),
    "invite": gettext_lazy("Asked whether area messages are wanted"),
    "alert": gettext_lazy("Messages of an area"),
}
NAMED = (
    ("ur", gettext_lazy("Urdu")),
    ("ps", gettext_lazy("Pashto")),
    ("en", gettext_lazy("English")),
)


def line(row: Alert, *, at: datetime, language: str) -> dict[str, Any]:
    """One row of the list."""
    state = row.state(at)
    return {
        "id": row.pk, "reference": row.reference, "kind": row.get_kind_display(),
        "urgent": row.urgent, "text": row.text(language), "state": state,
        "state_name": STATES[state], "written_at": row.written_at, "expires_at": row.expires_at,
        "areas": sorted(place.name(language) for place in row.areas.all()),
    }  # fmt: skip


def phones(row: Alert, listeners: int) -> dict[str, Any]:
    """The texts as they arrive, and what all of them cost; the count in tens, as everywhere."""
    shown, most = [], 0
    for code, name in NAMED:
        text = wording.to_area(row.text(code), code).sms
        parts = sms_parts(text).parts
        shown.append({"code": code, "name": name, "text": text, "parts": parts})
        most = max(most, parts)
    count = counts.shown(listeners)
    return {
        "texts": shown, "count": count, "least": counts.LEAST, "parts": count * most,
        "cost": round(count * most * settings.SMS_PRICE) if settings.SMS_PRICE else 0,
    }  # fmt: skip


def people(row: Alert, language: str) -> dict[str, str]:
    """Who wrote, sent and stopped it, by name: inside, always a person."""
    directory = units.directory()
    return {
        "written": names.officer(directory, row.written_by_id, language),
        "unit": names.unit(directory, row.unit_id, language),
        "sent": names.officer(directory, row.sent_by_id, language),
        "stopped": names.officer(directory, row.stopped_by_id, language),
    }


def days(rows: Iterable[Day]) -> list[dict[str, Any]]:
    """With the kind in words."""
    return [
        {"on": row.on, "kind": KINDS.get(row.kind, row.kind), "accepted": row.accepted,
         "delivered": row.delivered, "failed": row.failed, "waiting": row.waiting}
        for row in rows
    ]  # fmt: skip
