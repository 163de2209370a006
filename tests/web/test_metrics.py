"""`/metrics`: who may read it, what it counts, and what cannot be told from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families as parsed
from tests.district import NOON, District

from mohalla.channels.sms import actions as sms
from mohalla.foundation import clock, limiter
from mohalla.foundation.jobs import signs
from mohalla.foundation.jobs.models import Heartbeat, Tally
from mohalla.foundation.promises.actions import tick
from mohalla.site import measures
from mohalla.site.schedule import run_due

TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def _fresh(settings: Any) -> Iterator[None]:
    settings.TRUSTED_PROXIES, settings.SECURE_PROXY_SSL_HEADER = 0, None
    measures.forget()
    signs.forget()
    yield
    measures.forget()
    signs.forget()


def asked(**more: Any) -> Any:
    given = {"HTTP_HOST": "127.0.0.1:8000", "REMOTE_ADDR": "127.0.0.1"} | more
    return Client().get("/metrics", **given)


def figures(response: Any = None) -> dict[str, float]:
    """Every line as a foreign reader of the format understands it."""
    answer = response or asked()
    assert answer.status_code == 200
    found = {}
    for family in parsed(answer.content.decode()):
        for sample in family.samples:
            labels = " ".join(f"{name}={word}" for name, word in sorted(sample.labels.items()))
            found[f"{sample.name} {labels}".strip()] = sample.value
    return found


@pytest.mark.django_db
def test_without_a_token_only_this_machine_itself(settings: Any) -> None:
    assert asked().status_code == 200
    assert asked(HTTP_HOST="[::1]:8000", REMOTE_ADDR="::1").status_code == 200
    assert asked(HTTP_HOST="localhost").status_code == 200
    assert asked(REMOTE_ADDR="10.0.0.7").status_code == 404
    assert asked(HTTP_X_FORWARDED_FOR="127.0.0.1").status_code == 404, "a proxy on this machine"
    settings.ALLOWED_HOSTS = ["mohalla.example", "127.0.0.1"]
    assert asked(HTTP_HOST="mohalla.example").status_code == 404
    for name, value in (
        ("TRUSTED_PROXIES", 1), ("SECURE_PROXY_SSL_HEADER", ("HTTP_X_FORWARDED_PROTO", "https")),
    ):  # fmt: skip
        before = getattr(settings, name)
        setattr(settings, name, value)
        assert asked().status_code == 404
        setattr(settings, name, before)
    assert asked().status_code == 200


@pytest.mark.django_db
def test_with_a_token_whoever_has_it_and_nobody_else(settings: Any) -> None:
    settings.METRICS_TOKEN, settings.TRUSTED_PROXIES = TOKEN, 1
    assert asked(HTTP_AUTHORIZATION=f"Bearer {TOKEN}", REMOTE_ADDR="10.0.0.7").status_code == 200
    for wrong in ("", TOKEN, f"Bearer {TOKEN}x", "Bearer ", "Bearer ü"):
        assert asked(HTTP_AUTHORIZATION=wrong).status_code == 404
    assert asked().status_code == 404, "this machine too: a proxy may stand on it"


def test_totals_of_doors_promises_texts_jobs_and_processes(district: District) -> None:
    before = figures()
    assert before["mohalla_promises_open"] == 0
    district.make_case()
    district.make_case(door="sms")
    case = district.make_case(category="bribe", about_unit="station_a")
    assert case.sensitivity == "C3"
    after = figures()
    assert after["mohalla_reports_total door=web"] == 2
    assert after["mohalla_reports_total door=sms"] == 1
    assert after["mohalla_promises_open"] > 0
    assert after["mohalla_promises_overdue"] == 0
    late = NOON + timedelta(days=9)
    with clock.fixed(late):
        assert figures()["mohalla_promises_overdue"] > 0, "the clock stands still"
        tick(at=late)
        now = figures()
        assert now["mohalla_promises_overdue"] == 0
        assert now["mohalla_promises_late"] > 0
        assert now["mohalla_reports_total door=web"] == 2, "what is settled is counted once"
        district.make_case(at=late)
        assert figures()["mohalla_reports_total door=web"] == 3


def test_texts_wait_and_are_told_by_age(district: District) -> None:
    sms.send(to="+923001234567", text="x", purpose="news", subject="x", dedup_key="x", at=NOON)
    with clock.fixed(NOON + timedelta(minutes=10)):
        told = figures()
        assert told["mohalla_deliveries state=waiting"] == 1
        assert told["mohalla_delivery_oldest_seconds"] == 600
        run_due(at=NOON + timedelta(minutes=10))
        told = figures()
        assert told["mohalla_deliveries state=waiting"] == 0
        assert told["mohalla_delivery_oldest_seconds"] == 0


def test_refusals_of_all_processes_are_counted_by_door_and_reason(district: District) -> None:
    limiter.forget()
    client = Client(raise_request_exception=False)
    for _n in range(3):
        client.post("/api/v1/reports", "{}", content_type="application/json")
    client.post("/api/v1/reports", "{", content_type="application/json")
    client.post("/api/v1/reports", '{"text": "x"}', content_type="application/json")
    client.post("/track/", {"receipt": "1" * 20})  # no request to report
    Tally.objects.create(name="refused web too_many", count=7)  # another process wrote it
    told = figures()
    assert told["mohalla_refused_total door=api reason=invalid"] == 3
    assert told["mohalla_refused_total door=api reason=unreadable"] == 1
    assert told["mohalla_refused_total door=web reason=too_many"] == 7
    assert sum(value for name, value in told.items() if "refused_total" in name) == 11
    assert figures()["mohalla_refused_total door=api reason=invalid"] == 3, "written once"


def test_processes_are_heard_by_their_age(district: District) -> None:
    assert not any("heartbeat" in name or "link" in name for name in figures())
    signs.beat("scheduler", at=NOON)
    signs.beat("sms", at=NOON, state="up")
    with clock.fixed(NOON + timedelta(seconds=90)):
        signs.beat("scheduler", at=clock.now())  # too early to be written again
        told = figures()
        assert told["mohalla_heartbeat_seconds process=scheduler"] == 90
        assert told["mohalla_sms_link_up"] == 1
        signs.beat("sms", at=clock.now(), state="down")  # at once: the state changed
        told = figures()
        assert told["mohalla_heartbeat_seconds process=sms"] == 0
        assert told["mohalla_sms_link_up"] == 0
    assert Heartbeat.objects.count() == 2


def test_nothing_tells_a_desk_a_place_a_category_or_a_person(district: District) -> None:
    case = district.make_case(category="bribe", about_unit="station_a", text="zebramark")
    words = asked().content.decode()
    labels = set(re.findall(r'(\w+)="', words))
    assert labels <= {"door", "reason", "state", "process"}
    for secret in (case.reference, "station", "bribe", "C3", "zebramark", "+92"):
        assert secret not in words
