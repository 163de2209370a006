"""Reading a report; who may do so is decided above, before these are called."""

from __future__ import annotations

from django.db.models import Q

from mohalla.foundation import identifiers, seal
from mohalla.foundation.reports.models import Contact, Message, Report
from mohalla.foundation.reports.submission import ONLY_WRITE


def by_receipt(typed: str) -> Report | None:
    """The report of a receipt in any script and grouping; unknown and malformed look alike."""
    lookup = identifiers.receipt_lookup(identifiers.normal_receipt(typed))
    return Report.objects.filter(receipt_lookup=lookup).first()


def readable(report: Report) -> bool:
    """Whether this server can read the body at all."""
    return report.envelope in {Report.Envelope.NONE, Report.Envelope.SERVER}


def opened(report: Report, value: str) -> str:
    """A sealed field of the report as said; empty where only the browser could open it."""
    if not value or report.envelope == Report.Envelope.NONE:
        return value
    if report.envelope == Report.Envelope.SERVER:
        return seal.unseal(value)
    return ""


def message_text(message: Message) -> str:
    return seal.unseal(message.body) if message.sealed else message.body


def words_of(report: Report) -> str:
    """All that the reporter wrote: the report itself, then each message; for rules, not for pages."""
    later = Message.objects.filter(report=report, officer=None).order_by("at", "pk")
    return "\n".join([opened(report, report.body), *(message_text(row) for row in later)])


def wish_of_phone(number: str) -> Contact | None:
    """When and how the owner of this number said that it is safe, for whatever report, latest."""
    rows = Contact.objects.filter(lookup=identifiers.contact_lookup(number), removed_at=None)
    said = rows.filter(Q(safe_from__isnull=False) | Q(way__in=["call", ONLY_WRITE]))
    return said.order_by("-added_at").first()


def contact_of(report: Report) -> Contact | None:
    """The way in force to reach the reporter, if any."""
    return Contact.objects.filter(report=report, removed_at=None).order_by("-added_at").first()


def contact_value(contact: Contact) -> str:
    return seal.unseal(contact.value_sealed)


def is_reached_at(report: Report, number: str) -> bool:
    """Whether this number is the way in force to reach the reporter."""
    lookup = identifiers.contact_lookup(number)
    return Contact.objects.filter(report=report, lookup=lookup, removed_at=None).exists()


def of_phone(number: str, *, limit: int = 5) -> list[Report]:
    """The latest reports that this number may hear about, newest first."""
    lookup = identifiers.contact_lookup(number)
    return list(
        Report.objects.filter(Q(contacts__lookup=lookup), Q(contacts__removed_at=None)).order_by(
            "-received_at"
        )[:limit]
    )
