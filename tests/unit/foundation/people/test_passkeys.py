"""A passkey opens its own account, from our own address, once for each question; nothing else does.

Each refusal stands beside the same act done rightly.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from tests.authenticator import COPIED, MAY_BE_COPIED, ORIGIN, PRESENT, VERIFIED, Device

from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.people import actions, ceremony
from mohalla.foundation.people.models import Account, Challenge, Invitation, Notice, Passkey

AT = datetime(2026, 3, 25, 7, 0, tzinfo=UTC)
PASSWORD = "a lamp in every lane"
HERE, THERE = "session-of-this-browser", "session-of-another"


@pytest.fixture(autouse=True)
def origin(settings: Any) -> None:
    settings.ORIGIN = ORIGIN


def account(name: str, password: str = "") -> Account:
    return actions.make_account(name=name, password=password, officer=None, by="system", at=AT)[0]


@pytest.fixture
def ali(db: None) -> Account:
    return account("ali")


def enrolled(owner: Account, device: Device, *, at: datetime = AT) -> Passkey:
    asked = actions.ask_to_make(account=owner, purpose="make", browser=HERE, at=at)
    return actions.make_passkey(
        account=owner, answer=json.loads(device.make(asked)), name="My phone", purpose="make",
        browser=HERE, at=at,
    )  # fmt: skip


def question(*, at: datetime = AT, browser: str = HERE) -> dict[str, Any]:
    return actions.ask_to_show(purpose="sign-in", browser=browser, account=None, at=at)


def answered(
    answer: str, *, at: datetime = AT, browser: str = HERE, owner: Account | None = None,
    purpose: str = "sign-in",
) -> Passkey:  # fmt: skip
    return actions.show_passkey(
        purpose=purpose, browser=browser, account=owner, answer=json.loads(answer), at=at
    )


def opens(device: Device, *, at: datetime = AT) -> bool:
    """Asked and answered rightly, by this device as it is now."""
    try:
        return bool(answered(device.show(question(at=at)), at=at).account_id)
    except ceremony.NotAccepted:
        return False


def refused(answer: str, **how: Any) -> str:
    with pytest.raises(ceremony.NotAccepted) as caught:
        answered(answer, **how)
    return caught.value.reason


def test_made_once_and_signs_in_alone(ali: Account) -> None:
    device = Device(flags=PRESENT | VERIFIED | MAY_BE_COPIED | COPIED)
    passkey = enrolled(ali, device)
    assert passkey.prf
    assert passkey.backed_up
    assert passkey.transports == ["internal"]
    assert bytes(device.handle) == ali.handle.bytes
    asked = question()
    assert "allowCredentials" not in asked["publicKey"], "nobody is named before the answer"
    found = answered(device.show(asked))
    assert found.account == ali
    found.refresh_from_db()
    assert (found.sign_count, found.used_at) == (1, AT)
    told = set(Entry.objects.values_list("what", flat=True))
    assert {"passkey made"} <= told
    assert not any("phone" in json.dumps(row.facts) for row in Entry.objects.all())


@pytest.mark.parametrize("prf", [True, False, None])
def test_whether_it_can_keep_keys_is_stored(ali: Account, prf: bool | None) -> None:
    asked = actions.ask_to_make(account=ali, purpose="make", browser=HERE, at=AT)
    assert asked["publicKey"]["extensions"] == {"prf": {}}
    assert enrolled(ali, Device(prf=prf)).prf is (prf is True)


WRONG: list[tuple[str, Callable[[Device], None]]] = [
    ("another address", lambda device: setattr(device, "origin", "https://desk.example.net")),
    ("another port", lambda device: setattr(device, "origin", ORIGIN + ":8443")),
    ("below our own", lambda device: setattr(device, "origin", "https://x.desk.example.org")),
    ("without TLS", lambda device: setattr(device, "origin", "http://desk.example.org")),
    ("another host", lambda device: setattr(device, "host", "example.org")),
    ("inside a frame", lambda device: setattr(device, "frame", True)),
    ("nobody verified", lambda device: setattr(device, "flags", PRESENT)),
    ("nobody present", lambda device: setattr(device, "flags", VERIFIED)),
]


@pytest.mark.parametrize("name,spoil", WRONG, ids=[name for name, _ in WRONG])
def test_what_the_browser_must_say(
    ali: Account, name: str, spoil: Callable[[Device], None]
) -> None:
    good = Device()
    enrolled(ali, good)
    assert opens(good)
    spoil(good)
    assert not opens(good), name
    bad = Device()
    spoil(bad)
    with pytest.raises(ceremony.NotAccepted):
        enrolled(ali, bad)
    assert Passkey.objects.count() == 1


def test_a_question_is_answered_once(ali: Account) -> None:
    device = Device(counts=False)
    enrolled(ali, device)
    answer = device.show(question())
    assert answered(answer).account == ali
    assert refused(answer) == "no question"
    question()
    assert refused(answer) == "signature", "another question, the old answer"
    assert opens(device)


def test_a_question_belongs_to_one_browser_one_purpose_one_account(ali: Account) -> None:
    device = Device()
    enrolled(ali, device)
    ehsan = account("ehsan")
    answer = device.show(question())
    assert refused(answer, browser=THERE) == "no question"
    assert refused(answer, purpose="prove") == "no question"
    assert refused(answer, owner=ehsan) == "no question"
    assert answered(answer).account == ali


def test_a_question_ends_after_two_minutes(ali: Account) -> None:
    device = Device()
    enrolled(ali, device)
    late = AT + timedelta(seconds=ceremony.MOST_SECONDS + 1)
    assert refused(device.show(question()), at=late) == "too late"
    last = AT + timedelta(seconds=ceremony.MOST_SECONDS)
    assert answered(device.show(question()), at=last).account == ali
    question(browser=THERE)
    question(at=late + timedelta(hours=1))
    assert Challenge.objects.count() == 1, "old ones are swept away by new ones"


def test_a_new_question_ends_the_one_before(ali: Account) -> None:
    device = Device()
    enrolled(ali, device)
    first = device.show(question())
    second = question()
    assert refused(first) == "signature"
    assert refused(device.show(second)) == "no question", "a wrong answer uses it up"
    assert opens(device)


def test_the_passkey_of_another_account(ali: Account) -> None:
    """By naming its credential, by signing with the own key, and at the proof of somebody else."""
    mine, theirs = Device(), Device()
    enrolled(ali, mine)
    ehsan = account("ehsan")
    enrolled(ehsan, theirs)
    forged = Device(key=mine.key, credential=theirs.credential, handle=theirs.handle, count=9)
    assert refused(forged.show(question())) == "signature"
    mine.handle = theirs.handle
    assert refused(mine.show(question())) == "other account"
    mine.handle = ali.handle.bytes
    asked = actions.ask_to_show(purpose="prove", browser=HERE, account=ali, at=AT)
    assert len(asked["publicKey"]["allowCredentials"]) == 1
    assert refused(theirs.show(asked), owner=ali, purpose="prove") == "other account"
    asked = actions.ask_to_show(purpose="prove", browser=HERE, account=ali, at=AT)
    assert answered(mine.show(asked), owner=ali, purpose="prove").account == ali
    unknown = Device(handle=ali.handle.bytes)
    assert refused(unknown.show(question())) == "unknown"


def test_a_counter_that_goes_back_is_refused_and_told(ali: Account) -> None:
    device = Device(count=10)
    enrolled(ali, device)
    assert opens(device)
    copy = Device(key=device.key, credential=device.credential, handle=device.handle, count=9)
    assert refused(copy.show(question())) == "count", "10 again after 11"
    assert Notice.objects.get(what="counter_back").account == ali
    silent = Device(
        key=device.key, credential=device.credential, handle=device.handle, counts=False
    )
    assert refused(silent.show(question())) == "count", "a counter does not fall silent"
    assert Entry.objects.filter(what="passkey refused", facts__why="count").count() == 2
    assert opens(device), "the one whose counter rises goes on"
    zero = Device(counts=False)
    enrolled(ali, zero)
    assert opens(zero)
    assert opens(zero), "always 0 is what most passkeys say"


def test_a_passkey_that_turns_into_one_that_can_be_copied(ali: Account) -> None:
    device = Device()
    enrolled(ali, device)
    device.flags |= MAY_BE_COPIED
    assert refused(device.show(question())) == "changed"
    device.flags ^= MAY_BE_COPIED
    assert opens(device)


def test_a_removed_one_opens_nothing_and_its_row_stays(ali: Account) -> None:
    device, other = Device(), Device()
    passkey = enrolled(ali, device)
    enrolled(ali, other)
    assert opens(device)
    actions.remove_passkey(passkey=passkey, by="account:99", at=AT)
    assert refused(device.show(question())) == "removed"
    assert opens(other)
    assert Passkey.objects.get(pk=passkey.pk).removed_at == AT
    assert Notice.objects.filter(what="keeper_gone", account=ali).count() == 1
    actions.remove_passkey(passkey=passkey, by="account:99", at=AT)
    assert Entry.objects.filter(what="passkey removed").count() == 1
    with pytest.raises(ceremony.NotAccepted):
        enrolled(ali, device)


def test_a_closed_account_opens_to_nobody(ali: Account) -> None:
    device = Device()
    enrolled(ali, device)
    assert opens(device)
    actions.close_account(account=ali, by="system", at=AT)
    assert refused(device.show(question())) == "closed"


def test_a_locked_password_does_not_shut_the_passkey(ali: Account) -> None:
    actions.set_password(account=ali, password=PASSWORD, by="system", at=AT)
    device = Device()
    enrolled(ali, device)
    for _try in range(12):
        assert not actions.check_sign_in(name="ali", password="wrong", code="000000", at=AT)
    ali.refresh_from_db()
    assert ali.locked_until is not None
    assert ali.locked_until > AT
    assert ali.refused == 12
    assert opens(device)


def test_what_cannot_be_read_is_not_accepted(ali: Account) -> None:
    device = Device()
    enrolled(ali, device)
    whole = json.loads(device.show(question()))
    spoiled: list[Any] = [{}, {"rawId": []}, {"rawId": whole["rawId"]}, whole | {"response": []},
                          whole | {"type": 7}, whole | {"response": {}}]  # fmt: skip
    for name in whole["response"]:
        for value in ("", "AAAA", "!", 7, None, [], "A" * 9999):
            spoiled.append(whole | {"response": whole["response"] | {name: value}})
    for answer in spoiled:
        question()
        assert refused(json.dumps(answer)), answer
    made = json.loads(
        device.make(actions.ask_to_make(account=ali, purpose="make", browser=HERE, at=AT))
    )
    for name in ("clientDataJSON", "attestationObject"):
        for value in ("", "AAAA", "!", 7, None, [], "oA"):
            actions.ask_to_make(account=ali, purpose="make", browser=HERE, at=AT)
            answer = made | {"response": made["response"] | {name: value}}
            with pytest.raises(ceremony.NotAccepted):
                actions.make_passkey(account=ali, answer=answer, name="x", purpose="make",
                                     browser=HERE, at=AT)  # fmt: skip
    assert opens(device)


def test_ten_are_enough(ali: Account) -> None:
    for _number in range(10):
        enrolled(ali, Device())
    with pytest.raises(actions.TooMany):
        enrolled(ali, Device())
    actions.remove_passkey(passkey=ali.passkeys.first(), by="system", at=AT)
    assert enrolled(ali, Device())


def accepted(invitation: Invitation, device: Device) -> Passkey:
    owner = invitation.account
    asked = actions.ask_to_make(account=owner, purpose="invited", browser=HERE, at=AT)
    return actions.accept_invitation(
        invitation=invitation, answer=json.loads(device.make(asked)), name="x", browser=HERE, at=AT
    )


def test_an_invitation_works_once_within_a_day(ali: Account) -> None:
    digits = actions.invite(account=ali, by="account:9", at=AT)
    assert len(digits) == 20
    assert actions.invited(digits=digits, at=AT + timedelta(hours=25)) is None
    assert actions.invited(digits="1" * 20, at=AT) is None
    assert actions.invited(digits="", at=AT) is None
    found = actions.invited(digits=f"{digits[:4]} {digits[4:]}", at=AT)
    assert found is not None
    device = Device()
    assert accepted(found, device)
    with pytest.raises(ceremony.NotAccepted, match="used"):
        accepted(found, Device())
    assert actions.invited(digits=digits, at=AT) is None
    assert opens(device)
    older = actions.invite(account=ali, by="account:9", at=AT)
    newer = actions.invite(account=ali, by="account:9", at=AT)
    assert actions.invited(digits=older, at=AT) is None
    assert actions.invited(digits=newer, at=AT) is not None
    actions.close_account(account=ali, by="system", at=AT)
    assert actions.invited(digits=newer, at=AT) is None


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_answer(settings: Any) -> None:
    """Whoever takes the question first has it."""
    ali = account("ali")
    device = Device(counts=False)
    enrolled(ali, device)
    answer, ends = device.show(question()), []

    def go() -> None:
        try:
            ends.append(answered(answer).account_id)
        except ceremony.NotAccepted as no:
            ends.append(no.reason)
        finally:
            connection.close()

    threads = [Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, ends)) == sorted([str(ali.pk), *["no question"] * 3])
