"""The receipt is lost: asked for again, the old contact told, the answer shown."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.claims import (
    DAY,
    DIGITS,
    HOUR,
    NOON,
    TOLD,
    TWINS,
    WORDS,
    acts,
    asked,
    claim_of,
    decide,
    filed,
    given,
    news,
    tracked,
)
from tests.district import PHONE, District

from mohalla.channels.sms.models import Delivery
from mohalla.foundation import identifiers
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports.submission import ContactWish
from mohalla.stages.access.actions.forget import forget_claims
from mohalla.stages.access.models import ReceiptClaim
from mohalla.station.casework.models import Case


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "en"})


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
