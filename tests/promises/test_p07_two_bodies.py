"""P07: no single person destroys a report, lowers its class, moves it or unmasks who made it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from tests.counter import NOON, SINCE, fresh, officer, told, unit

from mohalla.foundation import clock, files
from mohalla.foundation.approvals import actions as approvals
from mohalla.foundation.approvals import queries as asked
from mohalla.foundation.approvals.actions import ApprovalRefused
from mohalla.foundation.approvals.models import Approval
from mohalla.foundation.approvals.rules.hands import LIFE, Hand
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger import queries as log
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.people.models import Relation
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports import queries as words
from mohalla.foundation.reports.models import Attachment, Report
from mohalla.foundation.units import actions as postings
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Barred, Leave, Posting
from mohalla.foundation.units.rules.viewer import viewer_at
from mohalla.site.demo import district
from mohalla.site.demo.cast import OFFICERS
from mohalla.station.casework import actions as casework
from mohalla.station.casework import identity
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules.two_bodies import TwoBodiesNeeded

pytestmark = pytest.mark.django_db
WORDS, NAME = "the words of a sealed matter", "Bano of the blue door"
CODES = [row.code for row in OFFICERS]
DESK = {row.code: row.unit for row in OFFICERS}
OUTSIDE = {"farah", "zohra"}
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def house(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.FILES_DIR = tmp_path / "files"
    with clock.fixed(NOON):
        units.forget()
        district.build(since=SINCE)
        yield
    units.forget()


def grave(**said: Any) -> Case:
    """Told to the women's desk; C3, and no body of it outside the force."""
    given = {"text": WORDS, "category": "sexual_violence", "name": NAME} | said
    case = told(**given)
    assert (case.sensitivity, case.unit_id) == ("C3", unit("khawateen-desk").pk)
    return case


def hand(code: str, desk: str = "") -> Hand:
    return Hand(officer=officer(code).pk, unit=unit(desk or DESK[code]).pk)


def ask(
    case: Case, act: str, *, by: str = "sana", of: str = "mohtasib", **arguments: Any
) -> Approval:
    viewer = viewer_at(units.directory(), officer=officer(by).pk, at=clock.now())
    return casework.ask_two_bodies(
        case=fresh(case), act=act, arguments=arguments, reason="because it must be",
        viewer=viewer, of_unit=unit(of).pk, at=clock.now(),
    )  # fmt: skip


def answer(
    row: Approval, who: Hand, at: datetime = NOON + HOUR, seen: str = "", yes: bool = True
) -> None:
    approvals.answer(approval=row, hand=who, yes=yes, seen=seen or asked.digest_of(row), at=at)


def reason_of(row: Approval, who: Hand, **more: Any) -> str:
    """Why it was refused; `yes` where it was done. Nothing of it stays."""
    said = "yes"
    try:
        with transaction.atomic():
            answer(row, who, **more)
            transaction.set_rollback(True)
    except ApprovalRefused as refused:
        said = refused.reason
    return said


@dataclass
class Act:
    code: str
    case: Case
    arguments: dict[str, Any]
    done: Callable[[Case], bool]


def withdrawn(case: Case) -> Case:
    """Asked by her, 72 hours, the call by the DPO."""
    casework.ask_withdrawal(case=case, door="web", at=NOON - 4 * 24 * HOUR)
    casework.settle_withdrawal(
        case=fresh(case), officer=officer("haroon").pk, at=NOON - HOUR, free_will=True,
        desks=frozenset({unit("dpo-sangbagh").pk}),
    )  # fmt: skip
    return fresh(case)


def acts() -> list[Act]:
    mohtasib = unit("mohtasib").pk
    return [
        Act("reroute", grave(), {"to_unit": mohtasib}, lambda case: case.unit_id == mohtasib),
        Act("reclassify", grave(), {"category": "noise"}, lambda case: case.sensitivity == "C1"),
        Act("unmask", grave(), {}, lambda case: is_shown(case)),
        Act(
            "destroy", withdrawn(grave(at=NOON - 5 * 24 * HOUR)), {}, lambda case: said(case) == ""
        ),
    ]


def is_shown(case: Case, code: str = "sana", at: datetime = NOON + 2 * HOUR) -> bool:
    viewer = viewer_at(units.directory(), officer=officer(code).pk, at=at)
    return identity.is_open(case, viewer, at=at)


