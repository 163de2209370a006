"""Every path to help is tried every day, end to end, and taken back; everybody sees when it last worked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.web.test_sms_loop import AMINA, START, Phone, phone, viewer

from mohalla.channels.sms import embedded
from mohalla.channels.sms.actions import deliver_due
from mohalla.channels.sms.models import Delivery
from mohalla.channels.sms.port import Limits, Unavailable
from mohalla.foundation import clock, limiter
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.reports.models import Report
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Posting
from mohalla.site.schedule import run_due
from mohalla.stages.access.actions import rehearse
from mohalla.stages.access.models import Call, Conversation, Rehearsal
from mohalla.station.casework.models import Case
from mohalla.station.response import queries
from mohalla.station.response.models import Alarm, Ring

__all__ = ["phone"]

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def doors(phone: Phone, live_server: Any, settings: Any) -> Phone:
    limiter.forget()
    settings.OWN_ADDRESS = live_server.url.removeprefix("http://")
    settings.USSD_SECRET = settings.MISSED_SECRET = "a secret of the gateway 1787"
    settings.DANGER_NUMBER = "1788"
    return phone


def tried(at: Any) -> dict[str, str | None]:
    with clock.fixed(at):
        rehearse.begin_due(at=at)
        run_due(at=at)  # the carrier brings the text back
        run_due(at=at)
    rows = Rehearsal.objects.filter(begun_at=at)
    return {row.path: row.problem if row.done_at else None for row in rows}


def page(at: Any) -> str:
    with clock.fixed(at):
        answer = Client(headers={"accept-language": "en"}).get("/help/works/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_path_rings_and_leaves_nothing_behind(doors: Phone) -> None:
    entries = Entry.objects.count()
    assert tried(START) == dict.fromkeys(("web", "sms", "ussd", "missed", "timer"), "")
    for model in (Report, Case, Alarm, Ring, Call):
        assert not model.objects.exists(), model
    assert not Conversation.objects.exclude(report=None).exists()
    assert Entry.objects.count() == entries
    assert not Delivery.objects.exclude(purpose="rehearsal").exists()
    assert not queries.open_at(viewer("T-005", START))
    assert page(START).count('class="red"') == 0
    assert page(START + 23 * HOUR).count('class="red"') == 0
    assert page(START + 25 * HOUR).count('class="red"') == 5


def test_tried_once_a_day_whatever_restarts_come(doors: Phone) -> None:
    for hour in range(48):
        with clock.fixed(START + hour * HOUR):
            rehearse.begin_due(at=START + hour * HOUR)
            run_due(at=START + hour * HOUR)
    assert Rehearsal.objects.filter(path="web").count() == 3
    assert not Rehearsal.objects.exclude(problem="").exists()
    assert page(START + 48 * HOUR).count('class="red"') == 0


class DeadGateway:
    """A carrier that takes nothing."""

    limits = Limits(parts=10, media=False, at_once=1, rate=0, reports_delivery=False)
    is_up = True

    def send(self, outgoing: Any, /) -> Any:
        raise Unavailable("no answer")


def test_a_dead_gateway_turns_the_page_red_within_a_day(
    doors: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried(START)
    monkeypatch.setattr(
        embedded,
        "deliver_due",
        lambda *, at, limit=500: deliver_due(transport=DeadGateway(), at=at, limit=limit),  # type: ignore[arg-type]
    )
    for hour in range(1, 25):
        with clock.fixed(START + hour * HOUR):
            rehearse.begin_due(at=START + hour * HOUR)
            run_due(at=START + hour * HOUR)
    shown = page(START + 24 * HOUR)
    assert shown.count('class="red"') == 1
    assert "SOS by SMS</strong>: not shown to work" in shown


def test_a_dead_server_and_a_desk_that_nobody_has_are_red_at_once(
    doors: Phone, settings: Any
) -> None:
    settings.OWN_ADDRESS = "127.0.0.1:9"
    assert tried(START)["web"]
    Posting.objects.all().delete()
    units.forget()
    found = tried(START + 24 * HOUR)
    assert found["timer"] == found["ussd"] == found["sms"] == rehearse.NOBODY_RINGS
    assert page(START + 24 * HOUR).count('class="red"') == 5


def test_nobody_else_can_rehearse(phone: Phone) -> None:
    row = Rehearsal.objects.create(path="sms", begun_at=START)
    token = rehearse.token(row)
    for told in ("", "x", token[:-1], token.replace(":", ";"), "0" * 32 + ":a:b"):
        assert rehearse.shown(told) is None
    phone.text(f"REHEARSAL {token[:-2]}")
    assert Report.objects.count() == 1  # somebody's words, kept as such
    answer = Client().post("/help/", {"key": "k" * 20}, headers={rehearse.HEADER: "forged"})
    assert answer.status_code == 200
    assert Alarm.objects.count() == 1  # a real call


def test_only_doors_that_are_open_here_are_listed(phone: Phone) -> None:
    shown = page(START)
    assert "SOS by SMS" in shown
    assert "The short code" not in shown
    assert "Never tried with success" in shown
    assert AMINA not in shown
