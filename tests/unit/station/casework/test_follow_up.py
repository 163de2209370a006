"""Reconciled is asked again, alone; and what an officer typed is asked back by another desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.district import build

from mohalla.foundation.promises.models import Promise
from mohalla.foundation.units import queries as units
from mohalla.station.casework import actions
from mohalla.station.casework import queries as cases

pytestmark = pytest.mark.django_db


def test_reconciled_is_asked_again_by_the_next_level_and_may_not_hold() -> None:

    at = datetime(2026, 3, 25, 6, 0, tzinfo=UTC)
    district = build(at)
    case = district.make_case(category="neighbour_dispute")
    officer = case.officer_id
    assert officer is not None
    actions.propose_outcome(
        case=case, officer=officer, kind="reconciled", what_done="Both signed.", reason="terms",
        artefacts=[actions.Artefact(kind="signed_note", number="7", taken_at=at)], at=at,
    )  # fmt: skip
    actions.confirm(case=case, door="web", at=at + timedelta(hours=1))
    owed = Promise.objects.get(subject=case.reference, kind="follow_up")
    assert owed.unit_id != case.unit_id
    assert owed.due_at >= at + timedelta(hours=73)
    assert owed.unit_id is not None
    upper = units.directory().heads(owed.unit_id, at)[0]
    with pytest.raises(actions.FollowUpRefused):
        actions.answer_follow_up(
            case=case, officer=officer, units=frozenset({case.unit_id or 0}), holds=True, at=at
        )
    later = at + timedelta(hours=74)
    actions.answer_follow_up(
        case=case, officer=upper, units=frozenset({owed.unit_id}), holds=False, at=later
    )
    case.refresh_from_db()
    assert case.closed_at is None
    assert cases.open_promise(case, "decision") is not None
    owed.refresh_from_db()
    assert owed.state == "kept"
