"""News for the rooms above, delivered at once, inside the transaction.

A room publishes a frozen dataclass; `site/wiring.py` says who listens. Slow work becomes a job
or delivery row in the subscriber, so that it exists exactly when the act does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")
_subscribers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[Event], listener: Callable[[Event], None]) -> None:
    """From now on `listener` runs for every published `kind`; a second time changes nothing."""
    if listener not in _subscribers[kind]:
        _subscribers[kind].append(listener)


def publish(event: object) -> None:
    """Run the subscribers in the order of their subscription; an exception stops the act."""
    for listener in _subscribers[type(event)]:
        listener(event)
