"""Let go of words and bytes past their time, by the table of `jobs.retention`."""

from __future__ import annotations

from datetime import datetime

from mohalla.channels.sms.models import Delivery, Inbound, Part, Unreadable
from mohalla.channels.sms.models.delivery import DeliveryState
from mohalla.channels.sms.models.inbound import InboundState
from mohalla.foundation.jobs.retention import TABLE


def forget_texts(*, at: datetime) -> int:
    """Empty what is old in place: the rows stay for figures, and a copy is still known as one.

    What waits, or failed and must be looked at, keeps its words. How many rows changed.
    """
    handled = Inbound.objects.filter(state=InboundState.HANDLED)
    raw = TABLE["raw bytes of a text"].before(at)
    words = TABLE["words of a handled text"].before(at)
    done = handled.filter(handled_at__lt=raw, raw__isnull=False).update(raw=None, pdu=None)
    done += handled.filter(handled_at__lt=raw, pdu__isnull=False).update(pdu=None)
    done += (
        Part.objects.filter(inbound__state=InboundState.HANDLED, inbound__handled_at__lt=raw)
        .exclude(payload=b"", pdu=None)
        .update(payload=b"", pdu=None)
    )
    done += handled.filter(handled_at__lt=words).exclude(text="").update(text="")
    ended = Delivery.objects.exclude(state__in=[DeliveryState.WAITING, DeliveryState.SENDING])
    old = TABLE["words of an ended delivery"].before(at)
    done += ended.filter(ended_at__lt=old).exclude(text="").update(text="")
    done += ended.filter(ended_at=None, sent_at__lt=old).exclude(text="").update(text="")
    gone, _each = Unreadable.objects.filter(
        received_at__lt=TABLE["unreadable bytes"].before(at)
    ).delete()
    return done + gone
