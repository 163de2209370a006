"""Re-routing and transfers: reference and due times stay, nobody is left without an owner."""

from __future__ import annotations

import pytest
from tests.counter import HOUR, NOON, fresh, officer, promise, told, unit

from mohalla.foundation.promises.models import Promise
from mohalla.foundation.units import actions as units
from mohalla.foundation.units.models import Posting
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case


def reroute(
    case: Case, to: str, *, hours: float = 1, head: bool = False, why: str = "theirs"
) -> None:
    casework.reroute(
        case=fresh(case), to_unit=unit(to).pk, officer=officer("ali").pk, is_head=head, reason=why,
        at=NOON + hours * HOUR,
    )  # fmt: skip


def refusal(case: Case, to: str, **given: object) -> str:
    before = fresh(case).unit
    with pytest.raises(casework.RerouteRefused) as caught:
        reroute(case, to, **given)  # type: ignore[arg-type]
    assert fresh(case).unit == before
    return caught.value.reason


def test_reference_and_due_times_stay() -> None:
    case = told()
    before = {row.kind: row.due_at for row in Promise.objects.filter(subject=case.reference)}
    reroute(case, "thana-purana-pul")
    after = {row.kind: row.due_at for row in Promise.objects.filter(subject=case.reference)}
    assert after == before
    moved = fresh(case)
    assert (moved.reference, moved.unit) == (case.reference, unit("thana-purana-pul"))
    assert promise(case, "contact").officer == officer("ehsan")
    assert promise(case, "contact").owners.count() == 1


def test_the_new_owner_gets_at_least_two_hours() -> None:
    case = told()
    reroute(case, "thana-purana-pul", hours=7.5)
    old, new = Promise.objects.filter(subject=case.reference, kind="contact").order_by("made_at")
    assert (old.state, old.due_at) == ("ended", NOON + 8 * HOUR)
    assert (new.state, new.due_at) == ("open", NOON + 9.5 * HOUR)
    assert new.after == old


def test_a_decision_owed_above_is_not_carried_along() -> None:
    """Re-routing neither ends nor takes over what the next level owes."""
    case = told()
    casework.log_contact(
        case=case, officer=officer("ali").pk, way="call", happened_at=NOON, reached=True, at=NOON
    )
    casework.answer_contact(case=case, spoke=False, door="web", at=NOON)
    decision = promise(case, "decision")
    Promise.objects.filter(pk=decision.pk).update(due_at=NOON + 2 * HOUR)
    reroute(case, "thana-purana-pul")
    decision.refresh_from_db()
    assert (decision.state, decision.unit) == ("open", unit("sdpo-sangbagh"))


def test_not_back_without_the_head() -> None:
    case = told()
    reroute(case, "thana-purana-pul")
    assert refusal(case, "thana-chinar", hours=2) == "back"
    reroute(case, "thana-chinar", hours=2, head=True)
    assert fresh(case).unit == unit("thana-chinar")


def test_not_without_words_not_to_itself_not_to_the_excluded() -> None:
    case = told()
    assert refusal(case, "thana-purana-pul", why=" ") == "words"
    assert refusal(case, "thana-chinar") == "same"
    grave = told(category="bribe", about_unit="thana-chinar")
    for desk in ("thana-chinar", "sdpo-sangbagh", "dpo-sangbagh", "rpo-noorgarh", "cyber-desk"):
        assert refusal(grave, desk) == "excluded"


def test_nobody_there_nobody_gets_it() -> None:
    for code in ("ehsan", "wazir"):
        units.start_leave(officer=officer(code), by="system", at=NOON)
    assert refusal(told(), "thana-purana-pul") == "nobody"


def test_a_transfer_moves_every_open_promise_at_once() -> None:
    cases = [told() for _ in range(4)]
    ali, elsewhere = officer("ali"), told(place="pul-paar")
    kept = promise(cases[0], "acknowledge")
    units.end_posting(posting=Posting.objects.get(officer=ali), by="system", at=NOON + HOUR)
    assert not Promise.objects.open().filter(officer=ali).exists()
    for case in cases:
        assert promise(case, "contact").officer == officer("gulzar")
        assert fresh(case).officer == officer("gulzar")
        assert promise(case, "contact").owners.latest("at").why == "transferred"
    assert promise(cases[0], "acknowledge").officer == kept.officer  # what ended stays as it was
    assert promise(elsewhere, "contact").officer == officer("ehsan")


def test_leave_and_suspension_move_them_too() -> None:
    case = told()
    units.start_leave(officer=officer("ali"), by="system", at=NOON, suspended=True)
    assert promise(case, "contact").officer == officer("gulzar")
    assert promise(case, "contact").owners.latest("at").why == "suspended"
