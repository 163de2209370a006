"""What is kept of text messages."""

from mohalla.channels.sms.models.delivery import Delivery, DeliveryState, SentPart
from mohalla.channels.sms.models.inbound import Inbound, InboundState
from mohalla.channels.sms.models.part import Part
from mohalla.channels.sms.models.receipt import DeliveryReceipt
from mohalla.channels.sms.models.spent import Spent
from mohalla.channels.sms.models.unreadable import Unreadable

__all__ = [
    "Delivery",
    "DeliveryReceipt",
    "DeliveryState",
    "Inbound",
    "InboundState",
    "Part",
    "SentPart",
    "Spent",
    "Unreadable",
]
