"""Say several pieces of news that are due at once in one text: "there is news on N requests"."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import uuid_utils.compat as uuid

from mohalla.channels.sms.actions.send_text import TOGETHER
from mohalla.channels.sms.models import Delivery, DeliveryState
from mohalla.channels.sms.models.delivery import DeliveryQuerySet
from mohalla.channels.sms.rules import encoding, gathering, retries
from mohalla.foundation import catalogue
from mohalla.foundation.promises.rules import clocks

LIMIT = 500


def gather(due: DeliveryQuerySet, *, at: datetime) -> int:
    """In the caller's transaction; how many texts were put into another one.

    Until this moment each waits by itself: what is taken back meanwhile is in no text.
    """
    found = due.exclude(gathers="").select_for_update(skip_locked=True)[:LIMIT]
    waiting: dict[tuple[str, str], list[Delivery]] = defaultdict(list)
    for row in found:
        if clocks.is_safe(at, row.safe_from, row.safe_to):
            waiting[row.to, row.gathers].append(row)
    done = 0
    for rows in waiting.values():
        if gathering.is_one_text([row.subject for row in rows]):
            _put_together(rows, at)
            done += len(rows)
    return done


def _put_together(rows: list[Delivery], at: datetime) -> None:
    last, count = rows[-1], len({row.subject for row in rows})
    text = catalogue.get().message("digest", last.gathers, count=str(count))
    together = Delivery.objects.create(
        to=last.to, text=text, purpose="news", subject=rows[0].subject if count == 1 else "",
        dedup_key=f"digest:{uuid.uuid7().hex}", made_at=at, next_try_at=at,
        safe_from=last.safe_from, safe_to=last.safe_to, expires_at=at + retries.KEEP_TRYING,
        parts=len(encoding.encode(text).parts),
    )  # fmt: skip
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=DeliveryState.CANCELLED, ended_at=at, last_error=f"{TOGETHER}{together.pk}"
    )
