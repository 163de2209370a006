from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.district import NOON, District, build

from mohalla.foundation import clock
from mohalla.site import wiring


@pytest.fixture
def district(db: None) -> Iterator[District]:
    wiring.connect()
    with clock.fixed(NOON):
        yield build(NOON)
