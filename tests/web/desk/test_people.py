"""Postings, rosters, leave and accounts; and the public card."""

from __future__ import annotations

import re

import pyotp
import pytest
from django.test import Client
from tests.district import District

from mohalla.foundation import clock
from mohalla.foundation.people.models import Account
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Leave, Posting
from mohalla.station.casework import queries

PAGES = ("post/", "end/", "hours/", "leave/", "back/", "accounts/")


@pytest.fixture
def keeper(district: District) -> Client:
    return district.client(district.dawood, administers=True)


@pytest.mark.parametrize("page", PAGES)
def test_only_the_keeper_gets_in(district: District, keeper: Client, page: str) -> None:
    assert keeper.get(f"/desk/people/{page}").status_code == 200
    assert district.client(district.ali).get(f"/desk/people/{page}").status_code == 404
    assert district.client(district.ali).post(f"/desk/people/{page}").status_code == 404
    assert district.client(None).get(f"/desk/people/{page}").status_code == 302


def test_others_see_the_colleagues_of_their_own_desk(district: District, keeper: Client) -> None:
    everyone = keeper.get("/desk/people/").content.decode()
    mine = district.client(district.ali).get("/desk/people/").content.decode()
    assert "Ehsan" in everyone
    assert "Hamid" in mine
    assert "Ehsan" not in mine
    assert "/desk/people/end/" not in mine


def test_a_transfer_hands_every_open_promise_over(district: District, keeper: Client) -> None:
    case = district.make_case()
    posting = Posting.objects.get(officer=district.ali)
    assert keeper.post("/desk/people/end/", {"posting": "9999999"}).status_code == 422
    assert keeper.post("/desk/people/end/", {"posting": posting.pk}).status_code == 302
    case.refresh_from_db()
    assert case.officer_id not in {None, district.ali.pk}
    assert district.ali.pk not in {row.officer_id for row in queries.open_promises(case)}
    assert district.client(district.ali).get(f"/desk/cases/{case.reference}/").status_code == 404


def test_post_hours_and_leave(district: District, keeper: Client) -> None:
    said = {"officer": district.ehsan.pk, "unit": district.station_a.pk, "role": "member"}
    assert keeper.post("/desk/people/post/", said).status_code == 302
    posting = Posting.objects.get(officer=district.ehsan, unit=district.station_a)
    hours = {"posting": posting.pk, "weekdays": ["1", "5"], "starts": "20:00", "ends": "04:00",
             "from_on": "2026-03-25"}  # fmt: skip
    assert keeper.post("/desk/people/hours/", hours | {"starts": "25:00"}).status_code == 422
    assert keeper.post("/desk/people/hours/", hours).status_code == 302
    assert posting.duty_hours.get().weekdays == "15"
    leave = {"officer": district.ehsan.pk, "until": "2026-03-24T12:00"}
    assert keeper.post("/desk/people/leave/", leave).status_code == 422
    assert keeper.post("/desk/people/leave/", leave | {"until": ""}).status_code == 302
    assert units.directory().away(district.ehsan.pk, clock.now())
    row = Leave.objects.get()
    assert keeper.post("/desk/people/back/", {"leave": row.pk}).status_code == 302
    assert not units.directory().away(district.ehsan.pk, clock.now())


def test_an_account_is_made_and_signs_in_with_its_code(district: District, keeper: Client) -> None:
    said = {"do": "make", "officer": district.ali.pk, "name": "ali", "password": "short"}
    assert keeper.post("/desk/people/accounts/", said).status_code == 422
    page = keeper.post("/desk/people/accounts/", said | {"password": "a lamp in every lane"})
    secret = re.search(r"[A-Z2-7]{32}", page.content.decode())
    assert secret is not None
    code = pyotp.TOTP(secret[0]).at(clock.now())
    browser = Client()
    answer = browser.post(
        "/sign-in/?next=/desk/search/",
        {"name": "ali", "password": "a lamp in every lane", "code": code},
    )
    assert (answer.status_code, answer["Location"]) == (302, "/desk/search/")
    assert browser.get("/desk/").status_code == 200
    assert browser.post("/sign-out/").status_code == 302
    assert browser.get("/desk/").status_code == 302
    assert Account.objects.get(name="ali").officer_id == district.ali.pk


def test_sign_in_says_the_same_to_every_mistake(district: District) -> None:
    pages = set()
    for name in ("nobody at all", district.ali.belt):
        district.client(district.ali)
        page = Client().post("/sign-in/", {"name": name, "password": "x", "code": "000000"})
        assert page.status_code == 422
        text = page.content.decode().replace(name, "NAME")
        pages.add(re.sub(r'csrfmiddlewaretoken" value="[^"]+|nonce="[^"]+', "", text))
    assert len(pages) == 1
    away = Client().post("/sign-in/?next=https://evil.example/", {"name": "x"})
    assert "evil.example" not in away.content.decode().replace("?next=https://evil.example/", "")


def test_the_card_names_rank_and_desk_and_the_name_only_where_allowed(district: District) -> None:
    anybody = Client(headers={"accept-language": "en"})
    assert anybody.get("/who/").status_code == 200
    page = anybody.get("/who/?mohalla=mohalla_a").content.decode()
    assert "ASI" in page
    assert "Station A" in page
    assert "Ali" not in page
    district.station_a.names_shown = True
    district.station_a.save()
    units.forget()
    assert "Ali" in anybody.get("/who/?mohalla=mohalla_a").content.decode()
    assert anybody.get("/who/?mohalla=nowhere").status_code == 200
