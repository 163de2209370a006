"""The Go checksum database's own code, asked about our log: an implementation that is not ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

GOPATH = Path("/usr/share/gocode")


def built() -> Path:
    """The program, built once a machine and version of it; skips where Go is not here."""
    go = shutil.which("go")
    if go is None or not (GOPATH / "src/golang.org/x/mod/sumdb").exists():
        pytest.skip("no Go here: apt-get install golang-go golang-golang-x-mod-dev")
    source = Path(__file__).with_name("main.go")
    target = Path(tempfile.gettempdir()) / f"mohalla-tlog-{int(source.stat().st_mtime)}"
    if not target.exists():
        fresh = target.with_suffix(f".{os.getpid()}")
        subprocess.run(
            [go, "build", "-o", str(fresh), str(source)], check=True, timeout=300,
            env=os.environ | {"GO111MODULE": "off", "GOPATH": str(GOPATH), "GOFLAGS": "",
                              "GOCACHE": str(Path(tempfile.gettempdir()) / "mohalla-go-cache")},
        )  # fmt: skip
        fresh.replace(target)
    return target


def asked(questions: list[dict[str, Any]]) -> list[str]:
    """An answer for each: empty for yes, else the reason."""
    done = subprocess.run(
        [built()], input=json.dumps(questions), capture_output=True, text=True, check=True,
        timeout=120,
    )  # fmt: skip
    answers: list[str] = json.loads(done.stdout)
    return answers
