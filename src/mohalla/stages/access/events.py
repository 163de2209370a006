"""What happened at the front desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class ReportAccepted:
    report: UUID
    at: datetime
