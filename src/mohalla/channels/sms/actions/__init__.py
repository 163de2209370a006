"""What can be done with text messages. Keyword-only; each takes the moment it happens at."""

from mohalla.channels.sms.actions.deliver_due import deliver_due
from mohalla.channels.sms.actions.forget import forget_texts
from mohalla.channels.sms.actions.handle_inbound import handle, handle_due
from mohalla.channels.sms.actions.join_parts import close_waiting_parts, keep_part
from mohalla.channels.sms.actions.keep_inbound import clear_words, keep
from mohalla.channels.sms.actions.note_receipt import match_late_receipts, note_receipt
from mohalla.channels.sms.actions.receive_text import receive
from mohalla.channels.sms.actions.send_text import (
    cancel,
    cancel_news,
    cancel_to,
    forget_subject,
    send,
)

__all__ = [
    "cancel",
    "cancel_news",
    "cancel_to",
    "clear_words",
    "close_waiting_parts",
    "deliver_due",
    "forget_subject",
    "forget_texts",
    "handle",
    "handle_due",
    "keep",
    "keep_part",
    "match_late_receipts",
    "note_receipt",
    "receive",
    "send",
]
