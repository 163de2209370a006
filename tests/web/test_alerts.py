"""Messages of an area: asked for by the phone alone, written by staff, sent by two, ended by a word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.district import NOON, District, build

from mohalla.channels.notices import queries as notices
from mohalla.channels.notices.actions import subscribe
from mohalla.channels.notices.models import Subscriber, Wish
from mohalla.channels.sms import embedded
from mohalla.channels.sms.models import Delivery
from mohalla.crisis.alerts.models import Alert
from mohalla.foundation import clock, limiter
from mohalla.foundation.clock import PKT
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.reports.models import Report
from mohalla.site import wiring
from mohalla.site.schedule import run_due
from mohalla.stages.access.actions import area as asked

pytestmark = pytest.mark.django_db(transaction=True)
AMINA, BANO = "+923001110001", "+923001110002"
HOUR = timedelta(hours=1)
SAID = {
    "kind": "road", "text_en": "The bridge road is closed until six. Use the lower road.",
    "text_ur": "پل والی سڑک چھ بجے تک بند ہے۔ نچلی سڑک سے جائیں۔",
    "text_ps": "د پله سړک تر شپږو بند دی. له ښکته سړکه لاړ شئ.",
    "asked_for": "Roads office, letter 12",
}  # fmt: skip


@pytest.fixture
def district(settings: Settings, tmp_path: Any) -> Iterator[District]:
    settings.FILES_DIR = tmp_path
    limiter.forget()
    wiring.connect()
    with clock.fixed(NOON):
        yield build(NOON)


def text(words: str, *, number: str = AMINA, at: Any = NOON) -> str:
    """What the phone shows after this text."""
    with clock.fixed(at):
        embedded.type_text(number=number, text=words, at=at)
        run_due(at=at)
    return last(number)


def last(number: str = AMINA) -> str:
    shown = [row.text for row in embedded.thread(number=number) if row.direction == "in"]
    return shown[-1] if shown else ""


def soon(minutes: int) -> Any:
    return NOON + timedelta(minutes=minutes)


def listens(number: str = AMINA) -> int:
    return notices.subscribed(door="sms", address=number)


def people(district: District, count: int) -> None:
    for n in range(count):
        subscribe(door="sms", address=f"+92301{n:07d}", areas=[district.mohalla_a], language="ur",
                  asked_by="sms", at=NOON)  # fmt: skip


# --- the phone asks


@pytest.mark.parametrize(
    "words",
    [
        "ALERT Mohalla A",
        "alert: mohalla a",
        "KHABAR Mohalla A",
        "خبر محلہ A",
        "Alerts mohalla A plz",
    ],
)
def test_a_word_and_a_name_are_enough(district: District, words: str) -> None:
    answer = text(words)
    if "plz" in words:
        assert listens() == 0, "a name and something else is a report"
        return
    assert listens() == 1, answer
    assert "1" in answer
    assert "Mohalla A" not in answer, "nothing that names a place"
    assert Report.objects.count() == 0


def test_it_ends_with_a_word_and_nothing_is_kept(district: District) -> None:
    text("ALERT Mohalla A")
    text("ALERT Mohalla B", at=soon(1))
    assert listens() == 2
    text("KHABAR BAND", at=soon(2))
    assert not Subscriber.objects.exists()
    text("ALERT Mohalla A", at=soon(3))
    text("STOP", at=soon(4))
    assert not Subscriber.objects.exists(), "STOP ends everything"


@pytest.mark.parametrize(
    "words",
    ["Alert fire in the bazaar", "khabar hai ke Mohalla A mein chori hui",
     "Alert! Mohalla A mein aag lagi", "alert mohalla z"],
)  # fmt: skip
def test_what_names_no_mohalla_is_a_report(district: District, words: str) -> None:
    text(words)
    assert listens() == 0
    assert Report.objects.count() == 1


def test_the_word_alone_asks_which(district: District) -> None:
    assert "KHABAR" in text("alert")
    assert Report.objects.count() == 0


def test_an_open_question_is_answered_first(district: District) -> None:
    text("Gali mein pani khara hai")  # asks for the place
    text("khabar nahi, chowk ke paas", at=soon(1))
    assert Report.objects.count() == 1


# --- a page asks, the phone answers


def post(client: Client, **said: str) -> Any:
    return client.post("/en/alerts/", {"area": "mohalla_a", "phone": AMINA} | said)


def test_nobody_is_subscribed_by_others(district: District) -> None:
    client = Client()
    assert post(client).status_code == 200
    run_due(at=NOON)
    assert "1" in last()
    assert listens() == 0, "not before the phone says so"
    text("1", at=soon(1))
    assert listens() == 1
    assert Report.objects.count() == 0


def test_no_is_no_and_it_is_not_asked_again(district: District) -> None:
    client = Client()
    post(client)
    run_due(at=NOON)
    text("2", at=soon(1))
    assert listens() == 0
    post(client)
    run_due(at=soon(2))
    assert Delivery.objects.filter(purpose="invite").count() == 1
    text("1", at=soon(3))
    assert listens() == 0


def test_a_number_is_asked_three_times_at_most_and_the_page_says_the_same(
    district: District,
) -> None:
    client = Client()
    pages = {post(client).content for _n in range(6)}
    assert len({page.count(b"<p") for page in pages}) == 1
    assert Delivery.objects.filter(purpose="invite").count() == 3
    assert Wish.objects.count() == 1


def test_who_said_stop_is_not_asked(district: District) -> None:
    text("Gali mein andhera hai", number=BANO)
    text("STOP", number=BANO, at=soon(1))
    assert post(Client(), phone=BANO).status_code == 200
    assert not Delivery.objects.filter(purpose="invite").exists()


def test_a_bare_one_of_somebody_with_a_report_is_about_the_report(district: District) -> None:
    """Whoever types her number on a page must not turn her answer into something else."""
    text("Gali mein andhera hai, Mohalla A")
    post(Client())
    run_due(at=soon(1))
    assert "1" not in last()
    text("1", at=soon(2))
    assert listens() == 0
    text("KHABAR", at=soon(3))
    assert listens() == 1


def test_a_wish_is_over_after_two_days(district: District) -> None:
    post(Client())
    run_due(at=NOON)
    text("1", at=NOON + timedelta(days=2, minutes=1))
    assert listens() == 0


def test_at_night_a_page_rings_nobody(district: District) -> None:
    night = NOON + timedelta(hours=12)
    assert asked.invite(number=AMINA, area="mohalla_a", language="ur", at=night)
    run_due(at=night)
    assert last() == ""
    run_due(at=night + timedelta(hours=9))
    assert last() != ""


@pytest.mark.parametrize(
    "phone",
    ["", "abc", "1787", "+1 900 555 0100", "+882 16 1234567", "042 35761999", "0300" * 30,
     "<script>alert(1)</script>", "+92300111000\x00", "٠٣٠٠١١١٠٠٠١" * 4],
)  # fmt: skip
def test_only_mobile_numbers_of_the_country_are_ever_written_to(
    district: District, phone: str
) -> None:
    response = post(Client(), phone=phone)
    assert response.status_code in {400, 422}
    assert b"<script>alert" not in response.content
    assert not Delivery.objects.exists()
    assert not Wish.objects.exists()


def test_a_mohalla_that_is_none_and_too_many_tries(district: District) -> None:
    assert post(Client(), area="nowhere").status_code == 422
    limiter.forget()
    answers = [post(Client(), phone=f"+92302{n:07d}").status_code for n in range(14)]
    assert 429 in answers
    assert Delivery.objects.filter(purpose="invite").count() <= 10


# --- staff write and send


def until(hours: int = 6) -> str:
    return (NOON + hours * HOUR).astimezone(PKT).strftime("%Y-%m-%dT%H:%M")


def write(district: District, officer: Any, **said: Any) -> Any:
    wanted = SAID | {"areas": [str(district.mohalla_a.pk)], "expires_at": until()} | said
    return district.client(officer).post("/desk/alerts/new/", wanted)


def one(district: District, officer: Any, **said: Any) -> str:
    response = write(district, officer, **said)
    assert response.status_code == 302, response.content.decode()[:4000]
    return str(response.headers["Location"])


def test_from_the_word_to_the_phone(district: District) -> None:
    text("ALERT Mohalla A")
    text("ALERT Mohalla B", number=BANO)
    page = one(district, district.ali)
    ali = district.client(district.ali)
    shown = ali.get(page).content.decode()
    assert "Fewer than 10 phones" in shown
    assert "2 SMS parts" in shown or "1 SMS part" in shown
    assert last() != SAID["text_ur"]
    assert ali.post(page, {"send": "1"}).status_code == 302
    run_due(at=soon(5))
    assert last().startswith((SAID["text_ur"], SAID["text_en"]))
    assert last(BANO) == last(BANO)
    assert not last(BANO).startswith(SAID["text_ur"]), "another area"
    public = Client().get("/en/alerts/").content.decode()
    assert SAID["text_en"] in public
    after = ali.get(page).content.decode()
    assert "Delivered" in after
    # the reply path: an answer is a report as every text
    text("Which road is open now? The lower one is blocked too", at=soon(10))
    assert Report.objects.count() == 1
    with clock.fixed(NOON + 7 * HOUR):
        assert SAID["text_en"] not in Client().get("/en/alerts/").content.decode(), "it is over"
    kept = set(Entry.objects.filter(room="alerts").values_list("what", flat=True))
    assert kept == {"alert written", "alert sent"}


def test_to_many_it_takes_a_second_person(district: District, settings: Settings) -> None:
    settings.ALERT_ALONE = 10
    people(district, 12)
    page = one(district, district.hamid)
    for officer, wanted in ((district.hamid, 422), (district.ali, 422), (district.sho, 302)):
        assert district.client(officer).post(page, {"send": "1"}).status_code == wanted, officer
    again = district.client(district.sho).post(page, {"send": "1"})
    assert again.status_code == 422, "once"
    assert Alert.objects.get().sent_by == district.sho
    own = one(district, district.sho)
    assert district.client(district.sho).post(own, {"send": "1"}).status_code == 422
    assert district.client(district.saima).post(own, {"send": "1"}).status_code == 302, "from above"


def test_danger_goes_at_once_but_not_by_everybody(district: District, settings: Settings) -> None:
    settings.ALERT_ALONE = 0
    people(district, 1)
    page = one(district, district.hamid, kind="danger")
    assert district.client(district.hamid).post(page, {"send": "1"}).status_code == 422
    assert district.client(district.ali).post(page, {"send": "1"}).status_code == 302


def test_a_fourth_alert_of_a_day_waits(district: District) -> None:
    for wanted in (302, 302, 302, 422):
        page = one(district, district.ali)
        assert district.client(district.ali).post(page, {"send": "1"}).status_code == wanted
    danger = one(district, district.ali, kind="danger")
    assert district.client(district.ali).post(danger, {"send": "1"}).status_code == 302


def test_whoever_covers_the_area_stops_it(district: District) -> None:
    people(district, 3)
    page = one(district, district.ali)
    district.client(district.ali).post(page, {"send": "1"})
    sho = district.client(district.sho)
    assert sho.post(page, {"stop": "1", "why": ""}).status_code == 422
    assert sho.post(page, {"stop": "1", "why": "the road is open"}).status_code == 302
    assert sho.post(page, {"stop": "1", "why": "again"}).status_code == 422
    run_due(at=soon(1))
    assert not Delivery.objects.filter(purpose="alert", state="delivered").exists()
    assert SAID["text_en"] not in Client().get("/en/alerts/").content.decode()


def test_others_do_not_find_it(district: District) -> None:
    page = one(district, district.ali)
    for officer in (district.ehsan, district.farah, district.sana, district.tariq):
        assert district.client(officer).get(page).status_code == 404, officer
        assert district.client(officer).post(page, {"send": "1"}).status_code == 404
    assert district.client(district.farah).get("/desk/alerts/new/").status_code == 404
    assert Client().post(page).status_code == 302
    assert Alert.objects.get().sent_at is None


def test_an_area_of_others_is_no_choice(district: District) -> None:
    assert write(district, district.ali, areas=[str(district.mohalla_b.pk)]).status_code == 422
    assert write(district, district.ali, areas=[]).status_code == 422
    both = [str(district.mohalla_a.pk), str(district.mohalla_b.pk)]
    assert one(district, district.saima, areas=both)


@pytest.mark.parametrize(
    "field,value",
    [
        ("text_en", "Look at http://example.pk/x"), ("text_en", "See bit.ly/abc"),
        ("text_ur", "شناختی کارڈ 35202-1234567-1 والا"), ("text_en", "Call 0300 1234567"),
        ("text_ps", ""), ("text_en", "x" * 316), ("text_ur", "پ" * 131), ("text_ur", "   "),
        ("kind", "war"), ("expires_at", "2020-01-01T10:00"), ("expires_at", "soon"),
        ("expires_at", "2027-01-01T10:00"), ("asked_for", ""), ("areas", "x"),
    ],
)  # fmt: skip
def test_what_is_refused(district: District, field: str, value: str) -> None:
    assert write(district, district.ali, **{field: value}).status_code == 422
    assert not Alert.objects.exists()


def test_odd_letters_do_not_turn_the_page_round(district: District) -> None:
    page = one(district, district.ali, text_en="Road \u202eclosed\u2066 <b>now</b>")
    shown = district.client(district.ali).get(page).content.decode()
    assert "\u202e" not in shown
    assert "<b>now" not in shown


def test_what_is_held_back_is_seen_by_the_desk(district: District, settings: Settings) -> None:
    settings.SMS_PARTS_A_DAY = 1
    people(district, 3)
    page = one(district, district.ali)
    district.client(district.ali).post(page, {"send": "1"})
    text("Gali mein andhera hai", number=BANO)  # the answer to it spends what there is
    run_due(at=soon(1))
    shown = district.client(district.sho).get("/desk/notices/").content.decode()
    assert "spend stop" in shown
    settings.SMS_PARTS_A_DAY = 100
    run_due(at=soon(2))
    assert "spend stop" not in district.client(district.sho).get("/desk/notices/").content.decode()
    assert Delivery.objects.filter(purpose="alert", state="delivered").count() == 3


def test_pages_cost_few_statements(district: District, django_assert_max_num_queries: Any) -> None:
    people(district, 12)
    for _n in range(3):
        page = one(district, district.ali)
        district.client(district.ali).post(page, {"send": "1"})
    client = district.client(district.sho)
    for path, most in (("/desk/alerts/", 12), (page, 26), ("/desk/notices/", 14), ("/alerts/", 8)):
        client.get(path)
        with django_assert_max_num_queries(most):
            response = client.get(path)
        assert response.status_code == 200
        assert len(response.content) < 50_000, path
