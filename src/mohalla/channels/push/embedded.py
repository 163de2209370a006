"""The mailbox on the screen: the row itself is the notice, `queries.mailbox` shows it."""

from __future__ import annotations

from mohalla.channels.push.port import Outgoing


class EmbeddedTransport:
    """Takes every notice at once."""

    def send(self, outgoing: Outgoing, /) -> None:
        """Accepted."""

    def stop(self) -> None:
        """Nothing to let go of."""
