"""What can be done with notices. Keyword-only; each takes the moment it happens at."""

from mohalla.channels.notices.actions.broadcast import begin, stop
from mohalla.channels.notices.actions.fan_out import hand_over, turn
from mohalla.channels.notices.actions.forget import forget_wishes
from mohalla.channels.notices.actions.notify import notify
from mohalla.channels.notices.actions.subscribe import (
    confirm,
    subscribe,
    unsubscribe,
    unwish,
    wish,
    wished,
)

__all__ = [
    "begin",
    "confirm",
    "forget_wishes",
    "hand_over",
    "notify",
    "stop",
    "subscribe",
    "turn",
    "unsubscribe",
    "unwish",
    "wish",
    "wished",
]
