"""P12: who has her number, by a swapped SIM or with the phone in his hand, opens nothing confidential.

Eight confidential matters, as different as they can be in words, place, desk, stage and ending, hang
on one number. To each the same texts are sent in each state of the dialogue: the answers must be the
same letter for letter. Then nothing in them can come from the matter. There is no door for calls yet,
so no missed call; it belongs into `WORDS` when there is one.
"""

from __future__ import annotations

import itertools
import os
import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from tests.counter import HOUR, officer, paper_proof, proposed, told, unit
from tests.device import Device, desk_key
from tests.web.test_sms_loop import AMINA, START

from mohalla.channels import keyed
from mohalla.channels.keyed import Pressed
from mohalla.channels.sms import handler
from mohalla.channels.sms.models import Delivery
from mohalla.foundation import catalogue, clock, identifiers
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports.models import Contact, Message, Report
from mohalla.foundation.reports.submission import ContactWish
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Unit
from mohalla.foundation.units.rules.viewer import viewer_at
from mohalla.site import wiring
from mohalla.site.demo import district
from mohalla.stages.access.actions import claim as claims
from mohalla.stages.access.actions import decide_claim
from mohalla.stages.access.actions.hear import hear
from mohalla.stages.access.models import Conversation, ReceiptClaim
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case

LANGUAGES = ("en", "ur", "ps", "ur-Latn")
WORDS = (
    "STATUS", "HAAL {ref}", "حال", "RASEED", "receipt {ref}", "رسید", "BANDA", "person", "سړی",
    "YES", "NO", "NAHI {ref}", "1", "2", "3", "4", "1 0000", "2. 9999", "haan 1234",
    "SOS", "SAFE", "STOP", "START", "LANG", "ZUBAN PASHTO", "HELP", "...",
    "Gul Bagh", "street light kharab hai, khamba gir gaya", "phir se batao maine kya likha tha",
    "1234 5678 9012 3456 7890", "میرا نمبر بدل دیں 03009998887",
)  # fmt: skip
INTAKE = ("place", "place_again", "danger", "matter", "hours")
STATES = ["", *INTAKE, "contact", "verdict", "reconciled", "reply"]
EVERY = int(os.environ.get("SIM_EVERY", "3"))  # a seeded third; `make prove` takes all
SAID = START + timedelta(minutes=90)
DIGITS = re.compile(r"(?:\d{4} ?){5}")
HER = ContactWish(kind="phone", value=AMINA)


