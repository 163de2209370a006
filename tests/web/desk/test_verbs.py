"""Every act at the desk: what it does, what it refuses and where it says so."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.district import PHONE, District
from tests.pictures import photograph, told_by

from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports.models import Attachment
from mohalla.foundation.reports.submission import ContactWish
from mohalla.station.casework import actions, queries
from mohalla.station.casework.models import Case

NOON = "2026-03-25T12:00"
JPEG = photograph()


def press(client: Client, case: Case, verb: str, **said: Any) -> HttpResponse:
    response: Any = client.post(f"/desk/cases/{case.reference}/{verb}", said)
    return response  # type: ignore[no-any-return]


def state(case: Case, kind: str) -> str:
    return Promise.objects.get(subject=case.reference, kind=kind).state


@pytest.fixture
def ali(district: District) -> Client:
    return district.client(district.ali)


def test_a_contact_is_claimed_until_she_says(district: District, ali: Client) -> None:
    case = district.make_case()
    said = {"way": "call", "happened_at": NOON, "reached": "yes", "note": "She will show the lane."}
    assert press(ali, case, "contact", **said).status_code == 302
    assert state(case, "contact") == "claimed"
    assert case.attempts.get().note == "She will show the lane."


def test_a_contact_to_come_is_refused_and_nothing_typed_is_lost(
    district: District, ali: Client
) -> None:
    case = district.make_case()
    said = {"way": "call", "happened_at": "2026-03-26T12:00", "reached": "yes", "note": "my words"}
    page = press(ali, case, "contact", **said)
    assert page.status_code == 422
    text = page.content.decode()
    assert "before it happened" in text
    assert "my words" in text
    assert not case.attempts.exists()


def test_a_ready_wording_alone_is_no_answer(district: District, ali: Client) -> None:
    case = district.make_case()
    actions.say(case=case, text="When?", door="web", at=district.at)
    assert press(ali, case, "message").status_code == 422
    assert press(ali, case, "message", template="going_on").status_code == 302
    assert state(case, "answer") == "open"
    assert press(ali, case, "message", template="going_on", text="Today.").status_code == 302
    assert state(case, "answer") == "kept"


def draft(page: str) -> str:
    """What stands in the text field of a form."""
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.S)
    assert found
    return found[1]


def test_fir_letter_and_stages_of_a_theft(district: District, ali: Client) -> None:
    case = district.make_case("My motorcycle is gone", category="theft")
    fir = {"number": "112/26", "dated_on": "2026-03-25", "sections": "379 PPC"}
    assert press(ali, case, "record", **(fir | {"dated_on": "2026-03-26"})).status_code == 422
    assert press(ali, case, "record", **(fir | {"number": "  "})).status_code == 422
    assert press(ali, case, "record", **fir).status_code == 302
    assert state(case, "record") == "kept"
    begun = ali.get(f"/desk/cases/{case.reference}/letter").content.decode()
    assert "112/26" in begun
    assert press(ali, case, "letter", text=unescape(draft(begun))).status_code == 422, "empty"
    assert press(ali, case, "letter", text="Two witnesses heard.").status_code == 302
    assert Promise.objects.filter(subject=case.reference, kind="inform").count() == 2
    assert press(ali, case, "stage", to="challan", why="").status_code == 302
    back = press(ali, case, "stage", to="investigation", why="")
    assert back.status_code == 422
    assert "needs its reason" in back.content.decode()
    assert press(ali, case, "stage", to="closed").status_code == 422


def test_no_letter_about_an_investigation_before_the_fir(district: District, ali: Client) -> None:
    case = district.make_case("My motorcycle is gone", category="theft")
    address = f"/desk/cases/{case.reference}/"
    assert f"{address}letter" not in ali.get(address).content.decode()
    early = press(ali, case, "letter", text="Two witnesses heard.")
    assert early.status_code == 422
    page = early.content.decode()
    assert "There is no FIR yet" in page
    assert "Two witnesses heard." in page, "what was typed stays"
    assert not case.records.exists()
    press(ali, case, "record", number="112/26", dated_on="2026-03-25", sections="379 PPC")
    assert f"{address}letter" in ali.get(address).content.decode()
    assert press(ali, case, "letter", text="Two witnesses heard.").status_code == 302
    assert case.records.filter(kind="letter").count() == 1


def test_a_refusal_starts_the_next_levels_clock_and_opens_the_case_to_it(
    district: District, ali: Client
) -> None:
    case = district.make_case("My motorcycle is gone", category="theft")
    saima = district.client(district.saima)
    assert saima.get(f"/desk/cases/{case.reference}/").status_code == 404
    refusal = {"reason": "Civil matter", "law": "s. 155 Cr.P.C."}
    assert press(ali, case, "refusal", **(refusal | {"reason": " "})).status_code == 422
    lawless = press(ali, case, "refusal", **(refusal | {"law": " "}))
    assert lawless.status_code == 422
    assert press(ali, case, "refusal", **refusal).status_code == 302
    assert state(case, "record") == "broken"
    assert Promise.objects.get(kind="non_registration").unit_id == district.sdpo.pk
    assert saima.get(f"/desk/cases/{case.reference}/").status_code == 200


def test_proof_is_an_artefact_and_a_photograph_survives_a_refusal(
    district: District, ali: Client
) -> None:
    case = district.make_case()
    said = {"kind": "solved", "what_done": "Lamp mended", "taken_at": ""}
    words_only = press(ali, case, "outcome", **said)
    assert words_only.status_code == 422
    assert "Free words are not proof" in words_only.content.decode()
    photo = SimpleUploadedFile("lamp.jpg", JPEG)
    untimed = press(ali, case, "outcome", **said, proof="photograph", photo=photo)
    kept = Attachment.objects.get()
    assert untimed.status_code == 422
    assert str(kept.pk) in untimed.content.decode()
    done = press(
        ali, case, "outcome", **(said | {"taken_at": NOON}), proof="photograph",
        photo_kept=str(kept.pk),
    )  # fmt: skip
    assert done.status_code == 302
    outcome = queries.open_outcome(case)
    assert outcome is not None
    assert outcome.proofs.get().attachment_id == kept.pk
    page = ali.get(f"/desk/cases/{case.reference}/files/{kept.pk}")
    assert told_by(b"".join(page.streaming_content)) == []  # type: ignore[attr-defined] # a stream
    assert "sandbox" in page["Content-Security-Policy"]
    other = district.client(district.ehsan).get(f"/desk/cases/{case.reference}/files/{kept.pk}")
    assert other.status_code == 404
    again = press(ali, case, "outcome", **said, number="12")
    assert again.status_code == 422


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [("empty.jpg", b"", "empty"), ("run.exe", b"MZ" * 40, "kind of file")],
)
def test_files_that_are_no_proof(
    district: District, ali: Client, name: str, body: bytes, words: str
) -> None:
    case = district.make_case()
    page = press(
        ali, case, "outcome", kind="solved", what_done="x", proof="photograph", taken_at=NOON,
        photo=SimpleUploadedFile(name, body),
    )  # fmt: skip
    assert page.status_code == 422
    assert words in page.content.decode()
    assert queries.open_outcome(case) is None


def test_not_established_needs_a_second_person(district: District, ali: Client) -> None:
    case = district.make_case("My motorcycle is gone", category="theft")
    said = {"kind": "not_established", "what_done": "Cameras seen", "number": "CDR-7",
            "proof": "document", "taken_at": NOON}  # fmt: skip
    assert press(ali, case, "outcome", **said).status_code == 422
    assert press(ali, case, "outcome", **said, reason="No trace").status_code == 302
    assert press(ali, case, "second").status_code == 422
    outcome = queries.open_outcome(case)
    assert outcome is not None
    assert outcome.asked_at is None
    assert press(district.client(district.sho), case, "second").status_code == 302
    outcome.refresh_from_db()
    assert outcome.second_by_id == district.sho.pk
    assert outcome.asked_at is not None
    assert press(district.client(district.sho), case, "second").status_code == 422


def test_take_and_hand_over(district: District, ali: Client) -> None:
    case = district.make_case()
    assert case.officer_id == district.ali.pk
    assert press(district.client(district.hamid), case, "take").status_code == 302
    case.refresh_from_db()
    assert case.officer_id == district.hamid.pk
    to_other_station = press(ali, case, "handover", to_officer=district.ehsan.pk, note="n")
    assert to_other_station.status_code == 422
    done = press(ali, case, "handover", to_officer=district.sho.pk, note="Pole 7")
    assert done.status_code == 302
    case.refresh_from_db()
    assert case.officer_id == district.sho.pk


def test_route_goes_there_and_back_only_by_the_head(district: District, ali: Client) -> None:
    case = district.make_case()
    to_b = {"to_unit": district.station_b.pk, "reason": "The lane is theirs"}
    assert press(ali, case, "route", **(to_b | {"reason": " "})).status_code == 422
    done = press(ali, case, "route", **to_b)
    assert done["Location"].endswith("/desk/")  # the case is not at this desk any more
    assert ali.get(f"/desk/cases/{case.reference}/").status_code == 404
    ehsan = district.client(district.ehsan)
    back = {"to_unit": district.station_a.pk, "reason": "No, yours"}
    assert press(ehsan, case, "route", **back).status_code == 302  # Ehsan is the head


def test_classification_of_what_came_without_a_category(district: District) -> None:
    case = district.make_case("Something happened", category="")
    assert case.unit_id == district.triage_desk.pk
    tariq = district.client(district.tariq)
    assert "not classified yet" in tariq.get("/desk/").content.decode()
    assert press(tariq, case, "classification", category="nonsense").status_code == 422
    assert press(tariq, case, "classification", category="theft").status_code == 302
    case.refresh_from_db()
    assert case.unit_id == district.station_a.pk
    assert state(case, "record") == "open"


def test_notes_links_and_merging(district: District, ali: Client) -> None:
    case, other = district.make_case("lamp one"), district.make_case("lamp two")
    assert press(ali, case, "note", kind="shortage", text="No vehicle").status_code == 302
    assert press(ali, case, "note", kind="note", text="").status_code == 422
    assert press(ali, case, "link", other=case.reference, why="x").status_code == 422
    assert press(ali, case, "link", other="ZZZ2222", why="x").status_code == 422
    assert press(ali, case, "link", other=other.reference.lower(), why="x").status_code == 302
    assert other.reference in ali.get(f"/desk/cases/{case.reference}/").content.decode()
    assert press(ali, case, "merge", other=other.reference).status_code == 302
    case.refresh_from_db()
    assert (case.closing, case.merged_into_id) == ("merged", other.pk)
    theft = district.make_case("My motorcycle", category="home_violence")
    if theft.unit_id == district.station_a.pk:
        assert press(ali, theft, "merge", other=other.reference).status_code == 422


def test_withdrawal_is_settled_by_somebody_else_after_three_days(
    district: District, ali: Client
) -> None:
    case = district.make_case()
    assert press(ali, case, "withdrawal", free_will="yes").status_code == 422
    actions.ask_withdrawal(case=case, door="web", at=district.at)
    own = press(ali, case, "withdrawal", free_will="yes")
    assert "somebody independent" in own.content.decode()
    saima = district.client(district.saima)
    early = press(saima, case, "withdrawal", free_will="yes")
    assert "72 hours" in early.content.decode()
    assert early.status_code == 422
    assert press(saima, case, "withdrawal", free_will="no").status_code == 302
    assert state(case, "withdrawal_call") == "kept"


def test_only_the_outside_reviewer_ends_over_the_objection(district: District, ali: Client) -> None:
    case = district.make_case()
    assert press(ali, case, "objection", reason="no").status_code == 422
    proof = actions.Artefact(kind="document", number="7", taken_at=district.at)
    for officer, words in ((district.ali, "one"), (district.saima, "two")):
        case = Case.objects.select_related("report", "unit").get(pk=case.pk)
        actions.propose_outcome(
            case=case, officer=officer.pk, kind="solved", what_done=words, artefacts=[proof],
            at=district.at,
        )  # fmt: skip
        actions.dispute(case=case, door="web", at=district.at)
    case.refresh_from_db()
    assert case.unit_id == district.independent.pk
    assert press(district.client(district.saima), case, "objection", reason="x").status_code == 422
    farah = district.client(district.farah)
    assert press(farah, case, "objection", reason="").status_code == 422
    assert press(farah, case, "objection", reason="All was done").status_code == 302
    case.refresh_from_db()
    assert case.closing == "over_objection"


def test_verbs_by_somebody_of_another_station_do_nothing(district: District) -> None:
    case = district.make_case()
    ehsan = district.client(district.ehsan)
    assert press(ehsan, case, "take").status_code == 404
    assert press(ehsan, case, "note", kind="note", text="x").status_code == 404
    assert not case.notes.exists()
    assert not case.attempts.exists()


def test_hostile_words_stay_words(district: District, ali: Client) -> None:
    case = district.make_case("<script>alert(1)</script> {{ 7|add:7 }} \u202etxt")
    words = "<img src=x onerror=alert(1)> {% load x %} \u202e \x00"
    assert press(ali, case, "note", kind="note", text="<b>" + "ا" * 20_001).status_code == 422
    status = press(ali, case, "note", kind="note", text=words).status_code
    assert status in {302, 422}
    page = ali.get(f"/desk/cases/{case.reference}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "\u202e" not in page


def test_the_page_of_a_case_has_a_budget(
    district: District, ali: Client, django_assert_max_num_queries: Any
) -> None:
    case = district.make_case()
    for number in range(5):
        press(ali, case, "note", kind="note", text=f"note {number}")
        at = f"2026-03-25T0{number}:00"
        press(ali, case, "contact", way="call", happened_at=at, reached="no", note="")
        actions.say(case=case, text=f"message {number}", door="web", at=district.at)
    actions.say(case=case, text="x", door="web", at=district.at + timedelta(hours=1))
    with django_assert_max_num_queries(24):
        ali.get(f"/desk/cases/{case.reference}/")


def test_a_referral_says_where_to(district: District, ali: Client) -> None:
    case = district.make_case()
    said = {"kind": "referred", "what_done": "Sent on", "number": "TMA-7", "taken_at": NOON}
    assert press(ali, case, "outcome", **said).status_code == 422
    where = {"referred_to": "Municipal office", "referred_number": "TMA-7"}
    assert press(ali, case, "outcome", **said, **where).status_code == 422
    assert press(ali, case, "outcome", **said, **where, answer_on="2026-04-02").status_code == 302
    page = ali.get(f"/desk/cases/{case.reference}/").content.decode()
    assert "Municipal office" in page
    assert "2 April 2026" in page


def test_a_closed_case_takes_notes_only(district: District, ali: Client) -> None:
    case, other = district.make_case(), district.make_case("lamp two")
    assert press(ali, case, "merge", other=other.reference).status_code == 302
    refused = press(ali, case, "outcome", kind="solved", what_done="x", number="7", taken_at=NOON)
    assert refused.status_code == 422
    assert "This case is closed" in refused.content.decode()
    assert press(ali, other, "merge", other=case.reference).status_code == 422
    assert press(ali, case, "take").status_code == 422
    assert press(ali, case, "note", kind="note", text="late word").status_code == 302


def test_the_contact_page_says_first_how_she_may_be_reached(
    district: District, ali: Client
) -> None:
    wish = ContactWish(kind="phone", value=PHONE, safe_from=9, safe_to=16, way="call")
    case = district.make_case(contact=wish)
    page = ali.get(f"/desk/cases/{case.reference}/contact").content.decode()
    assert "09:00–16:00" in page
    silent = district.make_case(contact=ContactWish(kind="phone", value=PHONE, way="none"))
    page = ali.get(f"/desk/cases/{silent.reference}/contact").content.decode()
    assert "Do not contact." in page
    assert PHONE not in page
