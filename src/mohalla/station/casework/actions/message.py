"""The conversation, both ways: what the reporter writes becomes a promise to answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mohalla.foundation import events
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.models import Message
from mohalla.foundation.units.rules.owner import Owner
from mohalla.station.casework import queries
from mohalla.station.casework.events import Answered
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM

ANSWER = timedelta(hours=24)


class EmptyMessage(Exception):
    """Nothing was written."""


def say(
    *, case: Case, text: str, door: str, at: datetime, owes: bool = True,
    files: Sequence[UUID] = (), key: str = "",
) -> None:  # fmt: skip
    """The reporter writes, or adds files; one open promise to answer per conversation.

    `owes` False: words that answer our own question are kept, and nobody owes a reply to them.
    The same `key` with the same words and files is one message, however often it is sent; other words
    under it are kept as well. Raises `EmptyMessage`, and `AttachmentMissing` for files that are bound to something already.
    """
    if not text.strip() and not files:
        raise EmptyMessage
    with transaction.atomic():
        if key and not reports.is_first(report=case.report, key=key, text=text, files=files, at=at):
            return
        if text.strip():
            reports.write_message(report=case.report, text=text, door=door, at=at)
        reports.claim_attachments(case.report, files, by="reporter", at=at)
        ledger.record(
            what="message from reporter", room=ROOM, subject=case.reference, by="reporter", at=at,
            **({"files": len(files)} if files else {}),
        )  # fmt: skip
        if owes and case.unit_id is not None and queries.open_promise(case, "answer") is None:
            promises.make(
                promises.Owed(
                    room=ROOM, subject=case.reference, kind="answer",
                    owner=Owner(unit=case.unit_id, officer=case.officer_id),
                    made_at=at, due_at=at + ANSWER,
                ),
                by="reporter",
            )  # fmt: skip


def reply(*, case: Case, officer: int, text: str, at: datetime, template: str = "") -> Message:
    """The desk writes. Only words of a person's own keep the promise to answer; a bare
    template (its name in `template`) does not."""
    if not text.strip():
        raise EmptyMessage
    by = f"officer:{officer}"
    with transaction.atomic():
        row = reports.write_message(
            report=case.report, text=text, door="desk", at=at, officer=officer, template=template
        )
        ledger.record(what="message to reporter", room=ROOM, subject=case.reference, by=by, at=at)
        promise = queries.open_promise(case, "answer")
        if promise is not None and not template:
            promises.end(promise=promise, state=State.KEPT, by=by, at=at)
        events.publish(Answered(case=case.pk, at=at))
    return row
