"""Stop an alert: it leaves the public page, and what has not gone out does not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.channels.notices import actions as notices
from mohalla.crisis.alerts import queries
from mohalla.crisis.alerts.actions.send import AlertRefused
from mohalla.crisis.alerts.models import Alert
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.units.rules.viewer import Viewer


def stop(*, alert: Alert, viewer: Viewer, why: str, at: datetime) -> Alert:
    """By anybody whose desks cover one of its areas: stopping needs no second person.

    Raises `AlertRefused` (state, area).
    """
    with transaction.atomic():
        row = Alert.objects.select_for_update().get(pk=alert.pk)
        if row.state(at) not in {"waits", "out"}:
            raise AlertRefused("state")
        if not queries.area_ids(row) & queries.covered(viewer.units):
            raise AlertRefused("area")
        row.stopped_by_id, row.stopped_at, row.why_stopped = viewer.officer, at, why
        row.save(update_fields=["stopped_by", "stopped_at", "why_stopped"])
        notices.stop(subject=row.reference, at=at)
        ledger.record(
            what="alert stopped", room="alerts", subject=row.reference, by=viewer.by, at=at
        )
    return row
