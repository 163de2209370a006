"""P11: a text from us never gives her away, in its words or by its hour.

Two nets. All templates are rendered here for every matter, class, stage and language; and whatever any
test of the run lets out is kept and read when the run ends (`tests/outgoing.py`), which fails it. The
texts that somebody opts in to go to those whom she named on a card; `OPTED_IN` is what others would say.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests import outgoing
from tests.counter import HOUR, told
from tests.postgres import ROOT
from tests.promises.test_p12_swapped_sim import LANGUAGES, demo, phone_says
from tests.web.test_sms_loop import AMINA, START

from mohalla.channels.sms import actions as sms
from mohalla.channels.sms.models import Delivery
from mohalla.channels.sms.port import Accepted, Limits, Outgoing, Unavailable
from mohalla.channels.sms.rules import encoding
from mohalla.foundation import catalogue
from mohalla.foundation.promises.rules import clocks
from mohalla.foundation.reports.submission import ContactWish
from mohalla.stages.access.actions import converse
from mohalla.station.casework import actions as casework

__all__ = ["demo"]
NAMED = {"trusted", "trusted_over"}  # to those whom she named, with what she wrote for them
OPTED_IN = (
    "Police: your report of theft in Gul Bagh is with Ali Raza, Thana Chinar.",
    "پولیس: گل باغ میں چوری کی آپ کی شکایت علی رضا کے پاس ہے۔",
    "پوليس: په ګل باغ کې د غلا شکایت مو له افسر سره دی.",
    "Thana Chinar: Gul Bagh mein chori ki aap ki shikayat Ali Raza ke paas hai.",
)
PKT = ZoneInfo("Asia/Karachi")


def test_promise_P11_no_template_tells_for_any_matter_class_stage_or_language(
    monkeypatch: pytest.MonkeyPatch, figure: Callable[[str], None]
) -> None:
    book = catalogue.get()
    owed = [SimpleNamespace(kind=kind, due_at=START + HOUR) for kind in ("contact", "answer")]
    monkeypatch.setattr(converse.cases, "open_promises", lambda case: owed)
    monkeypatch.setattr(converse.cases, "promises_of", lambda case: owed)
    texts: dict[str, str] = {}
    rendered = 0
    for category in ["", *book.categories]:
        stages = book.stages(category) if category else ("received",)
        for sensitivity in ("C1", "C2", "C3"):
            for stage in stages:
                case: Any = SimpleNamespace(
                    reference="K7M2QX4", stage=stage, sensitivity=sensitivity, category=category
                )
                for key in sorted(set(book.message_keys) - NAMED):
                    wanted = converse.Wanted(
                        key=key, case=case, receipt="1234 5678 9012 3456 7890", due=START
                    )
                    for language in LANGUAGES:
                        text = converse.worded(wanted, language, START)
                        texts.setdefault(text, f"{key} {language} {category} {stage}")
                        rendered += 1
    for text, where in texts.items():
        assert not outgoing.found(text), (where, text)
        assert len(encoding.encode(text).parts) <= 2, where
    assert rendered > 50_000
    figure(
        f"{rendered} renderings of {len(book.message_keys)} texts, {len(texts)} different: 0 tell"
    )


def test_promise_P11_the_detector_finds_what_an_opted_in_text_says() -> None:
    """The twin, in each language and of each kind."""
    for text in OPTED_IN:
        assert {row.kind for row in outgoing.found(text)} >= {"police", "offence", "place"}, text
    rows = outgoing.tellings()
    assert len(rows) > 600
    for row in rows:
        assert row in outgoing.found(f"… {row.words.upper()}!"), row
    assert not outgoing.found("Yeh reportage, firdous aur casework nahi hai"), "whole words only"


def test_promise_P11_every_text_of_the_run_is_kept_and_read(demo: None, tmp_path: Path) -> None:
    """What this test sends stands in the folder a moment later, and an empty folder is a failure."""
    mine = [row for row in outgoing.kept(Path(os.environ[outgoing.FOLDER])) if row["test"] == ME()]
    (answer,) = phone_says("Salam, baat karni hai", START)
    now = [row for row in outgoing.kept(Path(os.environ[outgoing.FOLDER])) if row["test"] == ME()]
    assert len(now) == len(mine) + 1
    assert now[-1]["words"] in answer
    for name in outgoing.SENDERS:
        path, _colons, test = name.partition("::")
        assert f"def {test}(" in (ROOT / path).read_text(), name
    ran = [outgoing.SENDERS[2]]
    line = now[-1] | {"test": ran[0]}
    assert outgoing.verdict(tmp_path, passed=ran).wrong, "silence"
    _write(tmp_path, line)
    assert not outgoing.verdict(tmp_path, passed=ran).wrong
    for text in OPTED_IN:
        _write(tmp_path, line | {"words": text})
        assert outgoing.verdict(tmp_path, passed=ran).wrong, text
    handed = line | {"how": "sent", "purpose": "news", "hours": [14, 16]}
    for utc, wrong in (("09:00", 0), ("10:59", 0), ("08:59", 1), ("11:00", 1), ("21:30", 1)):
        _write(tmp_path, line, handed | {"at": f"2026-11-23T{utc}:00+00:00"})
        assert len(outgoing.verdict(tmp_path, passed=ran).wrong) == wrong, utc


def test_promise_P11_installations_of_their_own_are_read_too(tmp_path: Path) -> None:
    """A server in a process of its own has no hook: its outbox is looked into, receipts left sealed."""
    home = tmp_path / "home"
    home.mkdir()
    with closing(sqlite3.connect(home / "mohalla.sqlite3")) as base:
        base.execute("CREATE TABLE sms_delivery (text TEXT, sealed BOOLEAN)")
        for words, is_sealed in (("There is news.", 0), (OPTED_IN[0], 0), ("AGE-SEALED", 1)):
            base.execute("INSERT INTO sms_delivery VALUES (?, ?)", (words, is_sealed))
        base.commit()
    found = outgoing.verdict(tmp_path, passed=[], homes=tmp_path)
    (home / "mohalla.sqlite3").unlink()  # else the end of this very run finds it
    assert found.in_homes == 2
    assert found.wrong
    assert all(OPTED_IN[0] in line for line in found.wrong)


def ME() -> str:
    return os.environ["PYTEST_CURRENT_TEST"].partition(" ")[0]


def _write(folder: Path, *lines: dict[str, Any]) -> None:
    (folder / "1.jsonl").write_text("\n".join(json.dumps(line) for line in lines))


RUN = """
import pytest
from datetime import UTC, datetime
from mohalla.channels.sms import actions as sms

