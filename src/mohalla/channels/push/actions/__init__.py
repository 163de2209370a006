"""What can be done with notices."""

from mohalla.channels.push.actions.deliver_due import deliver_due
from mohalla.channels.push.actions.send import send, send_to_officer, send_to_subject
from mohalla.channels.push.actions.subscribe import (
    TooMany,
    end,
    forget_old,
    forget_subject,
    subscribe,
)

__all__ = [
    "TooMany",
    "deliver_due",
    "end",
    "forget_old",
    "forget_subject",
    "send",
    "send_to_officer",
    "send_to_subject",
    "subscribe",
]
