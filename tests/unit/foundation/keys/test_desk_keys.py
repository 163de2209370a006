"""A desk's key from hand to hand: made, given, ended with a posting, rotated, revoked, recovered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.district import District
from tests.safe import Hands, hands, made, new_key, sealed

from mohalla.foundation import clock
from mohalla.foundation.keys import actions, queries
from mohalla.foundation.keys.actions import KeyRefused
from mohalla.foundation.keys.models import DeskKey, DeskKeyBox, OpenedShare
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.units import actions as postings
from mohalla.foundation.units.models import Posting

SECOND = timedelta(seconds=1)


def refused(reason: str) -> pytest.RaisesContext[KeyRefused]:
    return pytest.raises(KeyRefused, match=f"^{reason}$")


def leave(district: District, one: Hands) -> None:
    """Transferred: the posting ends now."""
    posting = Posting.objects.get(officer=one.officer, ends_at=None)
    postings.end_posting(posting=posting, by="system", at=clock.now())


def test_a_key_is_made_given_and_opened_by_the_members_alone(district: District) -> None:
    ali, hamid, ehsan = (hands(district, o) for o in (district.ali, district.hamid, district.ehsan))
    desk = district.station_a.pk
    key, identity = made(district, desk, ali)
    assert queries.in_force([desk, district.station_b.pk]) == {
        desk: queries.DeskKeyFact(id=key.pk, unit=desk, recipient=key.recipient, version=1)
    }
    assert list(ali.unlock(district)) == [str(key.pk)]
    assert hamid.unlock(district) == {}
    text = sealed(str(identity), hamid.key.recipient)
    with refused("not yours"):
        actions.give_desk_key(
            officer=ehsan.officer.pk, desk_key=key.pk, to=ehsan.key.pk, sealed=text, at=district.at
        )
    with refused("meanwhile"):
        actions.give_desk_key(
            officer=ali.officer.pk, desk_key=key.pk, to=ehsan.key.pk, sealed=text, at=district.at
        )
    give = {"officer": ali.officer.pk, "desk_key": key.pk, "to": hamid.key.pk, "sealed": text}
    actions.give_desk_key(**give, at=district.at)
    with refused("have"):
        actions.give_desk_key(**give, at=district.at)
    assert list(hamid.unlock(district)) == [str(key.pk)]
    assert ehsan.unlock(district) == {}
    acts = Entry.objects.filter(room="keys", subject=key.pk).order_by("pk")
    assert [row.what for row in acts] == ["desk key made", "desk key given"]
    assert acts[0].event()["words"] == key.recipient


def test_who_makes_holds_and_only_members_get_boxes(district: District) -> None:
    ali, hamid, ehsan = (hands(district, o) for o in (district.ali, district.hamid, district.ehsan))
    desk = district.station_a.pk
    act = actions.make_desk_key
    for boxes, reason in (((ehsan, ali), "meanwhile"), ((hamid,), "not yours")):
        new, _identity = new_key(district, desk, *boxes)
        with refused(reason):
            act(officer=ali.officer.pk, unit=desk, new=new, at=district.at)
    new, _identity = new_key(district, desk, ehsan)
    with refused("not yours"):
        act(officer=ehsan.officer.pk, unit=desk, new=new, at=district.at)
    made(district, desk, ali, hamid)
    new, _identity = new_key(district, desk, hamid)
    with refused("meanwhile"):
        act(officer=hamid.officer.pk, unit=desk, new=new, at=district.at)
    assert DeskKey.objects.count() == 1


def test_a_posting_ends_and_the_box_with_it_then_a_new_version_opens_the_old(
    district: District,
) -> None:
    ali, hamid = hands(district, district.ali), hands(district, district.hamid)
    desk = district.station_a.pk
    key, identity = made(district, desk, ali, hamid)
    (before,) = queries.due(queries.newest())
    assert before.reasons == []
    leave(district, ali)
    assert ali.unlock(district) == {}
    assert DeskKeyBox.objects.get(officer_key=ali.key).ended_why == "posting"
    (after,) = queries.due(queries.newest())
    assert after.reasons == ["left"]
    new, _next = new_key(district, desk, hamid, older=identity)
    with refused("not yours"):
        actions.rotate_desk_key(officer=ali.officer.pk, older=key.pk, new=new, at=clock.now())
    newer = actions.rotate_desk_key(officer=hamid.officer.pk, older=key.pk, new=new, at=clock.now())
    with refused("meanwhile"):
        actions.rotate_desk_key(officer=hamid.officer.pk, older=key.pk, new=new, at=clock.now())
    assert queries.in_force([desk])[desk].version == 2
    assert list(hamid.unlock(district)) == [str(newer.pk), str(key.pk)]
    assert str(hamid.seen[str(key.pk)]) == str(identity), "the old version opens through the new"
    assert queries.due(queries.newest())[0].reasons == []


def test_one_of_two_postings_at_the_desk_ends(district: District) -> None:
    ali = hands(district, district.ali)
    made(district, district.station_a.pk, ali)
    second = postings.post(
        officer=district.ali, unit=district.station_a, role="member", by="system", at=district.at
    )
    postings.end_posting(posting=second, by="system", at=clock.now())
    assert len(ali.unlock(district)) == 1
    leave(district, ali)
    assert ali.unlock(district) == {}


def test_leave_gives_nothing_and_takes_nothing_a_suspension_takes(district: District) -> None:
    ali, hamid = hands(district, district.ali), hands(district, district.hamid)
    made(district, district.station_a.pk, ali, hamid)
    away = postings.start_leave(officer=district.ali, by="system", at=district.at)
    assert ali.unlock(district) == {}
    postings.end_leave(leave=away, by="system", at=district.at)
    assert len(ali.unlock(district)) == 1
    gone = postings.start_leave(officer=district.ali, by="system", at=district.at, suspended=True)
    postings.end_leave(leave=gone, by="system", at=district.at)
    assert ali.unlock(district) == {}
    assert len(hamid.unlock(district)) == 1


def test_a_revoked_key_gets_nothing_new_and_still_opens(district: District) -> None:
    ali = hands(district, district.ali)
    desk = district.station_a.pk
    key, identity = made(district, desk, ali)
    actions.revoke_desk_key(unit=desk, why="a phone was stolen", at=clock.now())
    assert queries.in_force([desk]) == {}
    assert list(ali.unlock(district)) == [str(key.pk)]
    with refused("not yours"):
        actions.revoke_desk_key(unit=desk, why="again", at=clock.now())
    assert queries.due(queries.newest())[0].reasons == ["revoked"]
    new, _next = new_key(district, desk, ali, older=identity)
    actions.rotate_desk_key(officer=ali.officer.pk, older=key.pk, new=new, at=clock.now())
    assert queries.in_force([desk])[desk].version == 2
    assert len(ali.unlock(district)) == 2


def test_a_lost_key_ends_with_its_boxes_and_the_desk_can_begin_anew_only_by_command(
    district: District,
) -> None:
    ali = hands(district, district.ali)
    desk = district.station_a.pk
    made(district, desk, ali)
    actions.revoke_officer_key(officer=district.ali.pk, why="lost", by=None, at=clock.now())
    assert ali.unlock(district) == {}
    again = hands(district, district.ali)
    new, _identity = new_key(district, desk, again)
    with refused("meanwhile"):
        actions.make_desk_key(officer=district.ali.pk, unit=desk, new=new, at=clock.now())
    actions.revoke_desk_key(unit=desk, why="nobody holds it", at=clock.now())
    key = actions.make_desk_key(officer=district.ali.pk, unit=desk, new=new, at=clock.now())
    assert (key.version, list(again.unlock(district))) == (2, [str(key.pk)])


def test_nobody_is_left_and_two_of_three_bring_the_key_back(district: District) -> None:
    keepers = [hands(district, o) for o in (district.farah, district.tariq, district.ehsan)]
    ali, newcomer = hands(district, district.ali), hands(district, district.hamid)
    desk = district.station_a.pk
    key, identity = made(district, desk, ali)
    assert {share.holder_key_id for share in key.shares.all()} >= {keepers[0].key.pk}
    leave(district, ali)
    with refused("not yours"):
        actions.ask_recovery(officer=district.ali.pk, unit=desk, drill=False, at=clock.now())
    ask = actions.ask_recovery(officer=district.hamid.pk, unit=desk, drill=False, at=clock.now())
    hands(district, district.sho)
    with refused("have"):
        actions.ask_recovery(officer=district.sho.pk, unit=desk, drill=True, at=clock.now())
    box = sealed(str(identity), newcomer.key.recipient)
    share = sealed("share", newcomer.key.recipient)
    with refused("not yours"):
        actions.open_share(officer=district.ali.pk, recovery=ask.pk, sealed=share, at=clock.now())
    end = {"recovery": ask.pk, "sealed": box, "at": clock.now()}
    actions.open_share(officer=district.farah.pk, recovery=ask.pk, sealed=share, at=clock.now())
    with refused("have"):
        actions.open_share(officer=district.farah.pk, recovery=ask.pk, sealed=share, at=clock.now())
    with refused("meanwhile"):
        actions.finish(officer=district.hamid.pk, **end)
    actions.open_share(officer=district.tariq.pk, recovery=ask.pk, sealed=share, at=clock.now())
    with refused("not yours"):
        actions.finish(officer=district.sho.pk, **end)
    actions.finish(officer=district.hamid.pk, **end)
    assert str(newcomer.unlock(district)[str(key.pk)]) == str(identity)
    assert not OpenedShare.objects.exists(), "what was opened is not kept"
    assert queries.due(queries.newest())[0].reasons == ["left"], "it was held by somebody who left"


def test_a_drill_gives_nothing_and_is_dated(district: District) -> None:
    for officer in (district.farah, district.tariq, district.ehsan):
        hands(district, officer)
    ali, hamid = hands(district, district.ali), hands(district, district.hamid)
    desk = district.station_a.pk
    made(district, desk, ali)
    late = district.at + timedelta(days=181)
    assert [row.key.unit_id for row in queries.drills(at=late)] == [desk]
    assert queries.drills(at=district.at) == []
    row = actions.ask_recovery(officer=district.hamid.pk, unit=desk, drill=True, at=late)
    share = sealed("share", hamid.key.recipient)
    for officer in (district.farah, district.tariq):
        actions.open_share(officer=officer.pk, recovery=row.pk, sealed=share, at=late)
    actions.finish(officer=district.hamid.pk, recovery=row.pk, sealed="", at=late)
    assert hamid.unlock(district) == {}
    assert queries.drills(at=late + SECOND) == []
    acts = Entry.objects.filter(room="keys").values_list("what", flat=True)
    assert "desk key drill" in acts
    assert "desk key recovered" not in acts


def test_who_asked_and_was_transferred_gets_no_share(district: District) -> None:
    for officer in (district.farah, district.tariq):
        hands(district, officer)
    ali, hamid = hands(district, district.ali), hands(district, district.hamid)
    made(district, district.station_a.pk, ali)
    row = actions.ask_recovery(
        officer=district.hamid.pk, unit=district.station_a.pk, drill=False, at=district.at
    )
    leave(district, hamid)
    share = sealed("share", hamid.key.recipient)
    with refused("not yours"):
        actions.open_share(officer=district.farah.pk, recovery=row.pk, sealed=share, at=clock.now())
