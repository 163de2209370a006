"""A complaint about a station leaves no trace there, today or after tomorrow's transfer."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.counter import DAY, HOUR, NOON, fresh, officer, promise, told, unit, viewer

from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import OwnerChange, Promise
from mohalla.foundation.units import actions as units
from mohalla.foundation.units.models import Barred
from mohalla.stages.access.actions.hear import hear
from mohalla.station.casework import actions as casework
from mohalla.station.casework import queries
from mohalla.station.casework.models import Case
from mohalla.station.response import queries as alarms

CHINAR = ("ali", "gulzar", "nadir", "kamran")
ABOVE = ("rashid", "haroon", "asad")
BESIDE = ("ehsan", "wazir", "sana", "zoya", "samina", "tariq")
WORDS = "Thanedar ne report likhne ke paise mange"


def sees(code: str, case: Case, at: object = NOON) -> bool:
    """Whether any door shows the case; all of them must agree."""
    who = viewer(code, at)  # type: ignore[arg-type]
    try:
        queries.case_for(who, case.reference)
        door = True
    except queries.CaseHidden:
        door = False
    found = {
        "queue": case.reference in {row.subject for row in queries.queue(who, limit=1000)},
        "search": case in queries.search(who, case.reference),
        "list": case.reference in queries.cases_by_reference(who, {case.reference}),
    }
    if not door:
        assert not any(found.values()), (code, found)
        assert case.pk not in {row.case_id for row in alarms.open_at(who)}
    return door and all(found.values())


def test_by_form_the_station_and_its_commanders_see_nothing() -> None:
    case = told(category="bribe", about_unit="thana-chinar", text=WORDS, danger=True)
    assert (case.unit, case.officer) == (unit("mohtasib"), officer("farah"))
    assert sees("farah", case)
    assert [row.case_id for row in alarms.open_at(viewer("farah", NOON))] == [case.pk]
    for code in (*CHINAR, *ABOVE, *BESIDE):
        assert not sees(code, case), code
    barred = set(Barred.objects.filter(subject=case.reference).values_list("officer", flat=True))
    assert {officer(code).pk for code in (*CHINAR, *ABOVE)} <= barred
    assert not OwnerChange.objects.exists()
    owners = set(Promise.objects.values_list("officer", flat=True))
    assert owners == {officer("farah").pk}
    assert WORDS not in case.report.body


def test_about_police_and_nobody_named_the_station_of_the_place_is_meant() -> None:
    case = told(category="bribe", place="gul-bagh")
    assert case.named_units == [unit("thana-chinar").pk]
    assert not any(sees(code, case) for code in (*CHINAR, *ABOVE))
    assert sees("farah", case)


def test_by_free_sms_it_waits_at_triage() -> None:
    hear(key=uuid4(), number="+923002220077", text="SHO ne paise liye", repeats=None, at=NOON)
    case = fresh(Case.objects.get())
    assert (case.unit, case.officer, case.sensitivity) == (
        unit("triage-desk"), officer("hina"), "C3",
    )  # fmt: skip
    assert sees("hina", case)
    assert not any(sees(code, case) for code in (*CHINAR, *ABOVE, *BESIDE))
    # late at triage it climbs out of the force, and nowhere else
    promises.tick(at=NOON + 9 * HOUR)
    assert promise(case, "decision").officer == officer("farah")
    assert not any(sees(code, case) for code in (*CHINAR, *ABOVE, *BESIDE))
    assert sees("farah", case)


def test_an_innocent_matter_is_seen_as_it_should() -> None:
    """The positive twin: the same words of this test can be true."""
    case = told()
    assert all(sees(code, case) for code in CHINAR)
    assert not any(sees(code, case) for code in ("ehsan", "rashid", "farah", "sana"))


@pytest.mark.parametrize("role", ["member", "head"])
def test_the_accused_posted_to_the_recipient_desk_tomorrow_sees_nothing(role: str) -> None:
    case = told(category="bribe", about_unit="thana-chinar")
    units.post(officer=officer("ali"), unit=unit("mohtasib"), role=role, by="system", at=NOON + DAY)
    later = NOON + 2 * DAY
    assert unit("mohtasib").pk in viewer("ali", later).units
    assert not sees("ali", case, later)
    # the positive twin: of a matter that does not touch Ali, the same posting shows everything
    other = told(category="bribe", place="pul-paar", at=later)
    assert sees("ali", other, later)


def test_a_new_head_of_the_accused_station_is_excluded_from_then_on() -> None:
    case = told(category="bribe", about_unit="thana-chinar")
    units.post(officer=officer("farah"), unit=unit("mohtasib"), role="member", by="system", at=NOON)
    units.post(officer=officer("samina"), unit=unit("thana-chinar"), role="head", by="system",
               at=NOON + DAY)  # fmt: skip
    barred = set(Barred.objects.filter(subject=case.reference).values_list("officer", flat=True))
    assert officer("samina").pk in barred
    assert sees("farah", case, NOON + DAY)


def test_a_desk_that_the_accused_takes_over_gives_the_matter_away() -> None:
    """Desks that report to an excluded person are excluded: tomorrow's command counts too."""
    grave = told(category="bribe", about_unit="thana-chinar")
    units.post(officer=officer("kamran"), unit=unit("mohtasib"), role="head", by="system",
               at=NOON + DAY)  # fmt: skip
    moved = fresh(grave)
    assert moved.unit == unit("triage-desk")
    assert promise(grave, "contact").officer == officer("hina")
    assert not sees("kamran", grave, NOON + DAY)
    assert sees("hina", grave, NOON + DAY)


def test_rudeness_goes_to_the_sdpo_and_not_to_the_station() -> None:
    case = told(category="disrespect", about_unit="thana-chinar")
    assert case.officer == officer("rashid")
    assert sees("rashid", case)
    assert not any(sees(code, case) for code in (*CHINAR, "ehsan", "wazir", "sana"))


def test_late_promises_of_a_grave_matter_climb_nowhere() -> None:
    case = told(category="bribe", about_unit="thana-chinar")
    promises.tick(at=NOON + 40 * DAY)
    rows = Promise.objects.filter(subject=case.reference)
    assert set(rows.filter(kind__in=["contact", "outcome"]).values_list("state", flat=True)) == {
        "broken"
    }
    assert not rows.filter(kind="decision").exists()


def test_classified_later_it_leaves_the_excluded() -> None:
    hear(
        key=uuid4(), number="+923002220078", text="Gul Bagh mein paise mange", repeats=None, at=NOON
    )
    case = fresh(Case.objects.get())
    casework.classify(
        case=case, category="bribe", by="system", at=NOON + HOUR,
        named_units=frozenset({unit("thana-chinar").pk}),
    )  # fmt: skip
    case = fresh(case)
    assert case.officer == officer("farah")
    assert not any(sees(code, case) for code in (*CHINAR, *ABOVE, "hina"))
    assert sees("farah", case)
