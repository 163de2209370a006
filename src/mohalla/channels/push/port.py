"""The port: what the rest of the room may ask of any push service.

Two exceptions only. `Refused`: this will never go; where the address itself is no more it is `Gone`, and
the subscription ends. `Unavailable`: it did not go, or nobody knows; try again later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Refused(Exception):
    """The service will never take this one. Never retried."""


class Gone(Refused):
    """The browser gave the address up: nothing is sent there any more."""


class Unavailable(Exception):
    """The service could not be reached, was too busy, or did not answer. Retried."""

    def __init__(self, why: str, *, wait: int = 0) -> None:
        super().__init__(why)
        self.wait = wait  # seconds that the service asks for; 0: it said nothing


@dataclass(frozen=True, slots=True)
class Address:
    """Where a browser listens: `endpoint` of its service, its public key and secret (base64url)."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One notice. `seconds`: how long the service keeps it for a phone that is off."""

    to: Address
    text: str
    seconds: int


class PushTransport(Protocol):
    """A way to the browsers. May be called from any thread, and blocks."""

    def send(self, outgoing: Outgoing, /) -> None:
        """Hand over one notice. Raises Refused (Gone) or Unavailable, nothing else."""

    def stop(self) -> None:
        """Let go of connections. Safe to call twice."""
