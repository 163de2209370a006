"""A month of promises under a clock that jumps, counted again from the rows alone."""

from __future__ import annotations

import os
import random
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.db import connection
from tests.counter import NOON, SINCE, officer, unit

from mohalla.foundation import clock
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import Promise, Step
from mohalla.foundation.reports.submission import ContactWish, Submission
from mohalla.foundation.units import actions as units
from mohalla.foundation.units import queries as directory
from mohalla.foundation.units.models import Barred, Posting
from mohalla.foundation.units.rules.owner import Owner
from mohalla.site.demo import district
from mohalla.stages.access.actions import accept
from mohalla.station.casework.models import Recipient

SEED = int(os.environ.get("MONTH_SEED", "1787"))
COUNT = int(os.environ.get("MONTH_PROMISES", "240"))
MINUTE = timedelta(minutes=1)
DESKS = {"thana-chinar": "ali", "thana-purana-pul": "ehsan", "khawateen-desk": "sana",
         "triage-desk": "hina", "rpo-noorgarh": "asad"}  # fmt: skip


@dataclass
class Expected:
    """What this test itself believes of one promise; it asks the product nothing."""

    due: datetime
    made: datetime
    next_at: dict[str, datetime] = field(default_factory=dict)
    state: str = "open"
    resting: bool = False

    def look(self, at: datetime) -> None:
        if self.state == "open" and not self.resting and at >= self.due:
            self.state = "broken"


@pytest.fixture(autouse=True)
def _district(transactional_db: None) -> Iterator[None]:
    directory.forget()
    district.build(since=SINCE)
    yield
    directory.forget()


def twice_at_once(at: datetime) -> None:
    """Two schedulers look at the same moment, as after a restart that overlaps."""
    failures: list[BaseException] = []

    def look() -> None:
        try:
            while promises.tick(at=at):
                pass
        except BaseException as error:  # the thread's failure is the test's
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures, failures


def made(chance: random.Random, number: int, at: datetime) -> Promise:
    desk, person = chance.choice(list(DESKS.items()))
    return promises.make(
        promises.Owed(
            room="proof", subject=f"S{number:05d}", kind="contact",
            owner=Owner(unit=unit(desk).pk, officer=officer(person).pk), made_at=at,
            due_at=at + chance.randint(10, 20 * 24 * 60) * MINUTE, urgent=chance.random() < 0.1,
        ),
        by="system",
    )  # fmt: skip


def act(chance: random.Random, known: dict[object, Expected], at: datetime) -> None:
    """One random act on one random promise; what is over must refuse it."""
    key = chance.choice(list(known))
    believed, row = known[key], Promise.objects.get(pk=key)
    what = chance.choice(["end", "rest", "wake", "wake", "owner"])
    if what == "end":
        state = chance.choice(["kept", "tried", "waived", "ended", "claimed"])
        if believed.state == "open":
            promises.end(promise=row, state=state, by="proof", at=at)
            believed.state, believed.resting = state, False
        elif believed.state != "claimed":
            with pytest.raises(promises.AlreadyEnded):
                promises.end(promise=row, state=state, by="proof", at=at)
    elif what == "rest":
        promises.rest(promise=row, at=at)
        believed.resting = believed.resting or believed.state == "open"
    elif what == "wake":
        promises.wake(promise=row, at=at)
        believed.resting = False
    else:
        to = Owner(unit=row.unit_id or 0, officer=officer("gulzar").pk)
        promises.change_owner(promise=row, to=to, why="proof", by="system", at=at)


@pytest.mark.django_db(transaction=True)
def test_a_month_of_jumps() -> None:
    chance = random.Random(SEED)
    print(f"seed {SEED}, {COUNT} promises")
    known: dict[object, Expected] = {}
    latest = NOON
    for number in range(COUNT):
        at = latest = latest + chance.randint(1, 300) * MINUTE
        with clock.fixed(at):
            row = made(chance, number, at)
            known[row.pk] = Expected(due=row.due_at, made=at)
            for _ in range(chance.randint(0, 2)):
                act(chance, known, at)
            if chance.random() < 0.4:
                looked = at + chance.choice([-1, 0, 0, 0, 1]) * timedelta(days=1)
                twice_at_once(looked) if chance.random() < 0.15 else run_twice(looked)
                for believed in known.values():
                    believed.look(looked)
    for believed in known.values():
        believed.look(latest + timedelta(days=60))
    twice_at_once(latest + timedelta(days=60))
    recount(known)


