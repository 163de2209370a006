"""Files that are on disk, whole, before anybody relies on them. Knows neither Django nor settings."""

from __future__ import annotations

import os
import re
import secrets
import time
from pathlib import Path

_FRESH = re.compile(r"\.[0-9a-f]{8}~$")
_LEFT = 3600  # seconds: nobody writes one file for so long


def replace(path: Path, content: bytes) -> None:
    """The file holds this, or still what it held before; in between there is nothing."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}~")
    try:
        with fresh.open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    sync(path.parent)


def sweep(folder: Path) -> int:
    """Take away what killed processes left half written in and below this folder; how many."""
    swept = 0
    for path in folder.rglob("*~"):
        if _FRESH.search(path.name) and time.time() - path.stat().st_mtime > _LEFT:
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def sync(folder: Path) -> None:
    """The names in the folder are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
