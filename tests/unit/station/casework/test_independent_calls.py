"""Calls by somebody independent: after silence, after a merge nothing is later, at the top."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.counter import DAY, HOUR, NOON, fresh, officer, promise, proposed, told, unit, viewer

from mohalla.foundation import identifiers
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports.submission import ContactWish
from mohalla.foundation.units import actions as units
from mohalla.foundation.units.models import Posting
from mohalla.station.casework import actions as casework
from mohalla.station.casework import queries
from mohalla.station.casework.models import Case

NIGHT = ContactWish(kind="phone", value="+923002220001", safe_from=20, safe_to=22)


def silent(monkeypatch: pytest.MonkeyPatch, *, drawn: bool, **given: object) -> Case:
    monkeypatch.setattr(identifiers, "drawn", lambda key, one_in: drawn)
    case = proposed(told(**given), at=NOON)  # type: ignore[arg-type]  # as told takes it
    casework.ask_again(at=NOON + timedelta(days=14))
    return fresh(case)


def test_one_in_ten_by_a_key_that_nobody_at_the_desk_has() -> None:
    keys = [identifiers.new_key() for _ in range(3000)]
    drawn = [key for key in keys if identifiers.drawn(key, one_in=10)]
    assert 200 < len(drawn) < 400
    assert all(identifiers.drawn(key, one_in=10) for key in drawn)


def test_after_silence_another_unit_calls_and_may_reopen(monkeypatch: pytest.MonkeyPatch) -> None:
    case = silent(monkeypatch, drawn=True)
    assert (case.stage, case.closing) == ("closed", "unconfirmed")
    call = promise(case, "call_back")
    assert (call.state, call.unit) == ("open", unit("sdpo-sangbagh"))
    rashid = viewer("rashid", NOON + 14 * DAY)
    assert queries.case_for(rashid, case.reference) == case
    casework.log_call_back(
        case=case, officer=rashid.officer, desks=rashid.units, reached=True, agrees=False,
        at=NOON + 15 * DAY,
    )  # fmt: skip
    case = fresh(case)
    assert (case.closed_at, case.closing, case.unit) == (None, "", unit("sdpo-sangbagh"))


def test_who_is_content_stays_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    case = silent(monkeypatch, drawn=True)
    rashid = viewer("rashid", NOON + 14 * DAY)
    casework.log_call_back(
        case=case, officer=rashid.officer, desks=rashid.units, reached=True, agrees=True,
        at=NOON + 15 * DAY,
    )  # fmt: skip
    assert fresh(case).closing == "unconfirmed"
    assert promise(case, "call_back").state == "kept"


def test_the_call_waits_for_a_safe_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    case = silent(monkeypatch, drawn=True, contact=NIGHT)
    assert promise(case, "call_back").due_at.hour == 15  # 20:00 in the district


@pytest.mark.parametrize("drawn", [True, False])
def test_nobody_is_called_who_was_not_drawn_or_gave_no_number(
    monkeypatch: pytest.MonkeyPatch, *, drawn: bool
) -> None:
    contact = ContactWish(kind="email", value="a@example.org") if drawn else None
    case = silent(monkeypatch, drawn=drawn, contact=contact)
    assert case.closing == "unconfirmed"
    assert not Promise.objects.filter(subject=case.reference, kind="call_back").exists()


def test_a_merge_keeps_the_earliest_due_time_of_each_kind() -> None:
    first, second = told(), told(at=NOON + HOUR)
    due = {row.kind: row.due_at for row in queries.open_promises(first)}
    casework.merge(case=first, into=second, officer=officer("ali").pk, at=NOON + 2 * HOUR)
    standing = {row.kind: row.due_at for row in queries.open_promises(second)}
    assert standing == due
    assert fresh(first).closing == "merged"
    ended = Promise.objects.filter(subject=second.reference, reason="merged", state="ended")
    assert {row.kind for row in ended} == {"contact", "outcome"}


def test_a_merge_into_the_earlier_one_changes_nothing_there() -> None:
    first, second = told(), told(at=NOON + HOUR)
    before = {row.pk for row in queries.open_promises(first)}
    casework.merge(case=second, into=first, officer=officer("ali").pk, at=NOON + 2 * HOUR)
    assert {row.pk for row in queries.open_promises(first)} == before


def at_the_top() -> Case:
    case = told(category="bribe", about_unit="thana-chinar")
    assert case.unit == unit("mohtasib")
    casework.ask_withdrawal(case=case, door="web", at=NOON)
    return fresh(case)


def test_at_the_top_the_one_who_has_the_case_cannot_end_it_alone() -> None:
    units.end_posting(
        posting=Posting.objects.get(officer=officer("zohra")), by="account:1", at=NOON - DAY
    )
    case, later = at_the_top(), NOON + timedelta(hours=73)
    call = promise(case, "withdrawal_call")
    assert (call.unit, call.officer) == (unit("mohtasib"), None)
    farah = viewer("farah", later)
    with pytest.raises(casework.WithdrawalRefused, match="same_desk"):
        casework.settle_withdrawal(
            case=case, officer=farah.officer, desks=farah.units, free_will=True, at=later
        )
    assert fresh(case).closed_at is None


def test_at_the_top_a_colleague_calls() -> None:
    case, later = at_the_top(), NOON + timedelta(hours=73)
    assert case.officer == officer("farah")
    assert promise(case, "withdrawal_call").officer == officer("zohra")
    zohra = viewer("zohra", later)
    casework.settle_withdrawal(
        case=case, officer=zohra.officer, desks=zohra.units, free_will=True, at=later
    )
    assert fresh(case).closing == "withdrawn"


def test_at_the_top_a_colleague_may_call_after_the_promise_is_late_too() -> None:
    case, later = at_the_top(), NOON + timedelta(hours=80)
    call = Promise.objects.filter(pk=promise(case, "withdrawal_call").pk)
    call.update(state="broken", ended_at=NOON + timedelta(hours=72))
    zohra = viewer("zohra", later)
    casework.settle_withdrawal(
        case=case, officer=zohra.officer, desks=zohra.units, free_will=True, at=later
    )
    assert fresh(case).closing == "withdrawn"


def test_the_desk_that_had_the_case_before_does_not_make_the_private_call() -> None:
    """Reopened above, the station may still read it; whether she withdraws freely others ask."""
    case = told()
    casework.close(case=case, closing="unconfirmed", by="system", at=NOON)
    casework.reopen(case=fresh(case), door="web", at=NOON + HOUR)
    case = fresh(case)
    station = viewer("ali", NOON)
    assert case.unit_id not in station.units
    casework.ask_withdrawal(case=case, door="web", at=NOON + 2 * HOUR)
    case, later = fresh(case), NOON + timedelta(hours=80)
    with pytest.raises(casework.WithdrawalRefused, match="same_desk"):
        casework.settle_withdrawal(
            case=case, officer=station.officer, desks=station.units, free_will=True, at=later
        )
    owing = promise(case, "withdrawal_call")
    assert owing.officer_id is not None
    assert owing.unit_id is not None
    casework.settle_withdrawal(
        case=case, officer=owing.officer_id, desks=frozenset({owing.unit_id}), free_will=True,
        at=later,
    )  # fmt: skip
    assert fresh(case).closing == "withdrawn"