def said(case: Case) -> str:
    report = Report.objects.get(pk=case.pk)
    return words.opened(report, report.body)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_promise_P07_matrix_of_act_role_and_state(figure: Callable[[str], None]) -> None:
    """Every officer tries every act in every state: only the outside body, only while it waits."""
    tried = done = 0
    for act in acts():
        row = ask(act.case, act.code, **act.arguments)
        for state in ("waiting", "refused", "expired", "done", "changed", "seen another"):
            for code in CODES:
                with undone():
                    at, seen = NOON + HOUR, ""
                    if state == "refused":
                        answer(row, hand("zohra"), yes=False)
                    elif state == "expired":
                        at = NOON + LIFE
                    elif state == "done":
                        answer(row, hand("zohra"))
                    elif state == "changed":
                        Approval.objects.filter(pk=row.pk).update(
                            arguments={"to_unit": unit("thana-chinar").pk, "category": "theft"}
                        )
                    elif state == "seen another":
                        seen = "0" * 64
                    fresh_row = Approval.objects.get(pk=row.pk)
                    reason = reason_of(fresh_row, hand(code), at=at, seen=seen)
                    allowed = state == "waiting" and code in OUTSIDE
                    assert (reason == "yes") == allowed, (act.code, state, code, reason)
                    tried += 1
        assert not act.done(fresh(act.case)), f"{act.code} was done by one"
        answer(row, hand("farah"))  # the positive twin
        assert act.done(fresh(act.case)), act.code
        assert reason_of(row, hand("zohra")) == "done", "a yes does one act, once"
        done += 1
    figure(f"{tried} combinations of act, officer and state: only the outside body, only in time;"
           f" {done} acts done by two bodies")  # fmt: skip


def test_promise_P07_nobody_does_alone_what_two_must_do() -> None:
    """The paths of one person refuse; the same acts on a matter that is not grave go on."""
    case = grave()
    sana = officer("sana").pk
    with pytest.raises(TwoBodiesNeeded):
        casework.reroute(
            case=case, to_unit=unit("mohtasib").pk, officer=sana, is_head=True, reason="r", at=NOON
        )
    with pytest.raises(TwoBodiesNeeded):
        casework.classify(case=case, category="theft", by=f"officer:{sana}", at=NOON)
    with pytest.raises(TwoBodiesNeeded):  # the same class at another desk is a way out, too
        casework.classify(case=case, category="protection", by=f"officer:{sana}", at=NOON)
    assert fresh(case).unit_id == unit("khawateen-desk").pk
    casework.classify(case=case, category="honour_threat", by=f"officer:{sana}", at=NOON)
    assert fresh(case).category == "honour_threat"
    light = told()
    casework.reroute(
        case=light, to_unit=unit("sdpo-sangbagh").pk, officer=officer("ali").pk, is_head=False,
        reason="theirs", at=NOON,
    )  # fmt: skip
    assert fresh(light).unit_id == unit("sdpo-sangbagh").pk
    confidential = told(category="home_violence")
    with pytest.raises(TwoBodiesNeeded):  # C2 to C1
        casework.classify(case=confidential, category="noise", by=f"officer:{sana}", at=NOON)
    casework.classify(case=confidential, category="sexual_violence", by=f"officer:{sana}", at=NOON)
    assert fresh(confidential).sensitivity == "C3"


def test_promise_P07_the_right_is_asked_again_when_it_is_used(
    figure: Callable[[str], None],
) -> None:
    """Demoted, transferred, suspended, barred, related meanwhile: refused; without that: done."""
    case = grave()
    casework_row = ask(case, "reroute", to_unit=unit("mohtasib").pk)
    approvals.answer(
        approval=casework_row,
        hand=hand("farah"),
        yes=True,
        at=NOON,
        seen=asked.digest_of(casework_row),
    )
    row = ask(case, "unmask", by="farah", of="triage-desk")
    mohtasib, hina = hand("farah"), hand("hina")

    def posting(code: str) -> Posting:
        return Posting.objects.get(officer=officer(code), ends_at=None)

    def transfer(code: str) -> None:
        postings.end_posting(posting=posting(code), by="system", at=NOON)

    def demote() -> None:
        postings.end_posting(posting=posting("hina"), by="system", at=NOON)
        postings.post(
            officer=officer("hina"), unit=unit("triage-desk"), role="member", by="system", at=NOON
        )

    def suspend(code: str) -> None:
        Leave.objects.create(officer=officer(code), starts_at=NOON, suspended=True)

    def bar(**whom: Any) -> None:
        Barred.objects.create(room=ROOM, subject=case.reference, reason="named", since=NOON, **whom)

    meanwhile: list[tuple[str, Callable[[], object], str]] = [
        ("nothing", lambda: None, "yes"),
        ("demoted", demote, "head"),
        ("transferred", lambda: transfer("hina"), "posted"),
        ("suspended", lambda: suspend("hina"), "posted"),
        ("barred", lambda: bar(officer=officer("hina")), "barred"),
        ("desk barred", lambda: bar(unit=unit("triage-desk")), "barred"),
        ("related", lambda: Relation.objects.create(
            one=officer("hina"), other=officer("farah"), declared_at=NOON), "related"),
        ("the asker transferred", lambda: transfer("farah"), "behind"),
        ("the asker suspended", lambda: suspend("farah"), "behind"),
        ("the asker barred", lambda: bar(officer=officer("farah")), "behind"),
    ]  # fmt: skip
    for what, happen, wanted in meanwhile:
        with undone():
            happen()
            units.forget()
            assert reason_of(row, hina) == wanted, what
        units.forget()
    assert reason_of(row, mohtasib) == "desk"
    answer(row, hina)
    assert is_shown(fresh(case), "farah")
    figure(f"{len(meanwhile) - 1} changes between asking and agreeing: each refused")


