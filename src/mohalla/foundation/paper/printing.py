"""HTML in, PDF out."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

PRINTER = Path(__file__).with_name("printer.py")
SECONDS = 60  # by the clock; the printer's own limit counts what it works


class NoPaper(Exception):
    """No PDF could be made here; the page can be printed all the same."""


def pdf(page: str, *, fonts: Sequence[Path]) -> bytes:
    """The page with these fonts (families `Paper1`, `Paper2`, …); raises `NoPaper`."""
    with tempfile.TemporaryFile() as answer:
        try:
            done = subprocess.run(  # noqa: S603 - our own script and words; -I: nothing of the caller
                [sys.executable, "-I", str(PRINTER), *map(str, fonts)], input=page.encode(),
                stdout=answer, stderr=subprocess.DEVNULL, timeout=SECONDS, env={}, cwd="/",
                check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise NoPaper("took too long") from None
        answer.seek(0)
        made = answer.read()
    if done.returncode or made[:5] != b"%PDF-":
        raise NoPaper(f"the printer ended with {done.returncode}")
    return made
