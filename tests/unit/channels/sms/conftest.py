"""Each test names its own handler."""

from collections.abc import Iterator

import pytest

from mohalla.channels.sms import handler


@pytest.fixture(autouse=True)
def _no_handler() -> Iterator[None]:
    handler.forget()
    yield
    handler.forget()