@pytest.fixture
def demo(db: None, settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"
    district.build(since=START - timedelta(days=40))
    handler.forget()
    handler.register(wiring.heard)
    units.forget()


def on_the_web(category: str, **more: Any) -> Case:
    words = "Woh roz mera peecha karta hai, Purana Pul ke paas"
    return told(at=START, contact=HER, category=category, text=words, **more)


def by_text(words: str) -> Case:
    phone_says(words, START)
    return Case.objects.select_related("report", "unit").get()


def unclassified() -> Case:
    return by_text("SHO Chinar ne paise liye hain, Gul Bagh")


def says_nothing() -> Case:
    return by_text("Salam, aap se zaroori baat karni hai")


def classified() -> Case:
    case = by_text("Mere ghar mein roz maar peet hoti hai")
    return casework.classify(case=case, category="home_violence", by="officer:0", at=START + HOUR)


def followed() -> Case:
    case = on_the_web("harassment_street", place="purana-pul")
    casework.log_contact(
        case=case, officer=case.officer_id or 0, way="call", happened_at=START, reached=True,
        at=START + HOUR / 6,
    )  # fmt: skip
    return case


def with_fir() -> Case:
    case = on_the_web("kidnapping", danger=True)
    casework.record_fir(
        case=case, officer=case.officer_id or 0, number="417/26", dated_on=START.date(),
        sections="365 PPC", at=START + HOUR / 2,
    )  # fmt: skip
    casework.reply(
        case=case, officer=case.officer_id or 0, text="We found the car", at=START + HOUR
    )
    return case


def answered() -> Case:
    case = on_the_web("bribe", about_unit="thana-chinar")
    casework.propose_outcome(
        case=case, officer=case.officer_id or 0, kind="solved", what_done="He was suspended.",
        artefacts=[paper_proof(START)], at=START + HOUR,
    )  # fmt: skip
    return case


def withdrawn() -> Case:
    case = on_the_web("forced_marriage")
    casework.say(case=case, text="Meri behen ka bhi nikah hai", door="web", at=START)
    return casework.ask_withdrawal(case=case, door="web", at=START + HOUR)


def sealed() -> Case:
    """Words, name and number in the envelope; a number of its own for neutral news."""
    for row in Unit.objects.all():
        desk_key(row, officer("sana"))
    browser, device = Client(headers={"accept-language": "en"}), Device()
    fields = {"category": "online_harassment", "district": "dpo-sangbagh", "phone": AMINA}
    with clock.fixed(START):
        desks = browser.post("/report/", {"go": "keys", **fields}).json()
        kept = browser.post(
            "/report/", device.post({"text": "He has my pictures"}, desks, **fields)
        )
    assert kept.status_code == 200
    case = Case.objects.select_related("report", "unit").get()
    assert case.report.envelope == Report.Envelope.BROWSER
    return case


CONFIDENTIAL: tuple[Callable[[], Case], ...] = (
    unclassified, says_nothing, classified, followed, with_fir, answered, withdrawn, sealed,
)  # fmt: skip


def phone_says(words: str, at: Any, number: str = AMINA) -> list[str]:
    """What comes back to the number at once, and what is on its way to it."""
    before = set(Delivery.objects.values_list("pk", flat=True))
    with clock.fixed(at):
        hear(key=uuid4(), number=number, text=words, repeats=None, at=at)
    rows = Delivery.objects.exclude(pk__in=before).filter(to=number).order_by("made_at", "pk")
    return [f"{row.purpose}: {row.words}" for row in rows]


def in_state(case: Case, state: str, language: str) -> None:
    Conversation.objects.update_or_create(
        lookup=identifiers.contact_lookup(AMINA),
        defaults={
            "language": language, "language_chosen": True, "awaiting": state,
            "report": case.report, "asked_at": SAID, "stopped": False,
        },
    )  # fmt: skip


def transcript(case: Case) -> dict[tuple[str, str], list[str]]:
    """Each text in each state that this matter can be in; references are told apart, not read."""
    said = {}
    states = [state for state in STATES if case.report.door == "sms" or state not in INTAKE]
    pairs = list(itertools.product(STATES, WORDS))
    spoken = dict(zip(pairs, itertools.cycle(LANGUAGES), strict=False))
    for state, words in random.Random(12).sample(pairs, len(pairs) // EVERY):
        if state not in states:
            continue
        language = spoken[state, words]
        with transaction.atomic():
            in_state(case, state, language)
            heard = phone_says(words.format(ref=case.reference), SAID)
            known = {case.reference: "HERS"}
            known |= {row: "NEW" for row in Case.objects.values_list("reference", flat=True)
                      if row != case.reference}  # fmt: skip
            said[state, words] = [_blind(line, known) for line in heard]
            transaction.set_rollback(True)
    return said


def _blind(line: str, known: dict[str, str]) -> str:
    for reference, name in known.items():
        line = line.replace(reference, name)
    return line


def telling(case: Case) -> set[str]:
    """What stands in this matter and nowhere else: words, names, numbers, the receipt."""
    book = catalogue.get()
    category = book.categories.get(case.category)
    receipt = identifiers.receipt_for(case.report.pk, case.report.receipt_version)
    said = {receipt, receipt[-4:], identifiers.spoken(receipt), "417/26", "365 PPC"}
    said |= {"suspended", "found the car", "pictures", "peecha", "nikah", "paise", "Purana Pul"}
    if case.unit is not None:
        said |= {case.unit.name_en, case.unit.name_ur, case.unit.name_ps}
    for language in LANGUAGES:
        said |= {
            book.stage_name(case.stage, language),
            book.stage_name(case.stage, language, neutral=True),
        }
        if category is not None:
            said.add(category.name(language))
    return {word for word in said if len(word) > 3}


@pytest.mark.once
def test_promise_P12_every_text_in_every_state_gets_an_answer_that_knows_nothing(
    demo: None, figure: Callable[[str], None]
) -> None:
    seen: dict[tuple[str, str], dict[str, list[str]]] = {}
    texts = 0
    for world in CONFIDENTIAL:
        with transaction.atomic():
            case = world()
            case.refresh_from_db()
            assert case.sensitivity in {"C2", "C3"}, world.__name__
            for asked, answer in transcript(case).items():
                seen.setdefault(asked, {})[world.__name__] = answer
                texts += 1
                found = [word for word in telling(case) for line in answer if word in line]
                assert not found, (world.__name__, asked, found, answer)
            transaction.set_rollback(True)
    assert texts > 1500 // EVERY
    for asked, answers in seen.items():
        first = next(iter(answers.values()))
        assert all(answer == first for answer in answers.values()), (asked, answers)
        assert not any(DIGITS.search(line) for line in first), asked
    figure(
        f"{len(seen)} texts and states, up to {len(CONFIDENTIAL)} matters each: the same answer to all"
    )


KEYS = [*"123456789", "0", "11", "1234", "Gul Bagh", "HAAL", "RASEED", "NAHI"]


def keyed_transcript(case: Case, state: str) -> dict[tuple[str, ...], str]:
    """A stranger with her number dials, and presses whatever leads somewhere."""
    said = {}
    for keys in itertools.product(KEYS, KEYS):
        with transaction.atomic():
            in_state(case, state, "ur-Latn")
            pressed = Pressed(door="ussd", session="x", number=AMINA, given=())
            with clock.fixed(SAID):
                turns = [
                    keyed.handler()(pressed=replace(pressed, given=keys[:many]), at=SAID).text
                    for many in (1, 2)
                ]
            known = {case.reference: "HERS"} | {
                row: "NEW" for row in Case.objects.values_list("reference", flat=True)
                if row != case.reference
            }  # fmt: skip
            # a receipt here is of what the stranger reported himself in this very call
            said[keys] = DIGITS.sub("RECEIPT", _blind(" / ".join(turns), known))
            assert not [word for word in telling(case) if word in " / ".join(turns)], keys
            transaction.set_rollback(True)
    return said


@pytest.mark.once
@pytest.mark.parametrize("state", ["", "contact", "verdict", "reconciled"])
def test_promise_P12_keys_open_nothing_either(demo: None, state: str) -> None:
    seen: dict[tuple[str, ...], dict[str, str]] = {}
    for world in CONFIDENTIAL:
        with transaction.atomic():
            case = world()
            case.refresh_from_db()
            for keys, answer in keyed_transcript(case, state).items():
                seen.setdefault(keys, {})[world.__name__] = answer
            transaction.set_rollback(True)
    for keys, answers in seen.items():
        assert len(set(answers.values())) == 1, (keys, answers)
    assert len(seen) == len(KEYS) ** 2


def test_promise_P12_a_plain_matter_is_told_and_its_receipt_given_to_its_own_phone(
    demo: None,
) -> None:
    """The twin: by the rules of the loop the number is enough for C1, and the harness sees it."""
    case = by_text("Gali ki light kharab hai")
    casework.classify(case=case, category="street_light", by="officer:0", at=START)
    case.refresh_from_db()
    said = transcript(case)
    receipt = identifiers.receipt_for(case.report.pk, case.report.receipt_version)
    assert identifiers.spoken(receipt) in phone_says("RASEED", SAID)[0]
    stages = {catalogue.get().stage_name(case.stage, each, neutral=True) for each in LANGUAGES}
    assert any(stage in phone_says("HAAL", SAID)[0] for stage in stages)
    assert any(word in line for word in telling(case) for lines in said.values() for line in lines)
    proposed(case, at=SAID)
    in_state(case, "verdict", "en")
    phone_says("1", SAID)
    case.refresh_from_db()
    assert case.closing == "confirmed"


def test_promise_P12_nobody_lowers_a_matter_by_what_he_adds_to_it(demo: None) -> None:
    """The thief answers the open questions with plain words: the receipt stays shut."""
    case = says_nothing()
    for words in ("street light kharab hai, khamba", "bijli ka khamba", "2", "1", "4"):
        phone_says(words, SAID)
    case.refresh_from_db()
    assert (case.category, case.sensitivity) == ("", "C3")
    assert not any(DIGITS.search(line) for line in phone_says("RASEED", SAID))


def test_promise_P12_her_own_plain_words_reach_the_desk_as_before(demo: None) -> None:
    case = by_text("street light kharab hai")
    for words in ("Gul Bagh", "2", "1"):
        phone_says(words, SAID)
    case.refresh_from_db()
    assert (case.category, case.sensitivity) == ("street_light", "C1")


def test_promise_P12_the_receipt_goes_only_to_the_phone_that_wrote(demo: None) -> None:
    """A number given later may be a slip, and then it is a stranger's."""
    case = by_text("Gali ki light kharab hai")
    casework.classify(case=case, category="street_light", by="officer:0", at=START)
    case.refresh_from_db()
    other = "+923009998887"
    casework.wish_contact(
        case=case, wish=ContactWish(kind="phone", value=other), door="web", at=START + HOUR
    )
    assert not any(DIGITS.search(line) for line in phone_says("RASEED", SAID, other))
    assert not any(DIGITS.search(line) for line in phone_says("RASEED", SAID)), "given up"
    casework.wish_contact(case=case, wish=HER, door="web", at=START + 2 * HOUR)
    assert any(DIGITS.search(line) for line in phone_says("RASEED", SAID)), "the twin"


def test_promise_P12_news_of_it_is_one_line_whatever_happened(demo: None) -> None:
    """What comes unasked, from the first contact to the end, with the phone in other hands."""
    book = catalogue.get()
    for world in CONFIDENTIAL:
        with transaction.atomic():
            case = world()
            by = case.officer_id or 0
            at = START + 2 * HOUR
            casework.reply(case=case, officer=by, text="Please come", at=at)
            if not case.outcomes.exists():
                proposed(case, at=at)
            casework.dispute(case=case, door="web", at=at + HOUR)
            said = Delivery.objects.filter(to=AMINA, purpose="news")
            assert said.count() >= 2
            allowed = {
                book.message(key, language, reference=case.reference)
                for key in ("news",) for language in LANGUAGES
            }  # fmt: skip
            for row in said:
                if row.dedup_key.split(":")[1] not in {"withdrawal", "late"}:
                    assert row.words in allowed, (world.__name__, row.words)
            transaction.set_rollback(True)


def test_promise_P12_a_guessed_signature_ends_the_guessing(demo: None) -> None:
    case = answered()
    receipt = identifiers.receipt_for(case.report.pk, case.report.receipt_version)
    in_state(case, "verdict", "en")
    wrong = [f"{n:04d}" for n in range(12) if f"{n:04d}" != receipt[-4:]]
    answers = {phone_says(f"1 {digits}", SAID)[0] for digits in wrong}
    assert len(answers) == 1
    assert phone_says(f"1 {receipt[-4:]}", SAID)[0] in answers, "right, but after too many wrong"
    case.refresh_from_db()
    assert case.closed_at is None
    later = SAID + timedelta(days=1, hours=1)
    phone_says(f"1 {receipt[-4:]}", later)
    case.refresh_from_db()
    assert case.closing == "confirmed", "the twin: with her receipt and in peace it counts"


def test_promise_P12_the_number_opens_no_page(demo: None) -> None:
    case = answered()
    stranger = Client(headers={"accept-language": "en"})
    with clock.fixed(SAID):
        pages = {
            typed: stranger.post(
                "/track/", {"receipt": typed, "do": "contact", "phone": "03001112223"}
            )
            for typed in (AMINA, "03001110001", case.reference, "0" * 20)
        }
        api = stranger.get("/api/v1/report", headers={"Authorization": f"Receipt {AMINA}"})
    sizes = {
        (page.status_code, len(page.content) - page.content.count(b"0300"))
        for page in pages.values()
    }
    assert {status for status, _size in sizes} <= {404, 422}
    assert api.status_code in {401, 404}
    for page in (*pages.values(), api):
        assert not [
            word for word in telling(case) - {case.reference} if word.encode() in page.content
        ]
    assert Contact.objects.get(removed_at=None).lookup == identifiers.contact_lookup(AMINA)


def test_promise_P12_a_new_receipt_is_not_for_who_has_the_number(demo: None) -> None:
    """He takes the reference from STATUS and asks; his own phone gets the notice, and that is all."""
    case = answered()
    stage = case.stage
    status = phone_says("STATUS", SAID)[0]
    assert case.reference in status
    number = claims.ask(
        sought=case.reference, told="my wife wrote it", contact=AMINA, language="en", at=SAID
    )
    claims.look(at=SAID + HOUR)
    browser = Client(headers={"accept-language": "en"})
    for days in (0, 2, 4, 6):
        with clock.fixed(SAID + timedelta(days=days)):
            page = browser.post("/track/", {"receipt": number})
            assert not [word for word in telling(case) if word.encode() in page.content]
            assert not DIGITS.search(page.content.decode().replace(number, ""))
        if days == 4:
            row = ReceiptClaim.objects.get()
            who = Promise.objects.get(kind="receipt").officer_id
            assert who is not None
            viewer = viewer_at(units.directory(), officer=who, at=SAID + timedelta(days=4))
            decide_claim.refuse(
                claim=row,
                case=case,
                viewer=viewer,
                reason="knows nothing",
                at=SAID + timedelta(days=4),
            )
    words = " ".join(row.words for row in Delivery.objects.filter(to=AMINA))
    assert not [word for word in telling(case) if word in words]
    case.refresh_from_db()
    assert case.stage == stage


def test_promise_P12_what_she_can_still_do_with_her_phone(demo: None) -> None:
    """The twin: the same number gets her a private call, and her NO to a withdrawal is kept."""
    case = withdrawn()
    assert phone_says("BANDA", SAID)
    assert Promise.objects.filter(kind="call_back", subject=case.reference, state="open").exists()
    before = Message.objects.filter(report=case.report).count()
    phone_says(f"NAHI {case.reference}", SAID + HOUR)
    assert Message.objects.filter(report=case.report).count() == before + 1
    case.refresh_from_db()
    assert case.withdrawal_asked_at is not None, "words, not an act: the call decides"
    assert Entry.objects.filter(subject=case.reference, what="message from reporter").exists()


def test_promise_P12_silence_means_silence(demo: None) -> None:
    """After STOP nothing goes to that phone, not even what waited for a safe hour."""
    wish = ContactWish(kind="phone", value=AMINA, safe_from=20, safe_to=21)
    case = told(at=START, contact=wish, category="bribe", text="x")
    casework.reply(case=case, officer=case.officer_id or 0, text="Salam", at=START)
    assert Delivery.objects.filter(purpose="news", state="waiting").count() == 1
    phone_says("BAND", SAID)
    assert not Delivery.objects.filter(purpose="news", state="waiting").exists()


def test_promise_P12_the_units_of_the_district_have_names_to_look_for(demo: None) -> None:
    """The oracle is not blind."""
    assert unit("thana-chinar").name_en in telling_names()


def telling_names() -> set[str]:
    return set(Unit.objects.values_list("name_en", flat=True))
