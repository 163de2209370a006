"""The page behind the receipt: the way to be reached, the question about a contact, reopening."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.counter import HOUR, NOON, SINCE, fresh, officer, proposed, told
from tests.pictures import photograph

from mohalla.foundation import identifiers
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.submission import ContactWish
from mohalla.foundation.units import queries as directory
from mohalla.foundation.units.rules.viewer import Viewer, viewer_at
from mohalla.site.demo import district
from mohalla.stages.access.queries import tracked
from mohalla.station.casework import actions as casework
from mohalla.station.casework import queries as casework_queries
from mohalla.station.casework.models import Case

PHONE = ContactWish(kind="phone", value="+923002220001")


@pytest.fixture(autouse=True)
def _district(db: None) -> Iterator[None]:
    directory.forget()
    district.build(since=SINCE)
    yield
    directory.forget()


def page(client: Client, case: Case, language: str = "en", **said: str) -> tuple[int, str]:
    receipt = identifiers.receipt_for(case.report.pk, case.report.receipt_version)
    answer = client.post(f"/{language}/track/", {"receipt": receipt, **said})
    return answer.status_code, answer.content.decode()


def test_safe_hours_alone_do_not_cost_the_number(client: Client) -> None:
    case = told(contact=PHONE)
    code, html = page(client, case, do="contact", phone="", safe_hours="14-16")
    assert code == 422
    assert "Nothing was changed" in html
    assert reports.contact_of(case.report) is not None


def test_a_number_is_deleted_by_its_own_button(client: Client) -> None:
    case = told(contact=PHONE)
    assert 'value="forget"' in page(client, case)[1]
    code, html = page(client, case, do="forget")
    assert code == 200
    assert "We have no number of yours any more" in html
    assert reports.contact_of(case.report) is None
    assert 'value="forget"' not in page(client, case)[1]


@pytest.mark.parametrize(
    "language,word", [("en", "Phone call"), ("ur", "فون"), ("ps", "د فون زنګ")]
)
def test_the_way_of_a_contact_is_said_in_words(client: Client, language: str, word: str) -> None:
    case = told()
    casework.log_contact(
        case=case, officer=officer("ali").pk, way="call", happened_at=NOON, reached=True, at=NOON
    )
    asked = page(client, case, language)[1].partition('id="asked"')[2].partition("<form")[0]
    assert word in asked
    assert "· call" not in asked


def test_no_opens_it_again_and_the_history_says_so() -> None:
    case = proposed(told(), at=NOON)
    casework.dispute(case=fresh(case), door="web", at=NOON + HOUR, reason="")
    seen = tracked.seen(fresh(case), language="en", at=NOON + HOUR)
    assert seen.timeline[-1]["text"] == "Open again"
    assert "Open again" not in [row["text"] for row in seen.timeline[:-1]]


def send(client: Client, case: Case, text: str, *files: SimpleUploadedFile) -> tuple[int, str]:
    receipt = identifiers.receipt_for(case.report.pk, case.report.receipt_version)
    said = {"receipt": receipt, "do": "message", "text": text, "files": list(files)}
    answer = client.post("/en/track/", said)
    return answer.status_code, answer.content.decode()


def picture(name: str = "lamp.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photograph())


@pytest.mark.parametrize("words", ["Here is the lamp", ""])
def test_a_file_can_be_added_later_with_or_without_words(client: Client, words: str) -> None:
    case = told()
    code, html = send(client, case, words, picture(), picture("again.jpg"))
    assert code == 200
    assert "Photos and files" in html
    assert case.report.attachments.count() == 2
    assert case.report.messages.count() == bool(words)
    owed = Promise.objects.get(subject=case.reference, kind="answer")
    assert owed.state == "open"
    bound = Entry.objects.filter(what="file bound", by="reporter")
    assert {row.facts["report"] for row in bound} == {case.reference}
    desk = casework_queries.case_for(viewer_of("ali"), case.reference)
    assert desk.report.attachments.count() == 2


def test_what_is_no_file_of_ours_is_refused_and_the_words_stay(client: Client) -> None:
    case = told()
    code, html = send(client, case, "Look at this", SimpleUploadedFile("x.exe", b"MZ" * 50))
    assert code == 422
    assert "x.exe" in html
    assert "Look at this" in html
    assert not case.report.attachments.exists()
    assert not case.report.messages.exists()


def test_no_more_than_eight_files_at_once(client: Client) -> None:
    case = told()
    code, html = send(client, case, "", *(picture(f"{n}.jpg") for n in range(9)))
    assert code == 422
    assert "8.jpg" in html
    assert not case.report.attachments.exists()


def test_nothing_at_all_is_still_nothing(client: Client) -> None:
    assert send(client, told(), "")[0] == 422


def viewer_of(who: str) -> Viewer:
    return viewer_at(directory.directory(), officer=officer(who).pk, at=NOON)
