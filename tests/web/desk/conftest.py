"""The district at a quiet Wednesday noon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.district import District, build

from mohalla.foundation import clock, limiter

NOON = datetime(2026, 3, 25, 7, 0, tzinfo=UTC)  # 12:00 in Pakistan


@pytest.fixture
def district(db: None, settings: Any, tmp_path: Path) -> Iterator[District]:
    settings.FILES_DIR = tmp_path / "files"
    limiter.forget()
    with clock.fixed(NOON):
        yield build(NOON)
