"""The alarm at the desk: who hears it, who does not, its four times, climbing, sending, ending."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.district import District

from mohalla.foundation import clock
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.units.models import Leave
from mohalla.site.schedule import run_due
from mohalla.station.casework.models import Case
from mohalla.station.response import actions, queries
from mohalla.station.response.models import Alarm, LivePlace, Ring

MINUTE = timedelta(minutes=1)


def raised(district: District, **said: object) -> tuple[Case, Alarm]:
    case = district.make_case(danger=True, **said)  # type: ignore[arg-type]
    return case, Alarm.objects.get(case=case)


def heard(district: District, officer: object) -> list[str]:
    viewer = district.viewer(officer)  # type: ignore[arg-type]
    return [row.case.reference for row in queries.open_at(viewer)]


def rung(alarm: Alarm) -> list[str]:
    rows = Ring.objects.filter(alarm=alarm).select_related("unit").order_by("since_at", "pk")
    return [row.unit.code for row in rows]


def test_it_stands_above_every_page_of_its_desk_and_of_no_other(district: District) -> None:
    case, alarm = raised(district)
    ali = district.client(district.ali)
    for page in ("/desk/", "/desk/search/", "/desk/decisions/", "/desk/me/"):
        assert "Danger now" in ali.get(page).content.decode(), page
        assert case.reference in ali.get(page).content.decode(), page
    ehsan = district.client(district.ehsan)
    assert case.reference not in ehsan.get("/desk/").content.decode()
    for address in ("", "seen", "going", "arrived", "sent", "ended"):
        method = ehsan.get if address == "" else ehsan.post
        assert method(f"/desk/alarms/{alarm.pk}/{address}").status_code == 404, address
    alarm.refresh_from_db()
    assert alarm.seen_at is None


def test_the_strip_comes_by_itself_and_is_no_use_of_the_session(district: District) -> None:
    case, _alarm = raised(district)
    ali = district.client(district.ali)
    ali.get("/desk/")
    with clock.fixed(district.at + 5 * MINUTE):
        strip = ali.get("/desk/alarms/strip")
    assert case.reference in strip.content.decode()
    assert 'data-alarm="loud"' in strip.content.decode()
    with clock.fixed(
        district.at + 31 * MINUTE
    ):  # asked every few seconds, and signed out all the same
        assert ali.get("/desk/alarms/strip").headers["Location"].startswith("/sign-in/")
    answer = district.client(None).get("/desk/alarms/strip")
    assert answer.headers["Location"].startswith("/sign-in/")


def test_the_four_times_and_the_end_are_written_down(district: District) -> None:
    case, alarm = raised(district)
    ali = district.client(district.ali)
    steps = ("seen", "going", "arrived")
    for after, step in enumerate(steps, start=1):
        with clock.fixed(district.at + after * MINUTE):
            assert ali.post(f"/desk/alarms/{alarm.pk}/{step}").status_code == 302
    with clock.fixed(district.at + 4 * MINUTE):
        page = ali.post(f"/desk/alarms/{alarm.pk}/ended", {"how": "met"}, follow=True)
    assert "The alarm is over" in page.content.decode()
    alarm.refresh_from_db()
    told = (alarm.seen_at, alarm.on_way_at, alarm.arrived_at, alarm.ended_at)
    assert told == tuple(district.at + after * MINUTE for after in (1, 2, 3, 4))
    assert alarm.officer == district.ali
    said = list(Entry.objects.filter(subject=case.reference).values_list("what", flat=True))
    for what in (
        "alarm raised",
        "alarm seen",
        "alarm on the way",
        "alarm arrived",
        "alarm ended met",
    ):
        assert what in said, what
    case.refresh_from_db()
    assert case.closed_at is None
    assert "Danger now:" not in ali.get("/desk/").content.decode()
    again = ali.post(f"/desk/alarms/{alarm.pk}/going", follow=True)
    assert "over already" in again.content.decode()


def test_it_does_not_end_without_saying_how(district: District) -> None:
    _case, alarm = raised(district)
    for how in ("", "safe", "closed"):
        district.client(district.ali).post(f"/desk/alarms/{alarm.pk}/ended", {"how": how})
    alarm.refresh_from_db()
    assert alarm.ended_at is None


def test_it_climbs_by_the_minute_until_somebody_has_seen_it(district: District) -> None:
    case, alarm = raised(district)
    for after, desks in ((1, ["station_a"]), (2, ["station_a", "sdpo"]),
                         (3, ["station_a", "sdpo"]), (4, ["station_a", "sdpo", "dpo"]),
                         (60, ["station_a", "sdpo", "dpo"])):  # fmt: skip
        run_due(at=district.at + after * MINUTE)
        run_due(at=district.at + after * MINUTE)  # twice is once
        assert rung(alarm) == desks, after
    assert heard(district, district.dawood) == [case.reference]
    alarm.refresh_from_db()
    assert alarm.loud_since is not None  # and those who know go on hearing it


def test_seen_in_time_climbs_only_when_nobody_goes(district: District) -> None:
    _case, alarm = raised(district)
    actions.see(alarm=alarm, viewer=district.viewer(district.ali), at=district.at + MINUTE)
    run_due(at=district.at + 5 * MINUTE)
    assert rung(alarm) == ["station_a"]
    run_due(at=district.at + 6 * MINUTE)
    assert rung(alarm) == ["station_a", "sdpo"]
    alarm.refresh_from_db()
    assert alarm.loud_since is not None  # it sounds again
    actions.go(alarm=alarm, viewer=district.viewer(district.saima), at=district.at + 7 * MINUTE)
    run_due(at=district.at + 36 * MINUTE)
    assert rung(alarm) == ["station_a", "sdpo"]


def test_it_never_climbs_into_the_excluded_set(district: District) -> None:
    case, alarm = raised(
        district, text="the SHO is here and beats us", category="torture", about_unit="station_a"
    )
    for after in range(1, 30):
        run_due(at=district.at + after * MINUTE)
    barred = {"station_a", "sdpo", "dpo"}
    assert not barred & set(rung(alarm))
    for officer in (district.ali, district.sho, district.saima, district.dawood):
        assert not heard(district, officer)
        page = district.client(officer).get(f"/desk/alarms/{alarm.pk}/")
        assert page.status_code == 404
    assert heard(district, district.farah) == [case.reference]
    farah = district.client(district.farah)
    farah.post(f"/desk/alarms/{alarm.pk}/sent", {"unit": str(district.station_a.pk)})
    assert "station_a" not in rung(alarm)


def test_a_desk_that_is_sent_gets_the_place_and_not_the_words(district: District) -> None:
    secret = "he will kill me because of the land"
    case, alarm = raised(district, text=secret, category="", place="", landmark="near the old mill")
    tariq, ehsan = district.client(district.tariq), district.client(district.ehsan)
    assert heard(district, district.tariq) == [case.reference]
    form = {"unit": str(district.station_b.pk), "note": "two men, one gun"}
    assert tariq.post(f"/desk/alarms/{alarm.pk}/sent", form).status_code == 302
    page = ehsan.get(f"/desk/alarms/{alarm.pk}/").content.decode()
    assert "near the old mill" in page
    assert "two men, one gun" in page
    assert secret not in page
    assert district.client(district.ehsan).get(f"/desk/cases/{case.reference}/").status_code == 404
    assert "923001234567" not in page  # not before somebody has taken it
    ehsan.post(f"/desk/alarms/{alarm.pk}/going")
    assert "923001234567" in ehsan.get(f"/desk/alarms/{alarm.pk}/").content.decode()
    opened = Entry.objects.filter(subject=case.reference, what="alarm opened")
    assert opened.filter(by=f"officer:{district.ehsan.pk}").count() == 1
    assert "two men" not in str(list(Ring.objects.values_list("note", flat=True)))


def test_safe_ends_nothing_and_the_warning_word_makes_it_loud(district: District) -> None:
    case, alarm = raised(district)
    actions.see(alarm=alarm, viewer=district.viewer(district.ali), at=district.at + MINUTE)
    actions.say_safe(case=case, duress=False, door="web", at=district.at + 2 * MINUTE)
    alarm.refresh_from_db()
    assert alarm.ended_at is None
    assert alarm.next_at is None
    plain = Entry.objects.filter(subject=case.reference, what="alarm safe").latest("at")
    actions.say_safe(case=case, duress=True, door="web", at=district.at + 3 * MINUTE)
    alarm.refresh_from_db()
    assert alarm.loud_since == district.at + 3 * MINUTE
    assert rung(alarm) == ["station_a", "sdpo"]
    said = Entry.objects.filter(subject=case.reference, what="alarm safe").latest("at")
    assert (said.by, said.facts) == (plain.by, plain.facts)  # her history says the same of both
    assert "DURESS" in district.client(district.ali).get("/desk/").content.decode()
    actions.say_safe(case=case, duress=False, door="web", at=district.at + 4 * MINUTE)
    alarm.refresh_from_db()
    assert alarm.loud_since is not None  # a plain word after it takes nothing back


def test_called_again_it_is_loud_again_and_counts_nothing(district: District) -> None:
    case, alarm = raised(district)
    actions.see(alarm=alarm, viewer=district.viewer(district.ali), at=district.at + MINUTE)
    actions.say_safe(case=case, duress=False, door="web", at=district.at + 2 * MINUTE)
    actions.raise_alarm(case=case, door="sms", at=district.at + 3 * MINUTE)
    alarm.refresh_from_db()
    assert alarm.loud_since == district.at + 3 * MINUTE
    assert alarm.safe_at is None
    assert Alarm.objects.count() == 1
    fields = {field.name for model in (Alarm, Ring) for field in model._meta.get_fields()}
    assert not fields & {"false", "false_calls", "count", "score", "strikes"}


def test_her_place_is_the_latest_only_and_goes_with_the_alarm(district: District) -> None:
    case, alarm = raised(district)
    for lat in (34.1, 34.2):
        actions.show_place(case=case, lat=lat, lon=71.5, radius=20, at=district.at)
    assert LivePlace.objects.count() == 1
    page = district.client(district.ali).get(f"/desk/alarms/{alarm.pk}/").content.decode()
    assert "34.20000" in page
    assert "34.10000" not in page
    assert "34.2" not in LivePlace.objects.get().sealed
    actions.forget_places(at=district.at + 59 * MINUTE)
    assert LivePlace.objects.exists()
    actions.forget_places(at=district.at + 61 * MINUTE)
    assert not LivePlace.objects.exists()
    actions.show_place(case=case, lat=34.2, lon=71.5, radius=20, at=district.at)
    actions.end(alarm=alarm, viewer=district.viewer(district.ali), how="met", at=district.at)
    assert not LivePlace.objects.exists()
    assert not actions.show_place(case=case, lat=34.2, lon=71.5, radius=20, at=district.at)


def test_whoever_is_on_leave_hears_nothing(district: District) -> None:
    raised(district)
    Leave.objects.create(officer=district.ali, starts_at=district.at - MINUTE)
    from mohalla.foundation.units import queries as units

    units.forget()
    assert not heard(district, district.ali)


def test_many_alarms_cost_what_one_costs(district: District) -> None:
    raised(district)
    ali = district.client(district.ali)
    ali.get("/desk/alarms/strip")
    with CaptureQueriesContext(connection) as few:
        ali.get("/desk/alarms/strip")
    for number in range(6):
        raised(district, text=f"help {number}")
    with CaptureQueriesContext(connection) as many:
        ali.get("/desk/alarms/strip")
    assert len(many) == len(few) <= 6


@pytest.mark.parametrize("unit", ["", "x", "0", "999999", "-1"])
def test_only_desks_of_the_list_can_be_sent(district: District, unit: str) -> None:
    _case, alarm = raised(district)
    page = district.client(district.ali).post(
        f"/desk/alarms/{alarm.pk}/sent", {"unit": unit}, follow=True
    )
    assert "may not have this alarm" in page.content.decode()
    assert rung(alarm) == ["station_a"]


def test_one_officer_speaks_with_the_family_and_they_see_who(district: District) -> None:
    from mohalla.foundation import identifiers

    case, alarm = raised(district, text="my son Zain, six", category="missing_child")
    ali = district.client(district.ali)
    ali.post(f"/desk/alarms/{alarm.pk}/family")
    receipt = identifiers.receipt_for(case.report.pk, 1)
    track = district.client(None).post("/track/", {"receipt": receipt}).content.decode()
    assert "The officer who speaks with you" in track
    assert "Station A" in track
    page = ali.post(f"/desk/alarms/{alarm.pk}/found", follow=True).content.decode()
    assert "The child is found" in page
    _other, plain = raised(district, text="a light")
    gone = ali.post(f"/desk/alarms/{plain.pk}/found", follow=True).content.decode()
    assert "No child is looked for here" in gone
