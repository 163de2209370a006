"""P16: what came twice is one report, and is counted; two people who say the same stay two."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.device import Device
from tests.district import NOON, District
from tests.web.test_report_wizard import fields
from tests.web.test_sealed_report import category, desks, keys
from tests.web.test_sms_loop import START, phone

from mohalla.channels.sms import actions as sms
from mohalla.channels.sms.models import Delivery, Inbound
from mohalla.channels.sms.port import Received
from mohalla.channels.sms.setting import own_number
from mohalla.foundation import clock
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports.models import Report
from mohalla.site.schedule import run_due
from mohalla.station.casework.models import Case

__all__ = ["keys", "phone"]  # fixtures
AMINA, BASHIR = "+923001110001", "+923001110002"
WORDS = "Gul Bagh gali 4 mein teen din se bijli ka khamba gira hua hai"
LATER = {
    "a second": timedelta(seconds=1),
    "five seconds": timedelta(seconds=5),
    "2 min 24 s": timedelta(minutes=2, seconds=24),
    "a day": timedelta(days=1),
}


def arrives(number: str, words: str, after: timedelta, *, id: str) -> Inbound | None:
    """A text as a carrier brings it, with an id of its own."""
    at = START + after
    with clock.fixed(at):
        kept = sms.keep(
            received=Received(
                sender=number, recipient=own_number(), payload=words.encode("utf-16-be"),
                data_coding=8, carrier_id=id,
            ),
            at=at,
        )  # fmt: skip
        run_due(at=at)
    return kept


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("later", LATER)
def test_promise_P16_a_text_that_comes_again_with_a_new_id_is_one_report(
    phone: Any, later: str, figure: Callable[[str], None]
) -> None:
    first = arrives(AMINA, WORDS, timedelta(0), id="one")
    assert first is not None
    answered = Delivery.objects.filter(to=AMINA).count()
    again = arrives(AMINA, WORDS, LATER[later], id="two")
    assert Report.objects.count() == Case.objects.count() == 1
    first.refresh_from_db()
    if again is None:  # the carrier's second delivery: counted, and answered once
        assert first.copies == 2
        assert Delivery.objects.filter(to=AMINA).count() == answered
    else:  # she says it again: kept, linked to the first, and told so
        assert again.repeats_id == first.pk
        assert Delivery.objects.filter(to=AMINA).count() > answered
    assert (again is None) is (LATER[later] < timedelta(minutes=10))
    assert Promise.objects.filter(kind="contact").count() == 1
    figure(f"after {later}, a new id: one report, {'counted' if again is None else 'linked'}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("later", ["a second", "2 min 24 s", "a day"])
def test_promise_P16_two_people_with_the_same_text_stay_two(phone: Any, later: str) -> None:
    arrives(AMINA, WORDS, timedelta(0), id="one")
    other = arrives(BASHIR, WORDS, LATER[later], id="one")  # their carriers may number alike
    assert other is not None
    assert other.repeats_id is None
    assert Report.objects.count() == Case.objects.count() == 2
    assert Promise.objects.filter(kind="contact").count() == 2
    assert {row.to for row in Delivery.objects.all()} >= {AMINA, BASHIR}


@pytest.mark.django_db(transaction=True)
def test_promise_P16_the_same_person_with_another_matter_is_heard(phone: Any) -> None:
    arrives(AMINA, WORDS, timedelta(0), id="one")
    other = arrives(AMINA, WORDS + " aur pani bhi band hai", timedelta(hours=20), id="two")
    assert other is not None
    assert other.repeats_id is None


@pytest.mark.django_db(transaction=True)
def test_promise_P16_a_short_answer_twice_is_two_answers(phone: Any) -> None:
    """“haan” after two questions answers both: it is no second delivery."""
    arrives(AMINA, WORDS, timedelta(0), id="one")
    first = arrives(AMINA, "1", timedelta(minutes=1), id="two")
    second = arrives(AMINA, "1", timedelta(minutes=3), id="three")
    assert first is not None
    assert second is not None


def test_promise_P16_a_form_sent_twice_is_one_report(district: District) -> None:
    client = Client()
    html = client.get("/en/report/").content.decode()
    sent = {**fields(html), "text": WORDS, "step": "check", "go": "send"}
    pages = [client.post("/en/report/", sent).content.decode() for _time in range(3)]
    report = Report.objects.get()
    assert all(report.reference in page for page in pages)
    other = Client()  # somebody else, who has the same to say, from the same line
    html = other.get("/en/report/").content.decode()
    other.post("/en/report/", {**fields(html), "text": WORDS, "step": "check", "go": "send"})
    assert Report.objects.count() == Case.objects.count() == 2


def test_promise_P16_a_sealed_report_sent_twice_is_one(
    district: District, keys: dict[str, Any]
) -> None:
    client, device = Client(headers={"accept-language": "en"}), Device()
    chosen = {"category": category(), "district": district.dpo.code}
    told = desks(client, **chosen)
    post = device.post({"text": WORDS}, told, **chosen)
    pages = [client.post("/report/", post) for _time in range(3)]  # “the line broke, send again”
    assert [page.status_code for page in pages] == [200, 200, 200]
    report = Report.objects.get()
    assert all(report.reference in page.content.decode() for page in pages)
    other = Device()
    done = client.post("/report/", other.post({"text": WORDS}, told, **chosen))
    assert done.status_code == 200
    assert Report.objects.count() == Case.objects.count() == 2


def test_promise_P16_a_program_that_repeats_itself_gets_the_same_answer(
    district: District,
) -> None:
    client = Client()

    def post(words: str, key: str) -> Any:
        return client.post(
            "/api/v1/reports", json.dumps({"text": words}), "application/json",
            headers={"Idempotency-Key": key},
        )  # fmt: skip

    with clock.fixed(NOON):
        first = post(WORDS, "a" * 20)
    with clock.fixed(NOON + timedelta(days=1)):
        again = post(WORDS, "a" * 20)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["reference"] == again.json()["reference"]
    assert post(WORDS + "!", "a" * 20).status_code == 409  # another text is not swallowed
    assert post(WORDS, "b" * 20).json()["reference"] != first.json()["reference"]
    assert Report.objects.count() == Case.objects.count() == 2