def run_twice(at: datetime) -> None:
    while promises.tick(at=at):
        pass
    assert promises.tick(at=at) == 0, "the second look at the same moment finds nothing"


def recount(known: dict[object, Expected]) -> None:
    """From rows only."""
    rows = {row.pk: row for row in Promise.objects.filter(pk__in=list(known))}
    for key, believed in known.items():
        row = rows[key]  # type: ignore[index]
        assert (row.state, row.due_at) == (believed.state, believed.due)
        assert (row.rests_since is not None) == (believed.resting and believed.state == "open")
        if believed.state == "broken":
            assert row.ended_at == believed.due
    steps = Counter((step.promise_id, step.kind) for step in Step.objects.all())
    assert set(steps.values()) <= {1}
    for step in Step.objects.select_related("promise"):
        owed = step.promise
        span = owed.due_at - owed.made_at
        if step.kind == "broken":
            assert owed.state == "broken"
            continue
        earliest = owed.made_at + (span / 2 if step.kind == "half" else span * 4 / 5)
        assert earliest <= step.at < owed.due_at, "no reminder too early, none after the end"
    decisions = Counter(Promise.objects.exclude(after=None).values_list("after", flat=True))
    top = {unit("rpo-noorgarh").pk, unit("mohtasib").pk}
    for row in Promise.objects.filter(state="broken"):
        assert decisions[row.pk] == (0 if row.unit_id in top else 1), row
    assert not set(decisions) - set(
        Promise.objects.filter(state="broken").values_list("pk", flat=True)
    )
    broken = sum(believed.state == "broken" for believed in known.values())
    assert 20 < broken < len(known), "the month was too kind, or too hard, to prove anything"


@pytest.mark.django_db(transaction=True)
def test_a_month_of_real_matters_puts_nothing_before_the_excluded() -> None:
    """Reports about stations, with transfers in between: no row ever names a barred one."""
    chance = random.Random(SEED)
    latest, people = NOON, ["ali", "gulzar", "ehsan", "bakht", "shabana", "nadir"]
    for number in range(40):
        latest += chance.randint(30, 1200) * MINUTE
        about = chance.choice(["", "thana-chinar", "thana-purana-pul", "khawateen-desk"])
        accept(
            submission=Submission(
                door="web", text=f"Matter {number}", place=chance.choice(["gul-bagh", "pul-paar", ""]),
                category=chance.choice(["bribe", "theft", "disrespect", "harassment_street", ""]),
                about_unit=about, contact=ContactWish(kind="phone", value="+923002220001"),
            ),
            at=latest,
        )  # fmt: skip
        if chance.random() < 0.3:
            move(chance, chance.choice(people), latest)
        if chance.random() < 0.5:
            run_twice(latest + chance.choice([-1, 0, 1]) * timedelta(days=1))
    run_twice(latest + timedelta(days=30))
    barred = Barred.objects.values_list("subject", "unit", "officer")
    units_of = {(subject, desk) for subject, desk, _ in barred if desk}
    officers_of = {(subject, person) for subject, _, person in barred if person}
    assert units_of
    assert officers_of
    for row in Promise.objects.filter(state="open"):
        assert (row.subject, row.unit_id) not in units_of, row
        assert (row.subject, row.officer_id) not in officers_of, row
    for seen in Recipient.objects.filter(until_at=None).select_related("case"):
        assert (seen.case.reference, seen.unit_id) not in units_of
    assert Promise.objects.filter(kind="decision").count() > 10


def move(chance: random.Random, code: str, at: datetime) -> None:
    """A transfer: the old posting ends, a new one begins elsewhere, sometimes as its head."""
    person = officer(code)
    for posting in Posting.objects.at(at).filter(officer=person):
        units.end_posting(posting=posting, by="system", at=at)
    to = chance.choice(["thana-chinar", "thana-purana-pul", "khawateen-desk", "mohtasib"])
    units.post(officer=person, unit=unit(to), role=chance.choice(["member", "head"]), by="system",
               at=at)  # fmt: skip
