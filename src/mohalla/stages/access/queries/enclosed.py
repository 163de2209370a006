"""The files that the holder of a receipt may see: her own, and the proof she was asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from mohalla.foundation import files
from mohalla.foundation.reports.models import Attachment
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.outcome import Proof

KINDS = {"image": "photograph", "audio": "recording", "video": "video"}


@dataclass(frozen=True, kw_only=True)
class FileSeen:
    """`kind`: photograph, recording, video or document; `size` in bytes, of the original."""

    id: UUID
    mine: bool
    kind: str
    media_type: str
    size: int
    at: datetime

    @property
    def sealed(self) -> bool:
        """By a device: opened on the page, not here."""
        return self.media_type == files.SEALED


def of(case: Case) -> list[FileSeen]:
    """Hers first, then what the police gave as proof, each in the order in which it came."""
    proofs = _proofs(case)
    rows = [
        FileSeen(
            id=row.pk,
            mine=row.pk not in proofs,
            kind=KINDS.get(row.media_type.partition("/")[0], "document"),
            media_type=row.media_type,
            size=row.size,
            at=row.uploaded_at,
        )
        for row in _allowed(case)
    ]
    return sorted(rows, key=lambda row: not row.mine)


def one(case: Case, key: str) -> Attachment | None:
    """One of them; None for what is not there, is not hers to see, or is not an identifier."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    row = next((row for row in _allowed(case) if row.pk == wanted), None)
    return row if row is not None and files.exists(row.sha256) else None


def _allowed(case: Case) -> list[Attachment]:
    """A proof that still waits for its second signature is not shown before she is asked."""
    asked = Q(proof=None) | Q(pk__in=_proofs(case))
    return list(case.report.attachments.filter(asked).distinct().order_by("uploaded_at", "pk"))


def _proofs(case: Case) -> set[UUID]:
    asked = Proof.objects.filter(outcome__case=case, outcome__asked_at__isnull=False)
    return {key for key in asked.values_list("attachment_id", flat=True) if key is not None}
