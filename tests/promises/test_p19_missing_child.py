"""P19: a missing child is not left waiting: two hours, and one desk more at 30, 60 and 90 minutes."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.district import District

from mohalla.foundation.promises.models import Promise
from mohalla.site.schedule import run_due
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case
from mohalla.station.response.models import Alarm, ChildSearch, Ring

MINUTE = timedelta(minutes=1)
STEPS = (30, 60, 90)


def missing(district: District, **said: object) -> Case:
    return district.make_case(
        "my son Zain, six, red shirt, not home from school", category="missing_child", **said
    )  # type: ignore[arg-type]


def climbed(case: Case) -> list[int]:
    """Minutes after the report at which desks were told."""
    rows = Ring.objects.filter(alarm__case=case, why="child").order_by("since_at", "level")
    return [round((row.since_at - case.opened_at) / MINUTE) for row in rows]


def see(district: District, case: Case) -> None:
    """Seen at once, so that only the child's own clock climbs."""
    from mohalla.station.response import actions

    alarm = Alarm.objects.get(case=case)
    actions.arrive(alarm=alarm, viewer=district.viewer(district.ali), at=case.opened_at)


def test_promise_P19_every_minute_of_two_hours(
    district: District, figure: Callable[[str], None]
) -> None:
    case = missing(district)
    see(district, case)
    for minute in range(121):
        run_due(at=district.at + minute * MINUTE)
        search = ChildSearch.objects.get()
        assert search.climbed == sum(step <= minute for step in STEPS), minute
    contact = Promise.objects.get(subject=case.reference, kind="contact")
    assert contact.due_at == case.opened_at + timedelta(hours=2)
    assert contact.state == "broken"
    fir = Promise.objects.get(subject=case.reference, kind="record")
    assert fir.due_at <= case.opened_at + timedelta(hours=2)
    figure("121 minutes looked at one by one: steps at 30, 60 and 90, none early, none missed")


@pytest.mark.parametrize("seed", range(40))
def test_promise_P19_whatever_restarts_and_clocks_do(district: District, seed: int) -> None:
    """Looks at drawn moments, some missing for an hour, some twice, some with the clock a day off."""
    drawn = random.Random(seed)
    case = missing(district)
    see(district, case)
    most = 0
    for minute in sorted(drawn.sample(range(1, 200), 12)):
        if drawn.random() < 0.3:  # set back by a day: nothing may happen early
            run_due(at=district.at + (minute - 1440) * MINUTE)
        run_due(at=district.at + minute * MINUTE)
        run_due(at=district.at + minute * MINUTE)
        most = max(most, minute)
        assert ChildSearch.objects.get().climbed == sum(step <= most for step in STEPS), minute
    assert all(minute >= step for minute, step in zip(climbed(case), STEPS, strict=False))


def test_promise_P19_a_clock_that_jumps_a_day_ahead_takes_each_step_once(
    district: District,
) -> None:
    case = missing(district)
    see(district, case)
    run_due(at=district.at + timedelta(days=1))
    assert ChildSearch.objects.get().climbed == 3
    run_due(at=district.at + MINUTE)
    run_due(at=district.at + timedelta(days=1))
    assert ChildSearch.objects.get().climbed == 3


def test_promise_P19_answered_it_climbs_no_more(district: District) -> None:
    case = missing(district)
    see(district, case)
    casework.log_contact(
        case=case, officer=district.ali.pk, way="call", happened_at=district.at, reached=True,
        at=district.at + 5 * MINUTE,
    )  # fmt: skip
    run_due(at=district.at + 31 * MINUTE)
    assert ChildSearch.objects.get().climbed == 1  # spoken with, and no FIR
    casework.record_fir(
        case=case, officer=district.ali.pk, number="123/26", dated_on=district.at.date(),
        sections="364-A", at=district.at + 40 * MINUTE,
    )  # fmt: skip
    run_due(at=district.at + 61 * MINUTE)
    run_due(at=district.at + 200 * MINUTE)
    assert ChildSearch.objects.get().climbed == 1


def test_promise_P19_the_clock_counts_from_the_report_whoever_sorted_it_later(
    district: District,
) -> None:
    case = district.make_case("bacha subah se nahi mil raha", category="")
    later = district.at + 45 * MINUTE
    run_due(at=later)
    casework.classify(
        case=case, category="missing_child", by=f"officer:{district.tariq.pk}", at=later,
        place=district.mohalla_a.pk,
    )  # fmt: skip
    search = ChildSearch.objects.get()
    assert search.since_at == case.opened_at
    run_due(at=later)
    assert ChildSearch.objects.get().climbed == 1


def test_promise_P19_ended_too_early_it_rings_again(district: District) -> None:
    from mohalla.station.response import actions

    case = missing(district)
    alarm = Alarm.objects.get(case=case)
    actions.end(alarm=alarm, viewer=district.viewer(district.ali), how="spoke", at=district.at)
    run_due(at=district.at + 30 * MINUTE)
    assert Alarm.objects.filter(case=case).open().count() == 1
    actions.find_child(
        case=case, viewer=district.viewer(district.ali), at=district.at + 40 * MINUTE
    )
    run_due(at=district.at + 90 * MINUTE)
    assert ChildSearch.objects.get().climbed == 1