@pytest.mark.django_db
@pytest.mark.parametrize("words", ["There is news about your request.", {telling!r}])
def test_sends(words):
    at = datetime(2026, 11, 23, tzinfo=UTC)
    sms.send(to="+923001110001", text=words, purpose="news", subject="x", dedup_key=words, at=at)
"""


def test_promise_P11_a_whole_run_in_two_processes_fails_for_one_telling_text(
    tmp_path: Path,
) -> None:
    """The same conftest, pytest-xdist, tests that pass: red all the same, and green without it."""
    done = {}
    (tmp_path / "conftest.py").write_text("from tests.conftest import *")
    for telling in (OPTED_IN[0], "Send STATUS to hear more."):
        (tmp_path / "test_x.py").write_text(RUN.format(telling=telling))
        plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "MOHALLA_"))}
        plain["DATABASE_URL"] = (
            ""  # on PostgreSQL its databases would be those of the run around it
        )
        done[telling] = subprocess.run(
            [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-n", "2", str(tmp_path / "test_x.py")],
            cwd=ROOT, env=plain, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
    red, green = done.values()
    assert red.returncode == 1, red.stdout + red.stderr
    assert "tells Telling" in red.stdout
    assert "failed" not in red.stdout, "each test by itself passed"
    assert green.returncode == 0, green.stdout
    assert "2 texts of 2 tests" in green.stdout


# --- the hour


class Carrier:
    """A carrier that can be away."""

    limits = Limits(parts=10, media=False, at_once=1, rate=0, reports_delivery=False)
    is_up = True

    def __init__(self) -> None:
        self.away, self.took = False, 0

    def send(self, outgoing: Outgoing, /) -> Accepted:
        if self.away:
            raise Unavailable("the link is down")
        self.took += 1
        return Accepted((f"c-{self.took}",))

    def start(self, inlet: Any, /) -> None: ...

    def stop(self) -> None: ...


def pakistan(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=PKT).astimezone(UTC)


@pytest.fixture
def news(demo: None) -> Delivery:
    """A piece of news for a phone that is safe from two to four."""
    wish = ContactWish(kind="phone", value=AMINA, safe_from=14, safe_to=16)
    case = told(at=START, contact=wish, category="bribe", text="x")
    casework.reply(case=case, officer=case.officer_id or 0, text="Salam", at=START)
    return Delivery.objects.get(purpose="news")


def test_promise_P11_a_carrier_that_was_away_does_not_ring_at_night(news: Delivery) -> None:
    """Due at two; the link breaks until six: it goes on the next day at two, not at six."""
    carrier = Carrier()
    assert news.next_try_at == pakistan(23, 14)
    carrier.away = True
    for minute in range(60):
        sms.deliver_due(transport=carrier, at=pakistan(23, 15, minute))
    carrier.away = False
    for hour in (16, 18, 23):
        sms.deliver_due(transport=carrier, at=pakistan(23, hour))
    sms.deliver_due(transport=carrier, at=pakistan(24, 13, 59))
    assert carrier.took == 0
    sms.deliver_due(transport=carrier, at=pakistan(24, 14))
    assert carrier.took == 1, "the twin: in her hours it goes"
    news.refresh_from_db()
    assert news.state == "delivered"


def test_promise_P11_what_money_held_back_waits_for_her_hours(
    news: Delivery, settings: Settings
) -> None:
    carrier = Carrier()
    settings.SMS_PARTS_A_DAY = 0
    sms.deliver_due(transport=carrier, at=pakistan(23, 15))
    settings.SMS_PARTS_A_DAY = 50_000
    sms.deliver_due(transport=carrier, at=pakistan(23, 20))
    assert carrier.took == 0
    sms.deliver_due(transport=carrier, at=pakistan(24, 14))
    assert carrier.took == 1


def test_promise_P11_a_slow_carrier_does_not_carry_the_last_ones_out_of_the_hour(
    news: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first of the round takes two minutes; the second would be out of the window."""
    slow, carrier = iter((0.0, 0.0, 0.0, 120.0, 120.0, 120.0, 120.0)), Carrier()
    sms.send(
        to=AMINA, text="x", purpose="news", subject="y", dedup_key="y", at=START,
        safe_hours=(14, 16),
    )  # fmt: skip
    monkeypatch.setattr(time, "monotonic", lambda: next(slow, 120.0))
    sms.deliver_due(transport=carrier, at=pakistan(23, 15, 59))
    assert carrier.took == 1


