"""What is done when two bodies agreed, and how a desk asks for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from mohalla.foundation import catalogue, events
from mohalla.foundation.approvals import actions as approvals
from mohalla.foundation.approvals import queries as asked
from mohalla.foundation.approvals.actions import ApprovalRefused
from mohalla.foundation.approvals.models import Approval
from mohalla.foundation.approvals.rules.hands import Hand
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.reports import actions as writing
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.seal import browser
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.actions.address import reroute, reroute_checked
from mohalla.station.casework.actions.classify import classify
from mohalla.station.casework.actions.destroy import check_destroy, destroy_words
from mohalla.station.casework.events import Agreed
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules.two_bodies import (
    DESTROY,
    GRAVEST,
    RECLASSIFY,
    REROUTE,
    UNMASK,
)

OPEN_FOR = timedelta(hours=72)  # how long an identity stays open to the desk that asked


def ask_two_bodies(
    *,
    case: Case,
    act: str,
    arguments: dict[str, Any],
    reason: str,
    viewer: Viewer,
    of_unit: int,
    at: datetime,
) -> Approval:
    """The desk that has the case asks another body. Raises what the act itself would be refused with,
    and `ApprovalRefused`."""
    if case.unit_id is None or case.unit_id not in viewer.units:
        raise ApprovalRefused("posted")
    _possible(case, act, arguments, of_unit, at)
    return approvals.ask(
        act=act, room=ROOM, subject=case.reference, arguments=arguments, reason=reason,
        hand=Hand(officer=viewer.officer, unit=case.unit_id), of_unit=of_unit, at=at,
        sensitivity=case.sensitivity,
    )  # fmt: skip


def _possible(case: Case, act: str, arguments: dict[str, Any], of_unit: int, at: datetime) -> None:
    if case.closed_at is not None and act in {REROUTE, RECLASSIFY}:
        raise ApprovalRefused("closed")
    if act == REROUTE:
        reroute_checked(case=case, to_unit=arguments["to_unit"], is_head=True, at=at)
    elif act == RECLASSIFY:
        catalogue.get().category(arguments["category"])
    elif act == DESTROY:
        check_destroy(case)
    elif case.sensitivity != GRAVEST:
        raise ApprovalRefused("open")
    else:
        _two_locks(case, of_unit)


def _two_locks(case: Case, of_unit: int) -> None:
    """What a device sealed opens with the keys of two certain desks, whoever else would agree."""
    sealing = reports.sealing_of(case.report)
    if sealing is None:
        return
    if not sealing.identity:
        raise ApprovalRefused("nothing")
    if (case.unit_id, of_unit) != (sealing.inner_id, sealing.outer_id):
        raise ApprovalRefused("locks")


def reroute_agreed(approval: Approval, at: datetime) -> None:
    case = _case(approval)
    assert approval.asked_by_id is not None
    reroute(
        case=case, to_unit=approval.arguments["to_unit"], officer=approval.asked_by_id,
        is_head=True, reason=asked.reason_of(approval), at=at, approval=str(approval.pk),
    )  # fmt: skip


def reclassify_agreed(approval: Approval, at: datetime) -> None:
    case = _case(approval)
    classify(
        case=case, category=approval.arguments["category"],
        by=f"officer:{approval.asked_by_id}", at=at, what="reclassified", approval=str(approval.pk),
    )  # fmt: skip
    events.publish(Agreed(case=case.pk, act=RECLASSIFY, at=at))


def destroy_agreed(approval: Approval, at: datetime) -> None:
    case = _case(approval)
    destroy_words(case=case, by=f"officer:{approval.asked_by_id}", at=at, approval=str(approval.pk))


def unmask_agreed(approval: Approval, at: datetime) -> None:
    """The desk that asked sees name and number from now on, for a time.

    Of what a device sealed the other desk's browser has opened its layer, or nothing is agreed.
    """
    case = _case(approval)
    sealing = reports.sealing_of(case.report)
    if sealing is not None and not sealing.peeled:
        raise ApprovalRefused("peeled")
    ledger.record(
        what="identity opened", room=ROOM, subject=case.reference, at=at,
        by=f"officer:{approval.asked_by_id}", unit=approval.asked_for_id, approval=str(approval.pk),
    )  # fmt: skip
    events.publish(Agreed(case=case.pk, act=UNMASK, at=at))


def peel(*, case: Case, peeled: str, at: datetime) -> None:
    """Keep what the other desk's browser found under its layer. Raises `ApprovalRefused`."""
    armoured = peeled.replace("\r\n", "\n").strip()
    try:
        fits = browser.looked_at(armoured).keys == 1
    except browser.Malformed:
        fits = False
    if not fits:
        raise ApprovalRefused("peeled")
    writing.keep_peeled(report=case.report, peeled=armoured, at=at)


def _case(approval: Approval) -> Case:
    """As it stands now; still at the desk that asked, and open as far as the act needs it."""
    found = Case.objects.select_for_update(of=("self",)).select_related("report", "unit")
    case = found.get(reference=approval.subject)
    if case.unit_id != approval.asked_for_id:
        raise ApprovalRefused("moved")
    if case.closed_at is not None and approval.act in {REROUTE, RECLASSIFY}:
        raise ApprovalRefused("closed")
    return case
