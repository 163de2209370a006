"""The product's own command in a home of one's own, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.postgres import ROOT

Done = subprocess.CompletedProcess[str]
COMMAND = "from mohalla.site.cli import main; main()"


def environment(home: Path, url: str = "", **more: str) -> dict[str, str]:
    return os.environ | {
        "MOHALLA_HOME": str(home), "MOHALLA_DEMO": "1", "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "mohalla.site.settings", **more,
    }  # fmt: skip


def python(code: str, *told: str, home: Path, url: str = "") -> Done:
    return subprocess.run(
        [sys.executable, "-c", code, *told], env=environment(home, url), cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def mohalla(*told: str, home: Path, url: str = "") -> Done:
    return python(COMMAND, *told, home=home, url=url)
