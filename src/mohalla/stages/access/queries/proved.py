"""What somebody holds in their hand: the signed acknowledgement, and its place in the public log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from mohalla.foundation.identifiers import words_salt
from mohalla.foundation.ledger import key
from mohalla.foundation.ledger import queries as ledger
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.ledger.rules.commitments import moment
from mohalla.foundation.ledger.rules.encoding import encoded
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports import queries as reports
from mohalla.stages.access.rules import filing
from mohalla.stages.access.rules.filing import Filing
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM

RECEIVED = "report received"


@dataclass(frozen=True, kw_only=True)
class Proved:
    """`file` is the receipt file; `position` is None until the log holds it (seconds).

    `witnesses` are those who cosigned, `wanted` how many must; none wanted: none are claimed.
    """

    file: str
    short: str
    position: int | None
    size: int | None
    witnesses: tuple[str, ...]
    wanted: int


def acknowledged(entry: Entry, *, contact_by: datetime) -> Filing:
    """What the signed acknowledgement says about a filing; `entry` may be unsaved."""
    return Filing(
        log=key.signer().name,
        reference=entry.subject,
        received=moment(entry.at),
        contact_by=moment(contact_by),
        words=str(entry.facts["words"]),
        entry=encoded(entry.leaf()),
    )


def signed(entry: Entry, *, contact_by: datetime) -> str:
    """The acknowledgement as it is given out at once."""
    return filing.signed(acknowledged(entry, contact_by=contact_by), key.signer())


def filed(case: Case) -> Entry:
    """The act by which the report was received."""
    found = Entry.objects.filter(room=ROOM, subject=case.reference, what=RECEIVED)
    return found.order_by("at", "id")[0]


def of(case: Case) -> Proved | None:
    """None for a report from before there was a log."""
    entry = filed(case)
    if "words" not in entry.facts:
        return None
    owed = Promise.objects.filter(subject=case.reference, kind="contact").earliest("made_at")
    told = acknowledged(entry, contact_by=owed.due_at)
    proof = ledger.proof_of(entry)
    file = filing.with_proof(filing.signed(told, key.signer()), proof)
    checked = filing.verify(file, key.signer().verifier, key.witnesses())
    return Proved(
        file=file,
        short=told.short,
        position=checked.position,
        size=checked.tree.size if checked.tree else None,
        witnesses=checked.witnesses,
        wanted=settings.WITNESS_QUORUM,
    )


def words_opened(case: Case) -> tuple[str, str]:
    """The words as filed, and in base64 the salt that shows that the acknowledgement means them."""
    report = case.report
    return reports.opened(report, report.body), encoded(words_salt(report.pk))
