"""Reading a report; who may do so is decided above, before these are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from mohalla.foundation import identifiers, seal
from mohalla.foundation.reports.models import Contact, Message, Report, Sealed, SealedKey
from mohalla.foundation.reports.submission import ONLY_WRITE


def by_receipt(typed: str) -> Report | None:
    """The report of a receipt in any script and grouping; unknown and malformed look alike."""
    lookup = identifiers.receipt_lookup(identifiers.normal_receipt(typed))
    return Report.objects.filter(receipt_lookup=lookup).first()


def readable(report: Report) -> bool:
    """Whether this server can read the body at all."""
    return report.envelope in {Report.Envelope.NONE, Report.Envelope.SERVER}


def opened(report: Report, value: str) -> str:
    """A field of the report as said; what a device sealed comes as it is, and pages know it."""
    if value and report.envelope == Report.Envelope.SERVER:
        return seal.unseal(value)
    return value


@dataclass(frozen=True)
class SealedTexts:
    """`keys`: the report's private key by the id of the desk's key it is sealed to; `words`: the
    report and its messages, sealed to that key's public half where a device sealed them."""

    keys: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


def sealing_of(report: Report) -> Sealed | None:
    """How it is sealed, where its sender's own device did that."""
    return Sealed.objects.filter(report=report).first() if not readable(report) else None


def key_of_reporter(report: Report) -> str:
    """The report's private key, sealed to what follows of the receipt; empty: none."""
    rows = SealedKey.objects.filter(report=report, desk_key=None)
    return rows.values_list("sealed", flat=True).first() or ""


def keys_of_desks(report: Report) -> dict[UUID, str]:
    """The same key sealed to desks, by the id of the desk's key."""
    rows = SealedKey.objects.filter(report=report).exclude(desk_key=None)
    return {key: sealed for key, sealed in rows.values_list("desk_key_id", "sealed") if key}


def sealed_texts(found: Sequence[Report], desk_keys: set[UUID]) -> dict[UUID, SealedTexts]:
    """What holders of these desks' keys may open of each report that its device sealed: two statements
    for all of them."""
    texts = {report.pk: SealedTexts(words=[report.body] if report.body else []) for report in found}
    mine = SealedKey.objects.filter(report__in=texts, desk_key__in=desk_keys)
    for report, key, sealed in mine.values_list("report_id", "desk_key_id", "sealed"):
        texts[report].keys[str(key)] = sealed
    for message in Message.objects.filter(report__in=texts).order_by("at", "pk"):
        texts[message.report_id].words.append(message_text(message))
    return texts


def units_with_key(report: Report) -> set[int]:
    """Desks to which the report's key was sealed, in whatever version of theirs."""
    rows = SealedKey.objects.filter(report=report, desk_key__isnull=False)
    return set(rows.values_list("desk_key__unit_id", flat=True))


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
