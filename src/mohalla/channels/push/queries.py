"""What the mailbox on the screen shows."""

from __future__ import annotations

from mohalla.channels.push.models import Notice, NoticeState, Subscription


def mailbox(*, latest: int = 50) -> list[Notice]:
    """Notices that went out, newest first; the demonstration's screen."""
    rows = Notice.objects.filter(state=NoticeState.SENT).select_related("subscription")
    return list(rows.order_by("-ended_at", "-pk")[:latest])


def listens(subject: str) -> bool:
    """Whether any browser gets news of this report."""
    return Subscription.objects.filter(subject=subject, ended_at=None).exists()
