"""Transcripts of whole loops for the manual: written by the tests that go through them, under
`MOHALLA_MANUAL=1` (`make manual`)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs/operations"


def keep(name: str, head: str, lines: Iterable[str]) -> None:
    """The page `docs/operations/NAME`, where the manual is being made."""
    if os.environ.get("MOHALLA_MANUAL"):
        told = "\n".join(lines).strip("\n")
        (FOLDER / name).write_text(f"{head.rstrip()}\n\n{told}\n", encoding="utf-8")
