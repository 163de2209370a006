"""The queue: order, load, the two-way ratio, the end of a shift."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.district import District

from mohalla.foundation import clock
from mohalla.foundation.promises import actions as promises
from mohalla.station.casework import actions, figures, queries
from mohalla.station.casework.models import Case


def test_the_oldest_promise_comes_first_and_late_ones_are_marked(district: District) -> None:
    older = district.make_case(at=district.at - timedelta(hours=7))
    newer = district.make_case()
    page = district.client(district.ali).get("/desk/").content.decode()
    assert page.index(older.reference) < page.index(newer.reference)
    with clock.fixed(district.at + timedelta(hours=2)):  # due, and the clock has not looked yet
        assert "late</span>" in district.client(district.ali).get("/desk/").content.decode()


def test_what_is_broken_stays_in_sight(district: District) -> None:
    case = district.make_case(at=district.at - timedelta(days=40))
    for promise in queries.open_promises(case):
        promises.break_promise(
            promise=promise, ended_at=promise.due_at, by="system", at=district.at
        )
    viewer = district.viewer(district.ali)
    assert not queries.queue(viewer)
    assert case.reference in district.client(district.ali).get("/desk/").content.decode()


def test_the_queue_costs_the_same_with_many_cases(district: District) -> None:
    ali = district.client(district.ali)
    district.make_case()
    ali.get("/desk/")
    with CaptureQueriesContext(connection) as few:
        ali.get("/desk/")
    for number in range(6):
        district.make_case(f"lamp {number}")
    with CaptureQueriesContext(connection) as many:
        ali.get("/desk/")
    assert len(many) == len(few) <= 13  # one says whether the spend stop holds messages back


def test_load_counts_only_my_own(district: District) -> None:
    district.make_case()
    ali, sho = (district.viewer(who) for who in (district.ali, district.sho))
    load = figures.load(ali, broken={}, at=district.at)
    assert (load.open, load.today, load.late) == (2, 1, 0)  # contact in 8 h; outcome later
    assert figures.load(sho, broken={}, at=district.at).open == 0
    late = figures.load(ali, broken={}, at=district.at + timedelta(hours=9))
    assert late.late == 1


def test_the_two_way_ratio_counts_answers_in_time(district: District) -> None:
    viewer = district.viewer(district.ali)
    assert figures.two_way(viewer, at=district.at).percent is None
    answered, late, waiting = (district.make_case(f"lamp {n}") for n in range(3))
    for case in (answered, late):
        actions.say(case=case, text="What now?", door="web", at=district.at)
    actions.reply(
        case=answered, officer=district.ali.pk, text="We come today.",
        at=district.at + timedelta(hours=1),
    )  # fmt: skip
    day_later = district.at + timedelta(hours=25)
    actions.say(case=waiting, text="And mine?", door="web", at=day_later)
    ratio = figures.two_way(viewer, at=day_later)
    assert (ratio.asked, ratio.in_time, ratio.percent) == (2, 1, 50)
    assert figures.two_way(district.viewer(district.ehsan), at=day_later).asked == 0


def test_the_end_of_a_shift_hands_everything_over(district: District) -> None:
    cases = [district.make_case(f"lamp {number}") for number in range(2)]
    ali = district.client(district.ali)
    said = {
        "unit": district.station_a.pk, "to_officer": district.hamid.pk, "note": "Look at the pole."
    }  # fmt: skip
    refused = ali.post("/desk/handover/", said | {"note": ""})
    assert refused.status_code == 422
    assert ali.post("/desk/handover/", said | {"to_officer": district.ehsan.pk}).status_code == 422
    assert ali.post("/desk/handover/", said).status_code == 302
    for case in cases:
        case.refresh_from_db()
        assert case.officer_id == district.hamid.pk
        assert {row.officer_id for row in queries.open_promises(case)} == {district.hamid.pk}
        assert case.notes.get().text == "Look at the pole."


def test_nobody_posted_sees_an_empty_queue(district: District) -> None:
    case = district.make_case()
    page = district.client(district.ehsan).get("/desk/").content.decode()
    assert case.reference not in page
    assert Case.objects.count() == 1
