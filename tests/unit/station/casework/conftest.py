"""The demonstration district, built in each test's own transaction."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.counter import SINCE

from mohalla.foundation.units import queries as units
from mohalla.site.demo import district


@pytest.fixture(autouse=True)
def _district(db: None) -> Iterator[None]:
    units.forget()
    district.build(since=SINCE)
    yield
    units.forget()