ZONES = ("UTC", "Asia/Karachi", "America/New_York", "Europe/London", "Australia/Lord_Howe",
         "Asia/Tehran", "Pacific/Apia", "America/St_Johns")  # fmt: skip


@pytest.fixture(params=ZONES)
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server whose own clock is set up for this zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


# around every change of summer time that these zones have known, Pakistan's own of 2002 and 2008 too
CHANGES = (
    datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC), datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
    datetime(2022, 9, 21, 19, 30, tzinfo=UTC), datetime(2011, 12, 30, 10, tzinfo=UTC),
    datetime(2002, 4, 6, 19, tzinfo=UTC), datetime(2002, 10, 5, 18, tzinfo=UTC),
    datetime(2008, 5, 31, 19, tzinfo=UTC), datetime(2008, 10, 31, 18, tzinfo=UTC),
    datetime(2009, 4, 14, 19, tzinfo=UTC), datetime(2009, 10, 31, 18, tzinfo=UTC),
)  # fmt: skip


def test_promise_P11_in_every_zone_and_at_every_change_of_the_clock(
    machine: str, figure: Callable[[str], None]
) -> None:
    zone, tried = ZoneInfo(machine), 0
    for change in CHANGES:
        for minutes in range(-1500, 1500, 97):
            at = (change + timedelta(minutes=minutes)).astimezone(zone)
            for first, last in ((14, 16), (22, 6), (0, 1), (23, 24), (3, 4), (1, 2), (0, 24)):
                goes = clocks.first_safe(at, first, last)
                hour = goes.astimezone(PKT).hour
                inside = first <= hour < last if first < last else hour >= first or hour < last
                assert inside, (at, first, last, goes)
                assert at.timestamp() <= goes.timestamp() <= at.timestamp() + 48 * 3600
                tried += 1
    figure(
        f"{tried} moments around {len(CHANGES)} changes of the clock, in each of {len(ZONES)} zones"
    )


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.timezones()),
    st.integers(0, 23), st.integers(0, 24),
)  # fmt: skip
def test_promise_P11_the_first_safe_moment_is_safe_and_the_first(
    at: datetime, first: int, last: int
) -> None:
    goes = clocks.first_safe(at, first, last)
    assert clocks.is_safe(goes, first, last)
    if goes != at:  # no whole hour before it was safe
        assert not clocks.is_safe(goes - timedelta(minutes=1), first, last)
        assert goes - at < timedelta(hours=25)
