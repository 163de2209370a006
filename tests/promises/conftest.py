"""One test group for each promise of PROTECTION.md, named `test_promise_PNN_…`.

`figure("…")` states what a test reached; `make promises` writes all of them into docs/PROMISES.md.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.district import NOON, District, build

from mohalla.foundation import clock, limiter

FOLDER = os.environ.get("MOHALLA_PROMISES", "")


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Say in one line what was reached; kept only if the test passes up to here."""

    def said(words: str) -> None:
        if FOLDER:
            kept = {"test": request.node.nodeid, "figure": words}
            name = request.node.name.replace("/", "-")
            (Path(FOLDER) / f"{name}.json").write_text(json.dumps(kept))

    return said


@pytest.fixture
def district(db: None, settings: Any, tmp_path: Path) -> Iterator[District]:
    settings.FILES_DIR = tmp_path / "files"
    limiter.forget()
    with clock.fixed(NOON):
        yield build(NOON)
