"""Let go of what somebody typed on a page and nobody confirmed."""

from __future__ import annotations

from datetime import datetime

from mohalla.channels.notices.models import Wish
from mohalla.foundation.jobs.retention import TABLE


def forget_wishes(*, at: datetime) -> int:
    """How many rows went."""
    old = TABLE["wish for area messages"].before(at)
    return Wish.objects.filter(at__lt=old).delete()[0]
