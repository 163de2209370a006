"""One seat for whoever stands above a door and understands what comes in; wiring fills it once."""

from __future__ import annotations

from typing import Generic, TypeVar

H = TypeVar("H")


class AlreadyRegistered(Exception):
    """A second handler: wiring registers exactly one."""


class Seat(Generic[H]):
    """`door` is what the refusal of a second handler names."""

    def __init__(self, door: str) -> None:
        self._door = door
        self._taken: list[H] = []

    def register(self, handler: H) -> None:
        """Name the one handler. The same one again is no error. Raises AlreadyRegistered."""
        if self._taken and self._taken[0] is not handler:
            raise AlreadyRegistered(f"{self._door} have a handler already; see site/wiring.py")
        self._taken[:] = [handler]

    def registered(self) -> H | None:
        """The handler, if wiring has named one."""
        return self._taken[0] if self._taken else None

    def handler(self) -> H:
        """The handler that wiring has named."""
        return self._taken[0]

    def forget(self) -> None:
        """Take the handler away (tests)."""
        self._taken.clear()
