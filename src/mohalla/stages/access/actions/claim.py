"""Ask for a new receipt; find the report that is meant; let the holder of the old one object."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mohalla.foundation import identifiers, seal
from mohalla.foundation.clock import PKT
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.text import clean, reference
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.owner import Owner
from mohalla.stages.access.actions.converse import Wanted, tell
from mohalla.stages.access.models import ReceiptClaim
from mohalla.stages.access.queries import claims as queries
from mohalla.stages.access.rules.claims import ANSWER, MOST_OPEN, WAIT, decider
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules.calling_back import RECEIPT

_log = logging.getLogger(__name__)
BATCH = 100


def ask(
    *, sought: str, told: str, contact: str, language: str, at: datetime, door: str = "web"
) -> str:
    """Keep what was told; returns the claim number, which is stored nowhere.

    Whether a report is meant is looked for afterwards (`look`): the one who asks must not be able
    to tell from the answer, nor from the time that it took.
    """
    key = identifiers.new_key()
    number = identifiers.claim_for(key)
    with transaction.atomic():
        ReceiptClaim.objects.create(
            id=key,
            claim_lookup=identifiers.receipt_lookup(number),
            sought=seal.seal(clean(sought)),
            told=seal.seal(clean(told)),
            contact=seal.seal(clean(contact)),
            door=door,
            language=language,
            asked_at=at,
            opens_at=at + WAIT,
        )
        ledger.record(
            what="new receipt asked for", room="access", subject="-", by="sender", at=at
        )  # fmt: skip
    return number


def look(*, at: datetime) -> int:
    """Find the reports of requests that came in; how many were looked at. Safe to run twice."""
    keys = ReceiptClaim.objects.filter(looked_at=None).order_by("asked_at")
    found = list(keys.values_list("pk", flat=True)[:BATCH])
    for key in found:
        with transaction.atomic():
            _look(key, at)
    return len(found)


def _look(key: UUID, at: datetime) -> None:
    claim = ReceiptClaim.objects.select_for_update().filter(pk=key, looked_at=None).first()
    if claim is None:
        return  # another process was faster
    claim.looked_at = at
    wanted = _wanted(claim)
    case = Case.objects.select_related("report").filter(reference=wanted or "-").first()
    if case is not None and len(queries.open_of(case)) < MOST_OPEN:
        _open(claim, case, at)
    claim.save()


def _wanted(claim: ReceiptClaim) -> str | None:
    try:
        return reference(seal.unseal(claim.sought))
    except seal.Unreadable:  # a key is missing: the clock must go on for everybody else
        _log.exception("the request %s cannot be opened", claim.pk)
        return None


def _open(claim: ReceiptClaim, case: Case, at: datetime) -> None:
    """The desk that decides, its promise, its door to the case, and the old contact told."""
    owner = _decider(case, at)
    claim.report, claim.unit_id = case.report, owner.unit or None
    if owner.unit:
        casework.address(case=case, owner=owner, why="receipt lost", by="system", at=at, lead=False)
    claim.promise = promises.make(
        promises.Owed(
            room=ROOM, subject=case.reference, kind=RECEIPT, owner=owner, made_at=at,
            due_at=claim.opens_at + ANSWER,
        ),
        by="sender",
    )  # fmt: skip
    ledger.record(
        what="new receipt asked for", room=ROOM, subject=case.reference, by="sender", at=at,
        door=claim.door,
    )  # fmt: skip
    # once a day: whoever knows a reference cannot have a phone ring all night
    day = claim.asked_at.astimezone(PKT).date()
    tell(case=case, wanted=Wanted(key="receipt_asked", case=case), event=f"claim:{day}", at=at)


def keep_desks(*, at: datetime) -> int:
    """A desk that has the case by now, or is excluded, decides no longer; how many moved.

    A request that nobody independent could take gets its desk as soon as there is one.
    """
    moved = 0
    for claim in ReceiptClaim.objects.filter(decided_at=None, report__isnull=False):
        case = Case.objects.select_related("report").get(pk=claim.report_id)
        _follow(claim)
        if not _may_stay(claim, case):
            with transaction.atomic():
                moved += _move(claim, case, at)
    return moved


def _may_stay(claim: ReceiptClaim, case: Case) -> bool:
    if claim.unit_id is None:
        return False
    if not units.barred(room=ROOM, subject=case.reference).allows_unit(claim.unit_id):
        return False
    return claim.unit_id != case.unit_id or units.directory().units[claim.unit_id].outside_force


def _move(claim: ReceiptClaim, case: Case, at: datetime) -> bool:
    owner = _decider(case, at)
    if (owner.unit or None) == claim.unit_id:
        return False
    ReceiptClaim.objects.filter(pk=claim.pk).update(unit_id=owner.unit or None)
    if owner.unit:
        casework.address(case=case, owner=owner, why="receipt lost", by="system", at=at, lead=False)
    owed = queries.running(claim)
    if owed is not None:
        promises.change_owner(promise=owed, to=owner, why="independent desk", by="system", at=at)
    return True


def _follow(claim: ReceiptClaim) -> None:
    """It was late, and a supervisor took the decision or gave it to somebody: it lies there now."""
    owed = queries.running(claim)
    if owed is not None and owed.unit_id not in {None, claim.unit_id}:
        ReceiptClaim.objects.filter(pk=claim.pk).update(unit_id=owed.unit_id)
        claim.unit_id = owed.unit_id


def _decider(case: Case, at: datetime) -> Owner:
    owner = decider(
        units.directory(),
        desk=case.unit_id,
        officer=case.officer_id,
        filed_by=case.report.filed_by_id,
        excluded=units.barred(room=ROOM, subject=case.reference),
        at=at,
    )
    return owner or Owner(unit=0, officer=None)