def test_promise_P07_what_was_asked_is_what_is_done() -> None:
    """The row changed by hand, with a digest to match: the ledger knows what was asked."""
    case = grave()
    row = ask(case, "reroute", to_unit=unit("mohtasib").pk)
    with undone():
        Approval.objects.filter(pk=row.pk).update(arguments={"to_unit": unit("thana-chinar").pk})
        forged = Approval.objects.get(pk=row.pk)
        assert reason_of(forged, hand("farah"), seen=asked.digest_of(forged)) == "changed"
    with undone():
        Approval.objects.filter(pk=row.pk).update(act="destroy")
        forged = Approval.objects.get(pk=row.pk)
        assert reason_of(forged, hand("farah"), seen=asked.digest_of(forged)) == "changed"
    with pytest.raises(ApprovalRefused, match="waiting"):
        ask(case, "reroute", to_unit=unit("triage-desk").pk)
    answer(row, hand("farah"))
    assert fresh(case).unit_id == unit("mohtasib").pk
    moved = Entry.objects.get(what="re-routed", subject=case.reference)
    assert moved.facts["approval"] == str(row.pk)


def test_promise_P07_a_refused_act_takes_the_yes_with_it() -> None:
    """All of it or nothing: where the act cannot be done, the approval waits on."""
    case = grave()
    row = ask(case, "reroute", to_unit=unit("triage-desk").pk)
    with undone():
        Posting.objects.filter(unit=unit("triage-desk")).update(ends_at=NOON)
        units.forget()
        with pytest.raises(casework.RerouteRefused):
            answer(row, hand("farah"))
        assert not row.answers.exists()
        assert asked.state(Approval.objects.get(pk=row.pk), at=NOON) == "waiting"
    units.forget()
    answer(row, hand("farah"))
    assert fresh(case).unit_id == unit("triage-desk").pk


def test_promise_P07_words_are_destroyed_only_by_her_wish_and_two_bodies(
    settings: Any, figure: Callable[[str], None]
) -> None:
    case = grave(at=NOON - 5 * 24 * HOUR)
    photo, _size = files.store_bytes(b"what the photograph showed")
    Attachment.objects.create(
        report=case.report, sha256=photo, size=26, media_type="image/jpeg", uploaded_at=NOON,
        copy=Attachment.Copy.FAILED,
    )  # fmt: skip
    casework.say(case=case, text="and these as well", door="web", at=NOON - 5 * 24 * HOUR)
    casework.note(case=case, officer=officer("sana").pk, kind="note", text="she told me", at=NOON)
    with pytest.raises(ApprovalRefused, match="not_withdrawn"):
        ask(case, "destroy")
    casework.ask_withdrawal(case=case, door="web", at=NOON - 4 * 24 * HOUR)
    Case.objects.filter(pk=case.pk).update(closing="withdrawn", closed_at=NOON)
    with pytest.raises(ApprovalRefused, match="not_withdrawn"):  # a flag is no call
        ask(case, "destroy")
    Case.objects.filter(pk=case.pk).update(closing="", closed_at=None)
    casework.settle_withdrawal(
        case=fresh(case), officer=officer("haroon").pk, at=NOON - HOUR, free_will=True,
        desks=frozenset({unit("dpo-sangbagh").pk}),
    )  # fmt: skip
    row = ask(case, "destroy")
    with undone():  # she opened it again meanwhile
        casework.reopen(case=fresh(case), door="web", at=NOON, reason="")
        Case.objects.filter(pk=case.pk).update(unit=unit("khawateen-desk"))
        assert reason_of(row, hand("farah")) == "not_withdrawn"
    answer(row, hand("farah"))
    report = Report.objects.get(pk=case.pk)
    left = [report.body, report.name, report.landmark, report.search_key, report.about_officer]
    left += [message.body for message in report.messages.all()]
    left += [note.text for note in fresh(case).notes.all()]
    left += [field for one in report.contacts.all() for field in (one.value_sealed, one.lookup)]
    left += list(report.attachments.values_list("sha256", flat=True))
    assert "".join(left) == ""
    assert reports.drop_bytes(hashes=[photo]) == 1
    assert not files.exists(photo)
    assert Entry.objects.filter(subject=case.reference, what="report received").exists()
    ledger.sequence(at=NOON)
    assert [row for row in log.differences() if row.kind != "late"] == []
    Report.objects.filter(pk=case.pk).update(body="words put back")
    assert [row.kind for row in log.differences() if row.kind != "late"], "the log sees it"
    figure(f"{len(left)} fields and one file empty after two bodies; the log holds")


def test_promise_P07_nothing_is_shown_of_who_spoke_until_two_bodies_agree() -> None:
    case = grave()
    row = ask(case, "unmask")
    assert not is_shown(case)
    assert reason_of(row, hand("asad")) in {"desk", "same_body"}
    answer(row, hand("farah"))
    assert is_shown(case)
    assert not is_shown(case, "farah"), "to the desk that asked, not to whoever agreed"
    assert not is_shown(case, at=NOON + HOUR + casework.OPEN_FOR), "for a time"
    entry = Entry.objects.get(what="identity opened", subject=case.reference)
    assert NAME not in str(entry.facts)
