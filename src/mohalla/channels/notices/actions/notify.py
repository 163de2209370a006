"""Tell one person something: the one way out, whatever the door."""

from __future__ import annotations

from datetime import datetime

from mohalla.channels.notices import setting
from mohalla.channels.notices.doors import DOORS
from mohalla.channels.notices.port import Notice
from mohalla.channels.notices.rules import kinds


def notify(*, notice: Notice, at: datetime, door: str = "sms") -> bool:
    """In the caller's transaction; sent after the commit, in its hours. False where it may never go:

    no number, or the budget of that person and day is used up. The row says why.
    """
    kind = kinds.KINDS[notice.kind]
    hours = kinds.hours(kind, safe=notice.safe_hours, quiet=setting.quiet())
    return DOORS[door].lay(notice, hours=hours, gathers=kind.gathers, at=at)
