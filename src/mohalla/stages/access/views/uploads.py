"""A file that comes with a form: kept, or refused in words that say what to do next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from mohalla.foundation import text
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.models import Attachment

MOST_FILES = 8  # of one form


class Refused(Exception):
    """Its words are for the person."""


def keep(upload: Any, *, at: datetime, by: str = "sender") -> Attachment:
    """Store it, bound to nothing yet; raises `Refused`."""
    try:
        return reports.keep_attachment(upload=upload, at=at, by=by)
    except reports.AttachmentRefused as refusal:
        values = {"name": shown(upload.name or ""), "limit": settings.ATTACHMENT_MB}
        raise Refused(_words(refusal.reason) % values) from None


def too_many(name: str) -> Refused:
    return Refused(
        _("%(name)s: no more than %(most)s files here; add the rest later with your receipt.")
        % {"name": shown(name), "most": MOST_FILES}
    )


def shown(name: str) -> str:
    """A file's name inside a sentence: it turns nothing round, and no number joins it."""
    return f"\u2068{text.visible(text.clean(name)[:80])}\u2069"


def _words(reason: str) -> str:
    return {
        "empty": _("%(name)s is empty. Take it again and choose it once more."),
        "too_large": _("%(name)s is larger than %(limit)s MB. Send a smaller or shorter one."),
    }.get(
        reason,
        _("%(name)s is of a kind we cannot open. Photographs, voice, video and PDF are fine."),
    )
