"""One text to everybody who asked: none passed over, none told twice, nobody at night."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from tests.district import NOON, build

from mohalla.channels.notices import actions, queries
from mohalla.channels.notices.actions.subscribe import TooMany
from mohalla.channels.notices.doors.sms import SmsSender
from mohalla.channels.notices.models import Broadcast, Leftover, Leg, Subscriber
from mohalla.channels.notices.rules import batches, counts, kinds
from mohalla.channels.sms import actions as sms
from mohalla.channels.sms import queries as sms_queries
from mohalla.channels.sms.models import Delivery
from mohalla.channels.sms.port import Accepted, Limits, Outgoing, Refused, Unavailable
from mohalla.foundation import seal
from mohalla.foundation.places.models import Place

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
NIGHT = datetime(2026, 3, 25, 19, 0, tzinfo=UTC)  # midnight in Pakistan
TEXTS = {"en": "Water is cut until six", "ur": "پانی چھ بجے تک بند ہے", "ps": "اوبه بندې دي"}


class Carrier:
    """Takes everything, but for numbers that it refuses or cannot reach now."""

    is_up = True

    def __init__(self, *, at_once: int = 1, rate: float = 0) -> None:
        self.limits = Limits(
            parts=10, media=False, at_once=at_once, rate=rate, reports_delivery=False
        )
        self.took: list[Outgoing] = []
        self.refuses: set[str] = set()
        self.away: set[str] = set()

    def send(self, outgoing: Outgoing, /) -> Accepted:
        if outgoing.to in self.refuses:
            raise Refused("no such number")
        if outgoing.to in self.away:
            raise Unavailable("busy")
        self.took.append(outgoing)
        return Accepted((f"c-{len(self.took)}",))

    def start(self, inlet: Any, /) -> None: ...

    def stop(self) -> None: ...

    @property
    def told(self) -> Counter[str]:
        return Counter(one.to for one in self.took)


@pytest.fixture
def areas(monkeypatch: pytest.MonkeyPatch) -> list[Place]:
    monkeypatch.setattr(batches, "MOST", 50)
    monkeypatch.setattr(batches, "WHOLE", 10)
    district = build(NOON)
    return [district.mohalla_a, district.mohalla_b]


def number(n: int) -> str:
    return f"+92300{n:07d}"


def people(area: Place, first: int, last: int, language: str = "ur") -> None:
    for n in range(first, last):
        actions.subscribe(
            door="sms", address=number(n), areas=[area], language=language, asked_by="sms", at=NOON
        )


def begin(areas: list[Place], *, kind: str = "alert", subject: str = "A2", at: datetime = NOON,
          lasts: timedelta = DAY) -> Broadcast:  # fmt: skip
    return actions.begin(
        subject=subject, kind=kind, texts=TEXTS, areas=[one.pk for one in areas],
        expires_at=at + lasts, at=at,
    )  # fmt: skip


def walk(carrier: Carrier, at: datetime = NOON) -> int:
    """All batches that may go, and then the outbox."""
    rounds = 0
    while actions.turn(transport=carrier, at=at):
        rounds += 1
    while sms.deliver_due(transport=carrier, at=at):
        pass
    actions.turn(transport=carrier, at=at)
    return rounds


def test_everybody_once_in_their_language_and_no_row_each(areas: list[Place]) -> None:
    people(areas[0], 0, 120)
    people(areas[0], 120, 130, "ps")
    people(areas[1], 200, 210)
    begin([areas[0]])
    people(areas[0], 300, 303)  # they asked after it had begun
    carrier = Carrier(at_once=4)
    walk(carrier)
    assert carrier.told == Counter({number(n): 1 for n in range(130)})
    by_text = Counter(one.text for one in carrier.took)
    assert by_text == {TEXTS["ur"]: 120, TEXTS["ps"]: 10}
    in_outbox = Delivery.objects.filter(purpose="alert").count()
    assert 0 < in_outbox <= 130 // batches.ONE_IN + 1, "some are asked about, most have no row"
    assert Leftover.objects.count() == 0
    reached = queries.reached("A2")
    assert reached is not None
    assert (reached.total, reached.accepted, reached.waiting, reached.ended) == (130, 130, 0, True)
    assert sms_queries.parts_today(at=NOON + DAY / 2) == 130, "the bill knows them all"


def test_few_go_by_the_outbox_all_of_them(areas: list[Place]) -> None:
    people(areas[0], 0, 8)
    begin(areas)
    carrier = Carrier()
    walk(carrier)
    assert Delivery.objects.filter(subject="A2", state="delivered").count() == 8
    reached = queries.reached("A2")
    assert reached is not None
    assert (reached.accepted, reached.delivered, reached.asked) == (8, 8, 8)


def test_who_asked_for_two_areas_is_told_once(areas: list[Place]) -> None:
    people(areas[0], 0, 60)
    people(areas[1], 40, 100)
    begin(areas)
    carrier = Carrier()
    walk(carrier)
    assert carrier.told == Counter({number(n): 1 for n in range(100)})
    reached = queries.reached("A2")
    assert reached is not None
    assert (reached.total, reached.accepted) == (100, 100)


def test_a_batch_that_a_kill_cut_off_is_repeated_and_no_other(areas: list[Place]) -> None:
    """As after a kill between the hand-over and the commit: the claim is still there."""
    people(areas[0], 0, 150)
    begin([areas[0]])
    carrier = Carrier()
    assert actions.turn(transport=carrier, at=NOON) == 50
    before = Leg.objects.get()

    class Killed(Exception):
        pass

    class Dies(SmsSender):
        def hand(self, *given: Any, **more: Any) -> Any:
            super().hand(*given, **more)
            raise Killed

    with pytest.raises(Killed):
        actions.hand_over(sender=Dies(carrier), at=NOON)
    assert Leg.objects.get().after == before.after
    assert actions.turn(transport=carrier, at=NOON) == 0, "it is still somebody's"
    walk(carrier, NOON + batches.LEASE)
    told = carrier.told
    assert set(told) == {number(n) for n in range(150)}
    twice = [one for one in told if told[one] == 2]
    assert len(twice) == 49, "the batch, but for the one that went by the outbox"
    first = {one.to: (one.reference, one.key) for one in reversed(carrier.took)}
    assert all(first[one.to] == (one.reference, one.key) for one in carrier.took if one.key)


def test_a_claim_that_was_taken_over_counts_nothing(areas: list[Place]) -> None:
    people(areas[0], 0, 60)
    begin([areas[0]])
    carrier = Carrier()

    class Slow(SmsSender):
        def hand(self, *given: Any, **more: Any) -> Any:
            done = super().hand(*given, **more)
            Leg.objects.update(claim=None, after=10**9)
            return done

    actions.hand_over(sender=Slow(carrier), at=NOON)
    assert Leg.objects.get().accepted == 0
    assert Leg.objects.get().after == 10**9


def test_single_ones_who_could_not_be_reached_are_tried_again(areas: list[Place]) -> None:
    people(areas[0], 0, 60)
    begin([areas[0]])
    carrier = Carrier()
    carrier.away = {number(n) for n in range(20, 40)}
    carrier.refuses = {number(7)}
    walk(carrier)
    left = Leftover.objects.count()
    assert left == sum(1 for one in Subscriber.objects.filter(
        address__isnull=False).values_list("id", "address")
        if seal.unseal(one[1]) in carrier.away and one[0] % batches.ONE_IN)  # fmt: skip
    assert queries.reached("A2").ended is False  # type: ignore[union-attr]
    actions.unsubscribe(door="sms", address=number(21))
    carrier.away = {number(22)}
    at = NOON
    for _try in range(batches.TRIES + 2):
        at += timedelta(hours=1)
        walk(carrier, at)
    assert Leftover.objects.count() == 0
    told = carrier.told
    assert all(told[number(n)] == 1 for n in range(60) if n not in {7, 21, 22})
    assert told[number(7)] == told[number(22)] == 0
    assert told[number(21)] == 0, "who ended it meanwhile is not written to"
    reached = queries.reached("A2")
    assert reached is not None
    assert reached.refused == 1
    assert reached.ended


def test_at_night_only_danger(areas: list[Place]) -> None:
    people(areas[0], 0, 60)
    begin([areas[0]], at=NIGHT)
    carrier = Carrier()
    walk(carrier, NIGHT)
    assert carrier.took == []
    begin([areas[0]], at=NIGHT, kind="danger", subject="D2")
    walk(carrier, NIGHT)
    assert len(carrier.took) == 60
    walk(carrier, NIGHT + timedelta(hours=9))  # nine in the morning
    assert len(carrier.took) == 120


def test_the_spend_stop_holds_it_visibly_and_danger_goes(
    areas: list[Place], settings: Settings
) -> None:
    people(areas[0], 0, 60)
    settings.SMS_PARTS_A_DAY = 45
    begin([areas[0]])
    carrier = Carrier()
    walk(carrier)
    first = len(carrier.took)  # one of fifty may wait in the outbox
    assert first in {49, 50}, "the batch during which it was reached was the last"
    held = queries.held(at=NOON)
    assert (held.stopped, held.broadcasts) == (True, 1)
    begin([areas[0]], kind="danger", subject="D2")
    walk(carrier)
    assert len(carrier.took) == first + 60
    walk(carrier, NOON + timedelta(hours=23, minutes=30))
    assert len(carrier.took) == first + 60
    walk(carrier, NOON + DAY * 2)
    reached = queries.reached("A2")
    assert reached is not None
    assert (reached.accepted, reached.unsent) == (first, 60 - first), "shown as not sent"
    assert reached.ended


def test_stop_means_stop(areas: list[Place]) -> None:
    people(areas[0], 0, 120)
    begin([areas[0]])
    carrier = Carrier()
    actions.turn(transport=carrier, at=NOON)
    assert actions.stop(subject="A2", at=NOON)
    assert not actions.stop(subject="A2", at=NOON)
    gone = len(carrier.took)
    walk(carrier)
    assert len(carrier.took) == gone
    reached = queries.reached("A2")
    assert reached is not None
    assert reached.unsent == 120 - gone
    assert reached.stopped


def test_begun_twice_is_begun_once(areas: list[Place]) -> None:
    people(areas[0], 0, 3)
    assert begin(areas).pk == begin(areas).pk
    assert Leg.objects.count() == 1


def test_nobody_asked_ends_at_once(areas: list[Place]) -> None:
    assert begin(areas).ended_at == NOON


def test_a_link_that_is_down_loses_nothing(areas: list[Place]) -> None:
    people(areas[0], 0, 60)
    begin([areas[0]])
    carrier = Carrier()
    carrier.is_up = False
    assert actions.turn(transport=carrier, at=NOON) == 0
    carrier.is_up = True
    walk(carrier)
    assert len(carrier.told) == 60


def test_numbers_are_sealed_and_gone_when_ended(areas: list[Place]) -> None:
    people(areas[0], 0, 1)
    (row,) = Subscriber.objects.all()
    assert number(0)[3:] not in row.address + row.lookup
    assert seal.unseal(row.address) == number(0)
    assert actions.unsubscribe(door="sms", address=number(0)) == 1
    assert not Subscriber.objects.exists()


def test_a_phone_has_only_so_many_areas(areas: list[Place]) -> None:
    more = [
        Place.objects.create(code=f"m{n}", kind="mohalla", name_en=f"M{n}", valid_from=NOON.date(),
                             source="x", licence="x")
        for n in range(6)
    ]  # fmt: skip
    for one in more[:5]:
        people(one, 0, 1)
    people(more[0], 0, 1)  # again is nothing new
    with pytest.raises(TooMany):
        people(more[5], 0, 1)


def test_counts_that_are_shown_hide_single_people(areas: list[Place]) -> None:
    people(areas[0], 0, 19)
    people(areas[1], 0, 9)
    assert queries.by_area() == {areas[0].pk: 10}
    assert [counts.shown(n) for n in (0, 9, 10, 19, 20)] == [0, 0, 10, 10, 20]


def test_a_batch_takes_no_longer_than_others_may_wait() -> None:
    assert batches.size(0, 2) == batches.MOST
    assert batches.size(10, 2) == 25
    assert batches.size(0.1, 9) == 1


def test_every_kind_has_its_hours() -> None:
    quiet = (21, 8)
    for code, at, wanted in (
        ("alert", NIGHT, False), ("alert", NOON, True), ("danger", NIGHT, True),
        ("invite", NIGHT, False), ("reply", NIGHT, True), ("news", NIGHT, True),
    ):  # fmt: skip
        assert kinds.may_go(kinds.KINDS[code], quiet=quiet, at=at) is wanted, code
    assert kinds.hours(kinds.KINDS["news"], safe=(14, 16), quiet=quiet) == (14, 16)
    assert kinds.may_go(kinds.KINDS["alert"], quiet=kinds.ANY, at=NIGHT)
