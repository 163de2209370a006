"""Signing in at the pages: by passkey and by code, sessions that end, proofs that grow old."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest
from django.test import Client
from tests.authenticator import ORIGIN, Device
from tests.district import District, signed_in

from mohalla.foundation import clock, limiter
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.people import actions, door
from mohalla.foundation.people.models import Account, Notice, Passkey, Session
from mohalla.foundation.units import actions as units
from mohalla.foundation.units.models import Posting

PASSWORD = "a lamp in every lane"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def origin(settings: Any) -> Iterator[None]:
    settings.ORIGIN = ORIGIN
    limiter.forget()
    yield
    limiter.forget()


@pytest.fixture
def ali(district: District) -> Account:
    """Without a password: hashing one takes half a second."""
    made, _none = actions.make_account(
        name="ali", password="", officer=district.ali, by="system", at=district.at
    )
    return made


def browser() -> Client:
    return Client(headers={"accept-language": "en"})


def enrol(client: Client, device: Device) -> Any:
    asked = client.post("/desk/me/passkeys/question/").json()
    return client.post("/desk/me/passkeys/", {"name": "My phone", "answer": device.make(asked)})


def enter(client: Client, device: Device, **more: str) -> Any:
    asked = client.post("/sign-in/question/").json()
    return client.post("/sign-in/", {"answer": device.show(asked), **more})


def ready(ali: Account) -> tuple[Client, Device]:
    """Signed in, with a passkey that has just been made."""
    client, device = browser(), Device()
    signed_in(client, ali)
    assert enrol(client, device)["Location"] == "/desk/me/"
    return client, device


def at(moment: datetime) -> Any:
    return clock.fixed(moment)


def proof_asked(answer: Any) -> bool:
    """Sent to the proof, or told that nothing was sent."""
    if answer.status_code == 403:
        return "Nothing was sent yet" in answer.content.decode()
    return answer.status_code == 302 and answer["Location"].startswith("/desk/prove/?next=")


def test_a_passkey_alone_signs_in_with_a_session_of_its_own(ali: Account) -> None:
    client, device = ready(ali)
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/desk/").status_code == 302
    client.get("/sign-in/")
    client.post("/sign-in/question/")
    before = client.session.session_key
    wrong = client.post("/sign-in/", {"answer": "{}"})
    assert wrong.status_code == 422
    assert "does not open anything" in wrong.content.decode()
    answer = enter(client, device, next="/desk/search/")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/search/")
    assert client.session.session_key != before, "the key is a new one"
    assert client.get("/desk/").status_code == 200
    row = Session.objects.order_by("pk").last()
    assert (row.means, row.passkey, row.account) == ("passkey", Passkey.objects.get(), ali)
    assert enter(browser(), device, next="https://evil.example/")["Location"] == "/desk/"


def test_an_answer_seen_on_the_way_signs_nobody_in_elsewhere(ali: Account) -> None:
    _client, device = ready(ali)
    one, other = browser(), browser()
    answer = device.show(one.post("/sign-in/question/").json())
    other.post("/sign-in/question/")
    assert other.post("/sign-in/", {"answer": answer}).status_code == 422
    assert one.post("/sign-in/", {"answer": answer}).status_code == 302
    assert one.post("/sign-in/", {"answer": answer}).status_code == 422


def test_password_and_code_stay(district: District) -> None:
    _made, secret = actions.make_account(
        name="kiran", password=PASSWORD, officer=district.ali, by="system", at=district.at
    )
    client = browser()
    said = {"name": "kiran", "password": PASSWORD, "code": pyotp.TOTP(secret).at(district.at)}
    assert client.post("/sign-in/", said | {"password": "x"}).status_code == 422
    assert client.post("/sign-in/", said)["Location"] == "/desk/"
    page = client.get("/desk/").content.decode()
    assert "1 attempt to sign in as you failed" in page
    assert "attempt to sign in" not in client.get("/desk/").content.decode(), "told once"
    with at(district.at + 11 * MINUTE):
        assert proof_asked(client.get("/desk/me/passkeys/"))
        code = pyotp.TOTP(secret).at(clock.now())
        assert client.post("/desk/prove/", {"code": "000000"}).status_code == 422
        back = client.post("/desk/prove/", {"code": code, "next": "/desk/me/passkeys/"})
        assert (back.status_code, back["Location"]) == (302, "/desk/me/passkeys/")
        assert client.get("/desk/me/passkeys/").status_code == 200
        assert client.post("/desk/prove/", {"code": code}).status_code == 422, "once only"


def test_without_an_address_there_are_no_passkeys(ali: Account, settings: Any) -> None:
    client, _device = ready(ali)
    assert "data-passkey" not in browser().get("/sign-in/").content.decode(), "another address"
    secure = {"secure": True, "headers": {"host": "desk.example.org"}}
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "desk.example.org"]
    assert "data-passkey" in browser().get("/sign-in/", **secure).content.decode()
    settings.ORIGIN = ""
    assert browser().post("/sign-in/question/").status_code == 404
    assert client.post("/desk/me/passkeys/question/").status_code == 404
    assert "not set up" in browser().get("/sign-in/").content.decode()


@pytest.mark.parametrize("minutes,means,stays", [
    (29, "password", True), (31, "password", False), (31, "demo", False),
])  # fmt: skip
def test_idle_sessions_end(
    ali: Account, district: District, minutes: int, means: str, stays: bool
) -> None:
    client = browser()
    row = signed_in(client, ali, means=means, at=district.at)
    if means == "demo":  # opens nothing outside of a demonstration, however young
        assert client.get("/desk/").status_code == 302
        return
    with at(district.at + minutes * MINUTE):
        answer = client.get("/desk/")
        assert (answer.status_code == 200) is stays
        if not stays:
            assert answer["Location"].endswith("&why=idle")
            assert "nothing was done" in client.get(answer["Location"]).content.decode()
            row.refresh_from_db()
            assert row.ended_why == "idle"
            assert door.ROW not in client.session


def test_every_session_ends_after_ten_hours(ali: Account, district: District) -> None:
    client = browser()
    signed_in(client, ali, at=district.at)
    for number in range(1, 30):
        with at(district.at + number * 20 * MINUTE):
            assert client.get("/desk/").status_code == 200, number
    with at(district.at + timedelta(hours=10)):
        assert client.get("/desk/")["Location"].endswith("&why=most")


def test_in_the_demonstration_a_click_is_a_proof_that_never_ends(
    ali: Account, district: District, settings: Any
) -> None:
    client = browser()
    signed_in(client, ali, means="demo", at=district.at)
    settings.DEMO = True
    with at(district.at + timedelta(days=9)):
        assert client.get("/desk/export.xlsx").status_code == 200
        assert "one click" in client.get("/desk/me/").content.decode()
        settings.DEMO = False
        assert client.get("/desk/").status_code == 302


def test_a_session_that_we_did_not_begin_opens_nothing(ali: Account) -> None:
    client = browser()
    client.force_login(ali)
    assert client.get("/desk/").status_code == 302
    signed_in(client, ali)
    assert client.get("/desk/").status_code == 200


def test_closing_a_password_a_transfer_and_a_suspension_end_every_session(
    ali: Account, district: District
) -> None:
    def rows() -> tuple[Client, Client]:
        clients = browser(), browser()
        for client in clients:
            signed_in(client, ali)
            assert client.get("/desk/").status_code == 200
        return clients

    posting = Posting.objects.get(officer=district.ali)
    away = {"officer": district.ali, "by": "system", "at": district.at}
    for what, act in {
        "password": lambda: actions.set_password(
            account=ali, password=PASSWORD, by="system", at=district.at),
        "suspended": lambda: units.start_leave(suspended=True, **away),
        "posting": lambda: units.end_posting(posting=posting, by="system", at=district.at),
        "closed": lambda: actions.close_account(account=ali, by="system", at=district.at),
    }.items():  # fmt: skip
        clients = rows()
        act()
        ali.refresh_from_db()
        for client in clients:
            assert client.get("/desk/").status_code == 302, what
        assert set(Session.objects.filter(ended_why=what).values_list("account")) == {(ali.pk,)}
    elsewhere = district.client(district.sana)
    units.start_leave(officer=district.sana, by="system", at=district.at, until=None)
    assert elsewhere.get("/desk/").status_code == 200, "leave alone ends no session"


def test_confidential_cases_are_opened_with_a_fresh_proof(district: District) -> None:
    hidden = district.make_case("He hits me", category="home_violence")
    plain = district.make_case()
    assert (hidden.sensitivity, plain.sensitivity) == ("C2", "C1")
    sana, ali = district.client(district.sana), district.client(district.ali)
    page, note = f"/desk/cases/{hidden.reference}/", f"/desk/cases/{hidden.reference}/note"
    assert sana.get(page).status_code == 200
    with at(district.at + 11 * MINUTE):
        assert proof_asked(sana.get(page))
        assert proof_asked(sana.get(page + "print"))
        assert proof_asked(sana.get(note))
        assert ali.get(page).status_code == 404, "hidden is hidden before a proof is asked for"
        assert ali.get(f"/desk/cases/{plain.reference}/").status_code == 200
        assert sana.get("/desk/").status_code == 200


def test_what_was_sent_is_kept_and_never_sent_by_itself(district: District) -> None:
    case = district.make_case("He hits me", category="home_violence")
    sana = district.client(district.sana)
    path = f"/desk/cases/{case.reference}/note"
    typed = {"kind": "note", "text": "She is at her sister's <b>"}
    with at(district.at + 11 * MINUTE):
        answer = sana.post(path, typed)
        assert proof_asked(answer)
        page = answer.content.decode()
        assert 'value="She is at her sister&#x27;s &lt;b&gt;"' in page
        assert not case.notes.exists()
        row = Session.objects.order_by("pk").last()
        actions.prove_again(session=row, means="password", at=clock.now())
        assert not case.notes.exists(), "a proof sends nothing"
        assert sana.post(path, typed).status_code == 302
        assert case.notes.count() == 1


@pytest.mark.parametrize("path,keeper", [
    ("/desk/export.xlsx", False), ("/desk/me/passkeys/", False), ("/desk/people/accounts/", True),
    ("/desk/people/post/", True), ("/desk/people/leave/", True),
])  # fmt: skip
def test_powerful_acts_ask_for_a_fresh_proof(district: District, path: str, keeper: bool) -> None:
    client = district.client(district.dawood, administers=keeper)
    with at(district.at + 9 * MINUTE):
        assert client.get(path).status_code == 200
    with at(district.at + 10 * MINUTE):
        assert proof_asked(client.get(path))
        stranger = district.client(None)
        assert stranger.get(path)["Location"].startswith("/sign-in/")
    if keeper:
        with at(district.at + 60 * MINUTE):
            assert district.client(district.ali).get(path).status_code == 404


def test_a_passkey_is_the_proof(ali: Account, district: District) -> None:
    client, device = ready(ali)
    other = Device()
    signed_in(second := browser(), Account.objects.create(name="ehsan", officer=district.ehsan))
    enrol(second, other)
    key = client.session.session_key
    with at(district.at + 11 * MINUTE):
        assert proof_asked(client.get("/desk/export.xlsx"))
        asked = client.post("/desk/prove/question/").json()
        wrong = client.post("/desk/prove/", {"answer": other.show(asked)})
        assert wrong.status_code == 422
        assert proof_asked(client.get("/desk/export.xlsx"))
        asked = client.post("/desk/prove/question/").json()
        goal = {"answer": device.show(asked), "next": "/desk/export.xlsx"}
        assert client.post("/desk/prove/", goal)["Location"] == "/desk/export.xlsx"
        assert client.get("/desk/export.xlsx").status_code == 200
        assert client.session.session_key != key, "a new key with the proof"
        away = {"answer": "{}", "next": "https://evil.example/"}
        assert "evil" not in client.post("/desk/prove/", away).content.decode()


def test_passkeys_and_sessions_in_my_list(ali: Account, district: District) -> None:
    client, device = ready(ali)
    agent = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
    phone = Client(headers={"accept-language": "en", "user-agent": agent})
    enter(phone, device)
    page = client.get("/desk/me/").content.decode()
    for words in ("My phone", "Chrome, Android", "A passkey was made", "sealed reports"):
        assert words in page
    row = Session.objects.get(device="Chrome, Android")
    stranger = district.client(district.ehsan)
    assert stranger.post(f"/desk/me/sessions/{row.pk}/end").status_code == 404
    assert phone.get("/desk/").status_code == 200
    assert client.post(f"/desk/me/sessions/{row.pk}/end").status_code == 302
    assert phone.get("/desk/").status_code == 302
    enter(phone, device)
    assert client.post("/desk/me/sessions/end").status_code == 302
    assert phone.get("/desk/").status_code == 302
    assert client.get("/desk/").status_code == 200, "this one goes on"
    assert stranger.get("/desk/").status_code == 200


def test_removing_my_passkey(ali: Account, district: District) -> None:
    client, device = ready(ali)
    elsewhere = browser()
    enter(elsewhere, device)
    path = f"/desk/me/passkeys/{Passkey.objects.get().pk}/removal"
    stranger = district.client(district.ehsan)
    assert stranger.get(path).status_code == 404
    assert stranger.post(path).status_code == 404
    with at(district.at + 11 * MINUTE):
        assert proof_asked(client.get(path))
        assert proof_asked(client.post(path))
        assert enter(elsewhere, device).status_code == 302
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 302
    assert enter(browser(), device).status_code == 422
    assert elsewhere.get("/desk/").status_code == 302, "what it opened is shut"
    assert client.get("/desk/").status_code == 200


def test_the_keeper_removes_a_lost_one_and_the_officer_is_told(
    ali: Account, district: District
) -> None:
    client, device = ready(ali)
    keeper = district.client(district.dawood, administers=True)
    page = keeper.get("/desk/people/accounts/").content.decode()
    found = re.search(r"/desk/people/accounts/passkeys/[\w-]+/removal", page)
    assert found
    assert client.post(found[0]).status_code == 404, "only the keeper"
    assert keeper.post(found[0]).status_code == 302
    assert enter(browser(), device).status_code == 422
    assert "Whoever keeps accounts removed a passkey" in client.get("/desk/me/").content.decode()
    row = Entry.objects.get(what="passkey removed")
    assert row.by == f"account:{Account.objects.get(officer=district.dawood).pk}"
    copy = Device(key=device.key, credential=device.credential, handle=device.handle)
    assert enter(browser(), copy).status_code == 422


def test_a_copied_passkey_is_told_to_the_officer_and_to_the_keeper(
    ali: Account, district: District
) -> None:
    client, device = ready(ali)
    keeper = district.client(district.dawood, administers=True)
    assert "backwards" not in keeper.get("/desk/people/accounts/").content.decode()
    device.count = 7
    enter(browser(), device)
    device.count = 3
    assert enter(browser(), device).status_code == 422
    assert "backwards" in keeper.get("/desk/people/accounts/").content.decode()
    device.count = 9
    again = browser()
    enter(again, device)
    assert "Something changed on your account" in again.get("/desk/").content.decode()
    assert "backwards" in again.get("/desk/me/").content.decode()
    enter(again, device)
    assert "Something changed" not in again.get("/desk/").content.decode(), "told"
    assert client.get("/desk/").status_code == 200
    assert Notice.objects.filter(what="counter_back").count() == 1


def test_a_new_officer_begins_with_an_invitation(district: District) -> None:
    keeper = district.client(district.dawood, administers=True)
    said = {"do": "make", "officer": district.ali.pk, "name": "ali", "password": ""}
    page = keeper.post("/desk/people/accounts/", said)
    assert page.status_code == 200
    found = re.search(r"\d{4}(?: \d{4}){4}", page.content.decode())
    assert found
    client, device = browser(), Device()
    path, digits = "/sign-in/invitation/", found[0]
    assert client.post(path + "question/", {"digits": "1" * 20}).status_code == 404
    asked = client.post(path + "question/", {"digits": digits}).json()
    answer = device.make(asked)
    assert client.post(path, {"digits": "1" * 20, "answer": answer}).status_code == 422
    sent = client.post(path, {"digits": digits, "answer": answer, "name": "Mine"})
    assert (sent.status_code, sent["Location"]) == (302, "/desk/me/")
    assert client.get("/desk/").status_code == 200
    assert client.post(path + "question/", {"digits": digits}).status_code == 404
    assert enter(browser(), device).status_code == 302
    assert digits.replace(" ", "") not in str(list(Entry.objects.values()))
    ali = Account.objects.get(name="ali")
    assert (ali.totp_sealed, ali.has_usable_password()) == ("", False)
    renew = {"do": "invite", "account": ali.pk}
    assert re.search(
        r"\d{4}( \d{4}){4}", keeper.post("/desk/people/accounts/", renew).content.decode()
    )
    close = {"do": "close", "account": ali.pk}
    assert keeper.post("/desk/people/accounts/", close).status_code == 200
    assert client.get("/desk/").status_code == 302
    assert enter(browser(), device).status_code == 422


def test_guessing_from_one_prefix_waits_longer_and_shuts_no_passkey(ali: Account) -> None:
    _client, device = ready(ali)
    guesser = browser()
    said = {"name": "nobody", "password": "x", "code": "000000"}
    answers = [guesser.post("/sign-in/", said).status_code for _try in range(11)]
    assert answers == [422] * 10 + [429]
    wait = int(guesser.post("/sign-in/", said).headers["Retry-After"])
    assert 1 <= wait <= 61
    assert enter(browser(), device).status_code == 302, "from the same prefix"
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert other.post("/sign-in/", said).status_code == 422


def test_what_leaving_wipes(ali: Account) -> None:
    client, _device = ready(ali)
    out = client.post("/sign-out/")
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    citizen = browser()
    citizen.cookies["l"], citizen.cookies["f"] = "ps", "nastaliq"
    citizen.get("/report/")
    gone = citizen.get("/leave/")
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert {name for name, one in gone.cookies.items() if one["max-age"] == 0} >= set("sclf")
    assert ali.sessions.get(ended_why="signed out").ended_at is not None


def test_the_policy_of_pages_directive_by_directive(ali: Account) -> None:
    client, _device = ready(ali)
    wanted = {
        "default-src": "'none'", "script-src": "'self'", "style-src": "'self'",
        "img-src": "'self' data: blob:", "media-src": "'self' blob:", "font-src": "'self'",
        "connect-src": "'self'", "form-action": "'self'", "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": "'none'", "manifest-src": "'self'",
    }  # fmt: skip
    for path in ("/", "/report/", "/track/", "/sign-in/", "/sign-in/invitation/", "/desk/",
                 "/desk/me/", "/desk/me/passkeys/", "/desk/prove/", "/no-such-page/"):  # fmt: skip
        answer = client.get(path)
        told = re.sub(r" 'nonce-[^']+'", "", answer.headers["Content-Security-Policy"])
        rows = dict(row.strip().split(" ", 1) for row in told.split(";") if row.strip())
        assert rows == wanted, path
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert answer.headers["Cross-Origin-Embedder-Policy"] == "require-corp", path
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", path
        assert answer.headers["Cache-Control"] == "no-store", path
        page = answer.content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)", page), path
        assert not re.search(r"\son\w+=", re.sub(r"<svg.*?</svg>", "", page)), path
