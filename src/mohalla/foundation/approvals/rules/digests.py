"""What exactly was asked, as one short value: shown, sent back, and kept in the ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def digest(*, act: str, room: str, subject: str, arguments: Mapping[str, Any]) -> str:
    """SHA-256 in hexadecimal over act, matter and arguments in one writing."""
    written = json.dumps(
        [act, room, subject, arguments], sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(written.encode()).hexdigest()
