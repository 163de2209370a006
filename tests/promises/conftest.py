"""The district at a quiet noon, for the tests of what people are promised."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.district import NOON, District, build

from mohalla.foundation import clock, limiter


@pytest.fixture
def district(db: None, settings: Any, tmp_path: Path) -> Iterator[District]:
    settings.FILES_DIR = tmp_path / "files"
    limiter.forget()
    with clock.fixed(NOON):
        yield build(NOON)
