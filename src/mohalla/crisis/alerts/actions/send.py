"""Send it: to whoever asked for the messages of its areas, and to the public page."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from mohalla.channels.notices import actions as notices
from mohalla.channels.notices import wording
from mohalla.crisis.alerts import queries
from mohalla.crisis.alerts.models import Alert
from mohalla.crisis.alerts.rules import sending
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.units.rules.viewer import Viewer


class AlertRefused(Exception):
    """`reason` as in `rules/sending`. Nothing changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def send(*, alert: Alert, viewer: Viewer, at: datetime) -> Alert:
    """By the writer, or by the second person where one is needed. Raises `AlertRefused`."""
    with transaction.atomic():
        row = Alert.objects.select_for_update().get(pk=alert.pk)
        wanted = queries.wanted(row, at=at)
        reason = sending.why_not(
            wanted, queries.sender(row, viewer, at=at), alone=settings.ALERT_ALONE
        )
        if reason:
            raise AlertRefused(reason)
        row.sent_by_id, row.sent_at = viewer.officer, at
        row.save(update_fields=["sent_by", "sent_at"])
        notices.begin(
            subject=row.reference, kind="danger" if row.urgent else "alert",
            texts={code: wording.to_area(row.text(code), code).sms for code in wording.LANGUAGES},
            areas=wanted.areas, expires_at=row.expires_at, at=at,
        )  # fmt: skip
        ledger.record(
            what="alert sent", room="alerts", subject=row.reference, by=viewer.by, at=at,
            two=row.written_by_id != viewer.officer,
        )  # fmt: skip
    return row
