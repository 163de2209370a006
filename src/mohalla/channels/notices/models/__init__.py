"""What is kept of notices: who asked for the messages of an area, and where each of them stands."""

from mohalla.channels.notices.models.broadcast import Broadcast, Leftover, Leg
from mohalla.channels.notices.models.subscriber import Subscriber, Wish

__all__ = ["Broadcast", "Leftover", "Leg", "Subscriber", "Wish"]
