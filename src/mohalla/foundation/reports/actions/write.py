"""Write into the conversation about a report."""

from __future__ import annotations

from datetime import datetime

from mohalla.foundation import seal
from mohalla.foundation.reports.models import Message, Report
from mohalla.foundation.text import clean


def write_message(
    *,
    report: Report,
    text: str,
    door: str,
    at: datetime,
    officer: int | None = None,
    template: str = "",
) -> Message:
    """Store one message as typed; `officer` None means the reporter wrote it."""
    sealed = report.envelope != Report.Envelope.NONE
    body = clean(text)
    return Message.objects.create(
        report=report,
        officer_id=officer,
        door=door,
        body=seal.seal(body) if sealed else body,
        sealed=sealed,
        template=template,
        at=at,
    )
