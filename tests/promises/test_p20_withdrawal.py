"""P20: I can withdraw, nobody can withdraw for me: every path that somebody can take, by drawing."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.district import NOON, District, build

from mohalla.foundation import clock
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.people.models import Officer
from mohalla.foundation.reports.models import Report
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import viewer_at
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import Closing

WORDS = "the words that must stay"
CAST = ("ali", "sho", "hamid", "ehsan", "saima", "dawood", "farah", "tariq")
WAIT = timedelta(hours=72)


class Withdrawal(RuleBasedStateMachine):
    """A reporter who asks, takes back and reopens; officers of every desk who would end it."""

    district: District

    def __init__(self) -> None:
        super().__init__()
        self.at: datetime = NOON
        self.case_id = self.district.make_case(WORDS, at=NOON).pk
        self.asked: datetime | None = None
        self.called_by: Officer | None = None

    @property
    def case(self) -> Case:
        return Case.objects.select_related("report", "unit").get(pk=self.case_id)

    @rule(hours=st.sampled_from([1, 23, 48, 71, 72, 73]))
    def wait(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    @rule()
    def ask(self) -> None:
        case = self.case
        fresh = case.withdrawal_asked_at is None and case.closed_at is None
        casework.ask_withdrawal(case=case, door="web", at=self.at)
        if fresh:
            self.asked = self.at

    @precondition(lambda self: self.case.closed_at is not None)
    @rule()
    def reopen(self) -> None:
        casework.reopen(case=self.case, door="web", at=self.at, reason="again")
        self.asked = self.called_by = None

    @rule(who=st.sampled_from(CAST), free=st.booleans())
    def settle(self, who: str, free: bool) -> None:
        officer: Officer = getattr(self.district, who)
        viewer = viewer_at(units.directory(), officer=officer.pk, at=self.at)
        case = self.case
        try:
            casework.settle_withdrawal(
                case=case, officer=officer.pk, desks=viewer.units, free_will=free, at=self.at
            )
        except casework.WithdrawalRefused:
            return
        assert self.asked is not None, "settled what nobody asked for"
        assert case.unit_id not in viewer.units or officer.pk != case.officer_id
        assert not free or self.at >= self.asked + WAIT, "gone before its time"
        if free:
            self.called_by = officer
        else:
            self.asked = None

    @rule(who=st.sampled_from(CAST))
    def take(self, who: str) -> None:
        case, officer = self.case, getattr(self.district, who)
        viewer = viewer_at(units.directory(), officer=officer.pk, at=self.at)
        if case.closed_at is None and case.unit_id in viewer.units:
            casework.hand_over(
                case=case, to_officer=officer.pk, officer=officer.pk, note="", by=viewer.by,
                at=self.at,
            )  # fmt: skip

    @invariant()
    def withdrawn_only_by_her_and_one_more(self) -> None:
        case = self.case
        if case.closing != Closing.WITHDRAWN or case.closed_at is None:
            return
        assert self.asked is not None
        assert case.closed_at >= self.asked + WAIT
        said = Entry.objects.filter(subject=case.reference)
        assert said.filter(what="withdrawal asked", by="reporter").exists()
        call = said.filter(what="withdrawal of free will").latest("at", "id")
        assert self.called_by is not None
        assert call.by == f"officer:{self.called_by.pk}"

    @invariant()
    def what_was_said_stays(self) -> None:
        assert Report.objects.get(pk=self.case_id).body == WORDS
        assert Entry.objects.filter(subject=self.case.reference, what="report received").exists()


@pytest.mark.django_db
def test_promise_P20_nobody_withdraws_for_me(
    tmp_path: Any, settings: Any, figure: Callable[[str], None]
) -> None:
    examples = int(os.environ.get("PROOF_PATHS", "40"))
    settings.FILES_DIR = tmp_path / "files"
    with clock.fixed(NOON):
        Withdrawal.district = build(NOON)
        run_state_machine_as_test(Withdrawal, settings=_drawn(examples))
    figure(f"{examples} drawn paths of up to 30 steps: none ends in less than 72 hours or by one")


def _drawn(examples: int) -> settings:
    return settings(
        max_examples=examples, stateful_step_count=30, deadline=None, database=None,
        derandomize="PROOF_PATHS" not in os.environ,  # `make prove` draws new ones each time
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


@pytest.mark.django_db
def test_promise_P20_and_her_own_wish_is_done(district: District) -> None:
    """The positive twin: asked, 72 hours, an independent call: withdrawn."""
    case = district.make_case(WORDS)
    casework.ask_withdrawal(case=case, door="web", at=NOON)
    later = NOON + WAIT
    viewer = viewer_at(units.directory(), officer=district.saima.pk, at=later)
    casework.settle_withdrawal(
        case=Case.objects.get(pk=case.pk), officer=district.saima.pk, desks=viewer.units,
        free_will=True, at=later,
    )  # fmt: skip
    assert Case.objects.get(pk=case.pk).closing == Closing.WITHDRAWN


def test_promise_P20_what_is_settled_is_not_settled_again(district: District) -> None:
    """A second call, whatever is said in it, rewrites nothing of what the first one ended."""
    case = district.make_case(WORDS)
    casework.ask_withdrawal(case=case, door="web", at=NOON)
    later = NOON + WAIT
    viewer = viewer_at(units.directory(), officer=district.saima.pk, at=later)
    settled = {"officer": district.saima.pk, "desks": viewer.units, "at": later}
    casework.settle_withdrawal(case=Case.objects.get(pk=case.pk), free_will=True, **settled)
    for free in (True, False):
        with pytest.raises(casework.WithdrawalRefused, match="not_asked"):
            casework.settle_withdrawal(case=Case.objects.get(pk=case.pk), free_will=free, **settled)
    ended = Case.objects.get(pk=case.pk)
    assert (ended.closing, ended.withdrawal_asked_at) == (Closing.WITHDRAWN, NOON)
