"""What this room tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class AttachmentKept:
    """An original lies on disk; a working copy may be made of it."""

    attachment: UUID
    at: datetime


@dataclass(frozen=True)
class BytesUnwanted:
    """Files (by hash) whose report was destroyed."""

    files: tuple[str, ...]
