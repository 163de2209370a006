"""`/desk/keys/`, `/desk/me/key/`, `/keys/`: allowed, refused, hidden, bad input, few queries."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from tests.district import District, signed_in
from tests.safe import Hands, hands, made, new_key, sealed, secret

from mohalla.foundation import clock
from mohalla.foundation.keys import actions, queries
from mohalla.foundation.keys.actions import NewDeskKey
from mohalla.foundation.keys.models import DeskKey, DeskKeyBox, OfficerKey
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger import key as log
from mohalla.foundation.ledger.rules.proofs import Proof
from mohalla.foundation.people import actions as people
from mohalla.foundation.people.models import Account, Passkey
from mohalla.foundation.units.actions import post

PAGE = "/desk/keys/"


@pytest.fixture
def ali(district: District) -> Hands:
    return hands(district, district.ali)


@pytest.fixture
def hamid(district: District) -> Hands:
    return hands(district, district.hamid)


def told(new: NewDeskKey) -> dict[str, str]:
    """As the script posts it."""
    return {
        "sent": json.dumps(
            {
                "recipient": new.recipient, "older_sealed": new.older_sealed,
                "boxes": {str(key): text for key, text in new.boxes.items()},
                "shares": {str(key): text for key, text in new.shares.items()},
            }
        )
    }  # fmt: skip


def island(page: Any, name: str) -> Any:
    """JSON of the page for its script."""
    text = page.content.decode()
    opening = f'<script id="{name}" type="application/json">'
    return json.loads(text.partition(opening)[2].partition("</script>")[0])


def passkey(account: Account, *, prf: bool = True) -> Passkey:
    return Passkey.objects.create(
        account=account, credential=f"Y3JlZGVudGlhbA{account.pk}{prf:d}", public_key=b"x",
        name="Phone", prf=prf, transports=["internal"], made_at=clock.now(),
    )  # fmt: skip


def test_make_give_and_rotate_from_the_pages(district: District, ali: Hands, hamid: Hands) -> None:
    mine, desk = district.client(district.ali), district.station_a
    page = mine.get(PAGE)
    (row,) = island(page, "desks")
    assert (row["unit"], row["key"]) == (desk.code, None)
    assert {one["key"] for one in row["members"]} == {str(ali.key.pk), str(hamid.key.pk)}
    new, identity = new_key(district, desk.pk, ali)
    assert mine.post(f"{PAGE}{desk.code}/make", told(new)).status_code == 302
    key = DeskKey.objects.get()
    assert "The desk has its key" in mine.get(PAGE).content.decode()
    give = f"{PAGE}{key.pk}/give/{hamid.key.pk}"
    assert give in mine.get(PAGE).content.decode()
    theirs = district.client(district.hamid)
    assert give not in theirs.get(PAGE).content.decode(), "who waits has nothing to give"
    box = {"sent": json.dumps({"sealed": sealed(str(identity), hamid.key.recipient)})}
    assert theirs.post(give, box).status_code == 404
    assert mine.post(give, box).status_code == 302
    assert "changed meanwhile" in mine.post(give, box, follow=True).content.decode()
    held = island(theirs.get(PAGE), "holder")
    assert [version["id"] for version in held["desks"][0]["versions"]] == [str(key.pk)]
    newer, _identity = new_key(district, desk.pk, hamid, older=identity)
    assert theirs.post(f"{PAGE}{key.pk}/rotate", told(newer)).status_code == 302
    assert queries.in_force([desk.pk])[desk.pk].version == 2
    assert len(hamid.unlock(district)) == 2


def test_another_desk_gets_no_box_and_no_word_of_it(
    district: District, ali: Hands, hamid: Hands
) -> None:
    ehsan = hands(district, district.ehsan)
    key, identity = made(district, district.station_a.pk, ali)
    row = (
        actions.ask_recovery(
            officer=district.ali.pk, unit=district.station_a.pk, drill=True, at=district.at
        )
        if key.needed
        else None
    )
    assert row is None, "nobody outside has a key, so there are no shares"
    stranger = district.client(district.ehsan)
    text = stranger.get(PAGE).content.decode()
    for private in (key.recipient, ali.key.recipient, DeskKeyBox.objects.get().sealed[60:120]):
        assert private not in text
    assert "Station B" in text
    box = {"sent": json.dumps({"sealed": sealed(str(identity), ehsan.key.recipient)})}
    new, _identity = new_key(district, district.station_a.pk, ehsan, older=identity)
    zeros = "00000000-0000-7000-8000-000000000000"
    answers = {
        (verb, name): stranger.post(f"{PAGE}{path}", sent).status_code
        for verb, sent, paths in (
            ("give", box, {"known": f"{key.pk}/give/{hamid.key.pk}",
                           "unknown": f"{zeros}/give/{hamid.key.pk}"}),
            ("rotate", told(new), {"known": f"{key.pk}/rotate", "unknown": f"{zeros}/rotate"}),
            ("make", told(new), {"known": "station_a/make", "unknown": "nowhere/make"}),
            ("recovery", {}, {"known": "station_a/recovery", "unknown": "nowhere/recovery"}),
            ("share", box, {"unknown": f"recoveries/{zeros}/share"}),
            ("finish", box, {"unknown": f"recoveries/{zeros}/finish"}),
            ("end", {}, {"unknown": f"recoveries/{zeros}/end"}),
        )
        for name, path in paths.items()
    }  # fmt: skip
    assert set(answers.values()) == {404}, answers
    assert DeskKeyBox.objects.count() == 1


def test_every_page_and_act_asks_for_a_fresh_proof(district: District, ali: Hands) -> None:
    client = Client(headers={"accept-language": "en"})
    account = Account.objects.create(name="old proof", officer=district.ali)
    signed_in(client, account, at=district.at - timedelta(minutes=11))
    for path in (PAGE, "/desk/me/key/", "/desk/me/key/end"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer["Location"] == f"/desk/prove/?next={quote(path, safe='')}"
    assert client.post(f"{PAGE}station_a/make", {"sent": "{}"}).status_code == 403
    signed_in(client, account)
    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    "sent", ["", "{", "[]", "null", "7", '{"recipient": 1}', '{"sealed": "words"}', "[" * 9000]
)
def test_what_cannot_be_read_changes_nothing(district: District, ali: Hands, sent: str) -> None:
    client, desk = district.client(district.ali), district.station_a
    page = client.post(f"{PAGE}{desk.code}/make", {"sent": sent}, follow=True)
    assert "could not be read" in page.content.decode()
    page = client.post("/desk/me/key/", {"sent": sent}, follow=True)
    assert "could not be read" in page.content.decode()
    assert not DeskKey.objects.exists()
    new, _identity = new_key(district, desk.pk, ali)
    assert client.post(f"{PAGE}{desk.code}/make", told(new)).status_code == 302
    assert DeskKey.objects.exists()


def test_a_private_half_is_never_kept(district: District, ali: Hands) -> None:
    client, own = district.client(district.hamid), secret()
    for sealed_part in (str(own), sealed("x", str(own.to_public())) + str(own)):
        sent = {"sent": json.dumps({"recipient": str(own.to_public()), "sealed": sealed_part})}
        page = client.post("/desk/me/key/", sent, follow=True)
        assert "could not be read" in page.content.decode()
    assert OfficerKey.objects.get().pk == ali.key.pk


def test_my_key_behind_my_passkey_that_can_keep_it(district: District) -> None:
    client = district.client(district.ali)
    account = Account.objects.get(officer=district.ali)
    able, unable = passkey(account), passkey(account, prf=False)
    district.client(district.ehsan)
    foreign = passkey(Account.objects.get(officer=district.ehsan))
    (known,) = island(client.get("/desk/me/key/"), "passkeys")
    assert known["key"] == str(able.pk)
    own = secret()
    public = str(own.to_public())
    text = sealed(str(own), public)
    for other in (unable, foreign):
        sent = {"recipient": public, "passkey": str(other.pk), "sealed": text}
        client.post("/desk/me/key/", {"sent": json.dumps(sent)})
        assert not OfficerKey.objects.exists()
    sent = {"recipient": public, "passkey": str(able.pk), "sealed": text}
    client.post("/desk/me/key/", {"sent": json.dumps(sent)})
    assert OfficerKey.objects.get().recipient == public
    assert island(client.get(PAGE), "holder")["boxes"][0]["credential"] == able.credential
    client.post("/desk/me/key/", {"sent": json.dumps({"sealed": text})})  # a phrase beside it
    assert len(queries.held_by(district.ali.pk, ()).boxes) == 2
    people.remove_passkey(passkey=able, by=f"account:{account.pk}", at=clock.now())
    assert queries.held_by(district.ali.pk, ()).kinds == {"phrase"}
    assert client.post("/desk/me/key/end").status_code == 302
    assert queries.held_by(district.ali.pk, ()).recipient == ""


def test_the_last_passkey_takes_the_key_along_and_the_page_says_so(district: District) -> None:
    client = district.client(district.ali)
    account = Account.objects.get(officer=district.ali)
    only, other = passkey(account), passkey(account, prf=False)
    own = secret()
    public = str(own.to_public())
    sent = {"recipient": public, "passkey": str(only.pk), "sealed": sealed(str(own), public)}
    client.post("/desk/me/key/", {"sent": json.dumps(sent)})
    words = "behind this passkey alone"
    assert words in client.get(f"/desk/me/passkeys/{only.pk}/removal").content.decode()
    assert words not in client.get(f"/desk/me/passkeys/{other.pk}/removal").content.decode()
    row = OfficerKey.objects.get()
    made(district, district.station_a.pk, Hands(district.ali, own, row))
    client.post(f"/desk/me/passkeys/{only.pk}/removal")
    row.refresh_from_db()
    assert row.revoked_why == "passkey"
    assert queries.due(queries.newest())[0].reasons == ["left"]
    assert "make a new one now" in client.get(PAGE).content.decode()


def test_a_share_is_asked_for_opened_and_put_together(district: District, hamid: Hands) -> None:
    keepers = {o.pk: hands(district, o) for o in (district.farah, district.tariq)}
    ali = hands(district, district.ali)
    desk = district.station_a
    key, identity = made(district, desk.pk, ali)
    asker = district.client(district.hamid)
    assert asker.post(f"{PAGE}{desk.code}/recovery").status_code == 302
    row = key.recoveries.get()
    share = {"sent": json.dumps({"sealed": sealed("share", hamid.key.recipient)})}
    farah = district.client(district.farah)
    assert f"recoveries/{row.pk}/share" in farah.get(PAGE).content.decode()
    assert f"recoveries/{row.pk}" not in district.client(district.ehsan).get(PAGE).content.decode()
    assert district.client(district.ehsan).post(
        f"{PAGE}recoveries/{row.pk}/share", share
    ).status_code == 404  # fmt: skip
    for officer in keepers:
        keeper = district.farah if officer == district.farah.pk else district.tariq
        district.client(keeper).post(f"{PAGE}recoveries/{row.pk}/share", share)
    assert len(island(asker.get(PAGE), "desks")[0]["opened"]) == 2
    other = district.client(district.ali)
    assert island(other.get(PAGE), "desks")[0]["opened"] == [], "for who asked alone"
    box = {"sent": json.dumps({"sealed": sealed(str(identity), hamid.key.recipient)})}
    assert asker.post(f"{PAGE}recoveries/{row.pk}/finish", box).status_code == 302
    assert list(hamid.unlock(district)) == [str(key.pk)]


def test_the_public_page_and_the_proof_of_each_key(district: District, ali: Hands) -> None:
    anybody = Client(headers={"accept-language": "en"})
    assert "No desk has a key yet" in anybody.get("/keys/").content.decode()
    key, _identity = made(district, district.station_a.pk, ali)
    page = anybody.get("/keys/").content.decode()
    assert key.recipient in page
    assert ali.key.recipient not in page, "officers are not named in public"
    assert re.findall(r'<script src="([^"]+)"', page) == ["/static/mohalla.js"]
    assert anybody.get(f"/keys/{key.pk}/proof").status_code == 404
    ledger.sequence(at=clock.now())
    answer = anybody.get(f"/keys/{key.pk}/proof")
    proof = Proof.parse(answer.content.decode())
    assert key.recipient.encode() in proof.extra, "the entry names the key itself"
    leaf = hashlib.sha256(proof.extra).digest()
    assert proof.verify(leaf, log.signer().verifier) == []
    assert str(proof.index) in anybody.get("/keys/").content.decode()
    actions.revoke_desk_key(unit=district.station_a.pk, why="stolen", at=clock.now())
    assert key.recipient not in anybody.get("/keys/").content.decode()
    assert anybody.get(f"/keys/{key.pk}/proof").status_code == 404


def test_few_statements_however_many_desks(
    district: District, ali: Hands, hamid: Hands, django_assert_max_num_queries: Any
) -> None:
    for unit in (district.station_b, district.sdpo, district.womens_desk):
        post(officer=district.ali, unit=unit, role="member", by="system", at=district.at)
        made(district, unit.pk, ali)
    made(district, district.station_a.pk, ali, hamid)
    client = district.client(district.ali)
    client.get(PAGE)
    with django_assert_max_num_queries(22):
        assert client.get(PAGE).content.decode().count("Make a new version") == 4
    viewer = district.viewer(district.ali)
    with django_assert_max_num_queries(4):
        assert len(queries.held_by(district.ali.pk, viewer.units).desks) == 4
    with django_assert_max_num_queries(1):
        assert len(queries.in_force(viewer.units)) == 4


def test_without_a_key_the_page_says_where_it_is_made(district: District) -> None:
    page = district.client(district.ali).get(PAGE).content.decode()
    assert "You have no key for sealed reports yet" in page
    assert 'href="/desk/me/key/"' in page
    assert "Make the key of this desk" not in page
    nobody = district.client(district.dawood, administers=True)
    assert nobody.get("/desk/me/key/").status_code == 200
