"""The scripts of our pages: what browsers must find in them, and what the register states."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger import queries
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.ledger.rules import scripts
from mohalla.site import offline

FOLDER = Path(__file__).resolve().parent.parent / "static"
CHECKING = "check.html"  # the script inside the page that checks receipts without us


@lru_cache(maxsize=1)
def shipped() -> dict[str, str]:
    """Hash by name of every script of this release, from the package itself: not from the folder
    that is served, which somebody may have changed."""
    found = {path.name: scripts.digest(path.read_bytes()) for path in FOLDER.glob("*.js")}
    return found | {CHECKING: scripts.digest(offline.script().encode())}


def state(*, at: datetime) -> bool:
    """Called at each start: where they changed, the register says so; whether it did."""
    words = scripts.written(shipped())
    before = stated()
    if before is not None and before.facts["words"] == words:
        return False
    ledger.record(
        what=scripts.STATED, room=scripts.ROOM, subject="scripts", by="system", at=at, words=words
    )
    return True


def stated() -> Entry | None:
    """The newest statement."""
    rows = Entry.objects.filter(room=scripts.ROOM, what=scripts.STATED)
    return rows.order_by("at", "pk").last()


def proof() -> str | None:
    """That it stands in the register; None until it has its place."""
    row = stated()
    found = queries.proof_of(row) if row is not None else None
    return str(found) if found is not None else None


def listed() -> list[tuple[str, str]]:
    """Name and hash as the register states them."""
    row = stated()
    return sorted(scripts.parsed(row.facts["words"]).items()) if row is not None else []
