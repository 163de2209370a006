"""Which rows make up a case for the log: any of them changed without an act is found."""

from __future__ import annotations

from mohalla.foundation.approvals.models import Answer, Approval
from mohalla.foundation.ledger.files import Table
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import OwnerChange
from mohalla.foundation.reports.models import (
    Attachment,
    Contact,
    Message,
    Report,
    Sealed,
    SealedKey,
)
from mohalla.foundation.units.models import Barred
from mohalla.station.casework.models import (
    Case,
    ContactAttempt,
    Custody,
    Note,
    Outcome,
    Proof,
    Recipient,
    Record,
    StageMove,
)
from mohalla.station.casework.models.case import ROOM

TABLES = (
    Table(Case, "reference"),
    Table(Report, "reference"),
    Table(Contact, "report__reference"),
    Table(Sealed, "report__reference", leave=frozenset({"peeled", "peeled_at"})),
    Table(SealedKey, "report__reference"),
    Table(Message, "report__reference"),
    Table(Attachment, "report__reference", leave=frozenset({"copy", "copy_sha256"})),
    Table(Barred, "subject", only={"room": ROOM}),
    Table(Recipient, "case__reference"),
    Table(StageMove, "case__reference"),
    Table(Record, "case__reference"),
    Table(Note, "case__reference"),
    Table(Custody, "case__reference"),
    Table(ContactAttempt, "case__reference"),
    Table(Outcome, "case__reference", leave=frozenset({"reminders"})),
    Table(Proof, "outcome__case__reference"),
    Table(Promise, "subject", leave=frozenset({"next_at", "rests_since"}), only={"room": ROOM}),
    Table(Approval, "subject", only={"room": ROOM}),
    Table(Answer, "approval__subject", only={"approval__room": ROOM}),
    Table(OwnerChange, "promise__subject", only={"promise__room": ROOM}),
)
