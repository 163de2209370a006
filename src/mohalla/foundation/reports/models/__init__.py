from mohalla.foundation.reports.models.attachment import Attachment
from mohalla.foundation.reports.models.contact import Contact
from mohalla.foundation.reports.models.message import Message
from mohalla.foundation.reports.models.report import Idempotency, Report
from mohalla.foundation.reports.models.sealed import Sealed, SealedKey

__all__ = ["Attachment", "Contact", "Idempotency", "Message", "Report", "Sealed", "SealedKey"]
