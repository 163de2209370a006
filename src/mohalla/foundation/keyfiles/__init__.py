"""Secrets in files of their own, made once: the first process wins, all others read what it wrote.

Nothing here knows Django: settings themselves are read with it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from mohalla.foundation import durable


def kept(path: Path, make: Callable[[], str]) -> str:
    """The text of `path` (mode 0600); what `make` gives is written there if there is none yet.

    On disk before it is used: a secret that a power cut takes away opens nothing afterwards.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        try:
            _write(fresh, make())
            path.hardlink_to(fresh)  # link, not rename: it fails where another process was first
        except FileExistsError:
            pass
        finally:
            fresh.unlink(missing_ok=True)
        durable.sync(path.parent)
    return path.read_text().strip()


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
