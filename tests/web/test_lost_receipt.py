"""The receipt is lost: asked for again, the old contact told, decided by an independent desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.district import PHONE, District, build

from mohalla.channels.sms.models import Delivery
from mohalla.foundation import clock, identifiers, limiter
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.people.models import Officer
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports.submission import ContactWish, Submission
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.actions import post
from mohalla.site import schedule
from mohalla.stages.access.actions import accept
from mohalla.stages.access.actions.claim import keep_desks, look
from mohalla.stages.access.actions.forget import forget_claims
from mohalla.stages.access.models import ReceiptClaim
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case

NOON = datetime(2026, 3, 25, 7, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORDS = "میری موٹر سائیکل چوری ہوئی، تالا ٹوٹا تھا"
TOLD = "بدھ کی رات کو لکھا تھا، zebramark تالا ٹوٹا ہوا تھا"
DIGITS = re.compile(r"\b(?:\d{4} ){4}\d{4}\b")
TWINS = pytest.mark.parametrize("meant", [True, False], ids=["a report", "no report"])


@pytest.fixture
def district(db: None, settings: Any, tmp_path: Path) -> Iterator[District]:
    settings.FILES_DIR = tmp_path / "files"
    limiter.forget()
    with clock.fixed(NOON):
        yield build(NOON)


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "en"})


def filed(district: District, **said: Any) -> tuple[Case, str]:
    wish = {
        "door": "web", "language": "ur", "text": WORDS, "category": "theft",
        "place": district.mohalla_a.code, "contact": ContactWish(kind="phone", value=PHONE),
    }  # fmt: skip
    kept = accept(submission=Submission(**(wish | said)), at=district.at)
    return Case.objects.select_related("report", "unit").get(reference=kept.reference), kept.receipt


def asked(browser: Client, reference: str, at: datetime = NOON, told: str = TOLD) -> str:
    """The claim number of a request; the clock has looked at it since."""
    with clock.fixed(at):
        page = browser.post("/en/track/lost/", {"reference": reference, "told": told})
    assert page.status_code == 200
    found = DIGITS.search(page.content.decode())
    assert found
    look(at=at)
    return found[0]


def tracked(browser: Client, number: str, at: datetime = NOON, **more: str) -> Any:
    with clock.fixed(at):
        return browser.post("/en/track/", {"receipt": number, **more})


def given(page: Any) -> str:
    """The new receipt that the page shows; empty where it shows none."""
    found = re.search(r'id="receipt">.*?((?:\d{4} ){4}\d{4})', page.content.decode())
    return found[1] if found else ""


def decide(
    district: District, officer: Officer, claim: ReceiptClaim, choice: str, at: datetime,
    reason: str = "The lock agreed",
) -> Any:  # fmt: skip
    with clock.fixed(at):
        return district.client(officer).post(
            f"/desk/claims/{claim.pk}/", {"choice": choice, "reason": reason}
        )


def claim_of(case: Case) -> ReceiptClaim:
    return ReceiptClaim.objects.filter(report_id=case.pk).latest("asked_at", "pk")


def news(case: Case) -> list[str]:
    return list(
        Delivery.objects.filter(subject=case.reference, purpose="news").values_list(
            "text", flat=True
        )
    )


def acts(case: Case) -> list[str]:
    found = Entry.objects.filter(subject=case.reference).order_by("at", "pk")
    return [what for what in found.values_list("what", flat=True) if "receipt" in what]


def test_the_whole_way(district: District, browser: Client) -> None:
    case, old = filed(district)
    number = asked(browser, f"{case.reference[:3].lower()}-{case.reference[3:]}")
    claim = claim_of(case)
    assert claim.unit == district.sdpo
    promise = Promise.objects.get(kind="receipt")
    assert (promise.unit, promise.officer) == (district.sdpo, district.saima)
    assert promise.due_at == NOON + 96 * HOUR
    told = news(case)
    assert len(told) == 1
    assert case.reference in told[0]
    assert "رسید" in told[0]
    assert tracked(browser, old).status_code == 200

    waiting = tracked(browser, number, NOON + 71 * HOUR).content.decode()
    assert "waits" in waiting
    assert case.reference not in waiting
    list_page = district.client(district.saima).get("/desk/claims/").content.decode()
    assert case.reference in list_page
    assert "New receipt asked for" in acts_shown(district, case)
    late = NOON + 73 * HOUR
    shown = district.client(district.saima).get(f"/desk/claims/{claim.pk}/").content.decode()
    assert WORDS in shown
    assert "zebramark" in shown
    assert decide(district, district.saima, claim, "grant", late).status_code == 302

    page = tracked(browser, number, late)
    new = given(page)
    assert 'class="qr"' in page.content.decode()
    assert len({new.replace(" ", ""), old, number.replace(" ", ""), ""}) == 4
    opened = tracked(browser, new, late)
    assert opened.status_code == 200
    assert "What we owe you" in opened.content.decode()
    assert tracked(browser, old, late).status_code == 404
    api = {"Authorization": f"Receipt {old}"}
    assert browser.get("/api/v1/report", headers=api).status_code == 404
    promise.refresh_from_db()
    assert (promise.state, promise.ended_by) == ("kept", f"officer:{district.saima.pk}")
    assert len(news(case)) == 2
    assert acts(case) == ["new receipt asked for", "new receipt granted", "receipt renewed"]
    assert "zebramark" not in str(list(Entry.objects.values_list("facts", flat=True)))


def acts_shown(district: District, case: Case) -> str:
    return district.client(district.saima).get(f"/desk/cases/{case.reference}/").content.decode()


def test_what_was_told_is_sealed_and_the_number_is_nowhere(
    district: District, browser: Client
) -> None:
    case, _old = filed(district)
    number = asked(browser, case.reference).replace(" ", "")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {ReceiptClaim._meta.db_table}")
        row = str(cursor.fetchall())
    assert "zebramark" not in row
    assert case.reference not in row
    assert number not in row
    assert identifiers.receipt_lookup(number) in row


def test_the_answer_is_the_same_whether_or_not_a_report_is_meant(
    district: District, browser: Client
) -> None:
    case, _old = filed(district)
    pages, counts = [], []
    for reference in (case.reference, "K7M2QX4", "", "no reference at all"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = browser.post("/en/track/lost/", {"reference": reference, "told": TOLD})
        counts.append(len(queries))
        body = page.content.decode()
        assert len(DIGITS.findall(body)) == 1
        pages.append((page.status_code, sorted(page.headers.items()), DIGITS.sub("#", body)))
    assert len(pages[0][2]) > 1000
    assert [page == pages[0] for page in pages] == [True] * 4
    assert len(set(counts)) == 1, "as many statements for a report as for none"


def test_until_the_answer_is_due_refused_unmatched_and_open_look_alike(
    district: District, browser: Client
) -> None:
    numbers = {}
    for kind in ("open", "refused", "objected", "unmatched"):
        case, old = filed(district)
        numbers[kind] = asked(browser, case.reference if kind != "unmatched" else "K7M2QX4")
        if kind == "refused":
            assert (
                decide(district, district.saima, claim_of(case), "refuse", NOON).status_code == 302
            )
        if kind == "objected":
            assert tracked(browser, old, do="not-me").status_code == 200
    assert sorted(ReceiptClaim.objects.values_list("decision", flat=True)) == [
        "", "", "objected", "refused",
    ]  # fmt: skip
    csrf = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')

    def seen(at: datetime) -> dict[str, str]:
        pages = {kind: tracked(browser, number, at) for kind, number in numbers.items()}
        return {
            kind: csrf.sub("", page.content.decode().replace(numbers[kind], "#"))
            for kind, page in pages.items()
        }

    for hours in (1, 73, 95):
        pages = seen(NOON + hours * HOUR)
        assert len(set(pages.values())) == 1, hours
    last = seen(NOON + 97 * HOUR)
    assert last["refused"] == last["objected"] == last["unmatched"]
    assert "no new receipt" in last["refused"]
    assert "late" in last["open"]


@TWINS
def test_an_unknown_number_stays_the_same_404(
    district: District, browser: Client, meant: bool
) -> None:
    if meant:
        asked(browser, filed(district)[0].reference)
    assert tracked(browser, "1234 5678 9012 3456 7890").status_code == 404


def test_not_before_the_wait_is_over_but_refused_at_once(
    district: District, browser: Client
) -> None:
    case, old = filed(district)
    asked(browser, case.reference)
    claim = claim_of(case)
    early = decide(district, district.saima, claim, "grant", NOON + 71 * HOUR)
    assert early.status_code == 422
    assert "Not before the wait" in early.content.decode()
    assert decide(district, district.saima, claim, "refuse", NOON, reason=" ").status_code == 422
    assert decide(district, district.saima, claim, "refuse", NOON).status_code == 302
    again = decide(district, district.saima, claim, "grant", NOON + 73 * HOUR)
    assert again.status_code == 422
    assert tracked(browser, old).status_code == 200
    assert Promise.objects.get(kind="receipt").state == "kept"
    assert acts(case) == ["new receipt asked for", "new receipt refused"]


def test_the_holder_of_the_old_receipt_says_no(district: District, browser: Client) -> None:
    case, old = filed(district)
    assert "not-me" not in tracked(browser, old).content.decode()
    asked(browser, case.reference)
    asked(browser, case.reference, NOON + HOUR)
    assert 'value="not-me"' in tracked(browser, old).content.decode()
    said = tracked(browser, old, NOON + 2 * HOUR, do="not-me").content.decode()
    assert "Noted: it was not you" in said
    assert 'value="not-me"' not in said
    assert tracked(browser, old, do="not-me").status_code == 422
    assert acts(case)[-2:] == ["new receipt objected"] * 2
    assert {row.state for row in Promise.objects.filter(kind="receipt")} == {"ended"}
    claim = claim_of(case)
    late = NOON + 80 * HOUR
    assert decide(district, district.saima, claim, "grant", late).status_code == 422
    assert tracked(browser, old).status_code == 200
    page = district.client(district.saima).get("/desk/claims/").content.decode()
    assert "it was not me" in page


def test_nobody_elses_desk_sees_it(district: District, browser: Client) -> None:
    case, _old = filed(district)
    asked(browser, case.reference)
    claim = claim_of(case)
    address = f"/desk/claims/{claim.pk}/"
    assert district.client(district.saima).get(address).status_code == 200
    for officer in (district.ali, district.sho, district.ehsan, district.farah, district.tariq):
        client = district.client(officer)
        assert client.get(address).status_code == 404
        assert decide(district, officer, claim, "grant", NOON + 80 * HOUR).status_code == 404
        assert case.reference not in client.get("/desk/claims/").content.decode()
    assert claim_of(case).decision == ""


def second_at(district: District, unit: Any, name: str = "bano") -> Officer:
    found = Officer.objects.create(
        belt=f"B-{name}", rank="civilian", name_en=name.title(), name_ur="بانو", gender="woman",
        languages=["ur"],
    )  # fmt: skip
    post(officer=found, unit=unit, role="member", by="system", at=NOON - DAY)
    units.forget()
    return found


def test_excluded_units_never(district: District, browser: Client) -> None:
    """A grave matter about station A: nobody who commands it decides who holds the receipt."""
    bano = second_at(district, district.independent)
    case, _old = filed(district, category="torture", about_unit="station_a")
    excluded = units.barred(room="casework", subject=case.reference)
    assert not excluded.allows_unit(district.sdpo.pk)
    assert case.sensitivity == "C3"
    asked(browser, case.reference)
    claim = claim_of(case)
    assert claim.unit is not None
    assert claim.unit_id != district.sdpo.pk
    assert excluded.allows_unit(claim.unit.pk)
    for officer in (district.saima, district.dawood, district.sho, district.ali):
        assert district.client(officer).get(f"/desk/claims/{claim.pk}/").status_code == 404
    decider = {row.pk: row for row in (bano, district.farah, district.tariq)}[
        Promise.objects.get(kind="receipt").officer_id or 0
    ]
    assert decider.pk != case.officer_id
    late = NOON + 73 * HOUR
    assert decide(district, decider, claim, "grant", late).status_code == 302
    for text in news(case):
        assert "پولیس" not in text


def test_who_has_the_case_decides_nothing(district: District, browser: Client) -> None:
    case, _old = filed(district)
    asked(browser, case.reference)
    claim, late = claim_of(case), NOON + 73 * HOUR
    Case.objects.filter(pk=case.pk).update(officer=district.saima)
    own = decide(district, district.saima, claim, "grant", late)
    assert own.status_code == 422
    assert "Not by the officer who has the case" in own.content.decode()
    Case.objects.filter(pk=case.pk).update(officer=district.ali, unit=district.sdpo)
    same = decide(district, district.saima, claim, "grant", late)
    assert same.status_code == 422
    assert "somebody independent decides" in same.content.decode()
    assert claim_of(case).decision == ""
    Case.objects.filter(pk=case.pk).update(officer=district.ali, unit=district.station_a)
    assert decide(district, district.saima, claim, "grant", late).status_code == 302


def test_a_desk_that_gets_the_case_gives_the_decision_on(
    district: District, browser: Client
) -> None:
    case, _old = filed(district)
    asked(browser, case.reference)
    assert keep_desks(at=NOON) == 0
    casework.reroute(
        case=case, to_unit=district.sdpo.pk, officer=district.sho.pk, is_head=True,
        reason="moved", at=NOON + HOUR,
    )  # fmt: skip
    assert claim_of(case).unit == district.sdpo
    schedule.run_due(at=NOON + HOUR)
    claim = claim_of(case)
    assert claim.unit == district.dpo
    promise = Promise.objects.get(kind="receipt")
    assert (promise.unit, promise.officer) == (district.dpo, district.dawood)
    assert promise.due_at == NOON + 96 * HOUR
    assert keep_desks(at=NOON + HOUR) == 0
    late = NOON + 73 * HOUR
    assert decide(district, district.saima, claim, "grant", late).status_code == 404
    assert decide(district, district.dawood, claim, "grant", late).status_code == 302


def test_closing_the_case_does_not_end_the_request(district: District, browser: Client) -> None:
    case, _old = filed(district)
    asked(browser, case.reference)
    casework.close(case=case, closing="confirmed", by="reporter", at=NOON + HOUR)
    assert Promise.objects.get(kind="receipt").state == "open"
    done = decide(district, district.saima, claim_of(case), "grant", NOON + 73 * HOUR)
    assert done.status_code == 302


def test_two_requests_one_receipt(district: District, browser: Client) -> None:
    case, _old = filed(district)
    first = asked(browser, case.reference)
    second = asked(browser, case.reference, NOON + HOUR)
    assert len(news(case)) == 1, "one notice a day"
    early, later = ReceiptClaim.objects.order_by("asked_at")
    page = district.client(district.saima).get(f"/desk/claims/{later.pk}/").content.decode()
    assert "Others ask for a receipt of the same report" in page
    late = NOON + 74 * HOUR
    assert decide(district, district.saima, later, "grant", late).status_code == 302
    early.refresh_from_db()
    assert early.decision == "refused"
    assert given(tracked(browser, second, late))
    assert not given(tracked(browser, first, late))
    # a third one, granted later, makes the second number void
    third = asked(browser, case.reference, late)
    after = late + 73 * HOUR
    assert decide(district, district.saima, claim_of(case), "grant", after).status_code == 302
    assert given(tracked(browser, third, after))
    assert "no new receipt" in tracked(browser, second, after).content.decode()


def test_who_knows_a_reference_cannot_bury_the_desk(district: District, browser: Client) -> None:
    case, _old = filed(district)
    for _each in range(7):
        asked(browser, case.reference)
    assert ReceiptClaim.objects.filter(report_id=case.pk).count() == 5
    assert ReceiptClaim.objects.count() == 7


def test_no_contact_no_notice(district: District, browser: Client) -> None:
    case, _old = filed(district, contact=None)
    asked(browser, case.reference)
    assert news(case) == []
    assert claim_of(case).unit == district.sdpo


def test_the_notice_waits_for_safe_hours(district: District, browser: Client) -> None:
    wish = ContactWish(kind="phone", value=PHONE, safe_from=20, safe_to=22)
    case, _old = filed(district, contact=wish)
    asked(browser, case.reference)
    row = Delivery.objects.get(subject=case.reference, purpose="news")
    assert row.not_before == NOON + 8 * HOUR


def test_the_same_key_never_answers_with_a_renewed_receipt(
    district: District, browser: Client
) -> None:
    said = {"idempotency_key": "k" * 20}
    case, old = filed(district, **said)
    asked(browser, case.reference)
    decide(district, district.saima, claim_of(case), "grant", NOON + 73 * HOUR)
    _case, again = filed(district, **said)
    assert again == old


@pytest.mark.parametrize("told", ["", "   ", "x" * 5001])
def test_what_cannot_be_taken_is_said_and_not_lost(
    district: District, browser: Client, told: str
) -> None:
    page = browser.post("/en/track/lost/", {"reference": "K7M2QX4", "told": told, "reach": "0300"})
    assert page.status_code == 422
    assert "K7M2QX4" in page.content.decode()
    assert not ReceiptClaim.objects.exists()


def test_a_flood_is_answered_429(district: District, browser: Client) -> None:
    codes = [
        browser.post("/en/track/lost/", {"told": TOLD}, REMOTE_ADDR="203.0.113.7").status_code
        for _each in range(31)
    ]
    assert codes == [200] * 30 + [429]
    other = browser.post("/en/track/lost/", {"told": TOLD}, REMOTE_ADDR="198.51.100.7")
    assert other.status_code == 200


def test_forgotten_ninety_days_after_its_end(district: District, browser: Client) -> None:
    case, _old = filed(district)
    asked(browser, "K7M2QX4")
    asked(browser, case.reference)
    decide(district, district.saima, claim_of(case), "refuse", NOON + HOUR)
    still_open, _old = filed(district)
    asked(browser, still_open.reference)
    assert forget_claims(at=NOON + 90 * DAY) == 0
    assert forget_claims(at=NOON + 90 * DAY + 2 * HOUR) == 1
    assert forget_claims(at=NOON + 94 * DAY + HOUR) == 1
    assert ReceiptClaim.objects.get().report_id == still_open.pk


def test_few_statements_however_many_requests(district: District, browser: Client) -> None:
    for _each in range(3):
        asked(browser, filed(district)[0].reference)
    client = district.client(district.saima)
    client.get("/desk/claims/")
    with CaptureQueriesContext(connection) as few:
        client.get("/desk/claims/")
    for _each in range(5):
        asked(browser, filed(district)[0].reference)
    with CaptureQueriesContext(connection) as many:
        client.get("/desk/claims/")
    assert len(many) == len(few)
