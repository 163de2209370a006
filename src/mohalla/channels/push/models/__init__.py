"""What is kept of notices."""

from mohalla.channels.push.models.delivery import Notice, NoticeState
from mohalla.channels.push.models.subscription import Subscription

__all__ = ["Notice", "NoticeState", "Subscription"]
