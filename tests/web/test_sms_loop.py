"""The whole loop by SMS alone, on the phone on the screen: file, place, contact, no, yes, kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests import transcripts

from mohalla.channels.sms import embedded, handler
from mohalla.channels.sms.models import Delivery
from mohalla.foundation import clock
from mohalla.foundation.people.models import Officer
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports.models import Report
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer, viewer_at
from mohalla.site import wiring
from mohalla.site.demo import district
from mohalla.site.schedule import run_due
from mohalla.station.casework import actions as casework
from mohalla.station.casework import queries as cases
from mohalla.station.casework.models import Case

pytestmark = pytest.mark.django_db(transaction=True)
START = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # Monday, 10:00 in Pakistan
AMINA = "+923001110001"
TRANSCRIPT = """# The whole loop by SMS

Written by `make manual` from `tests/web/test_sms_loop.py`: Roman Urdu on any phone. Between the texts the desk
works: the triage desk sorts it, Ali calls her and proposes that it is solved; she says no, and later yes.

"""
NEVER_SAID = (
    "police",
    "پولیس",
    "پولیس",
    "light",
    "andhera",
    "gul bagh",
    "chinar",
    "thana",
    "تھانہ",
)


class Phone:
    """One resident's phone and the time of day."""

    def __init__(self, number: str = AMINA) -> None:
        self.number, self.at = number, START

    def text(self, words: str, *, later: timedelta = timedelta(minutes=1)) -> str:
        self.wait(later)
        with clock.fixed(self.at):
            embedded.type_text(number=self.number, text=words, at=self.at)
            run_due(at=self.at)
        return self.last()

    def wait(self, span: timedelta) -> None:
        self.at += span
        with clock.fixed(self.at):
            run_due(at=self.at)

    def last(self) -> str:
        shown = embedded.thread(number=self.number)
        return shown[-1].text if shown and shown[-1].direction == "in" else ""

    def spoken(self) -> list[str]:
        """Both sides of the thread, for the manual."""
        return [
            f"- *She writes: {row.text}*" if row.direction == "out" else f"- {row.text}"
            for row in embedded.thread(number=self.number)
        ]

    def heard(self) -> list[str]:
        return [row.text for row in embedded.thread(number=self.number) if row.direction == "in"]


@pytest.fixture
def phone() -> Phone:
    district.build(since=START - timedelta(days=40))
    handler.forget()  # other tests listen in
    handler.register(wiring.heard)
    units.forget()
    return Phone()


def viewer(belt: str, at: datetime) -> Viewer:
    officer = Officer.objects.get(belt=belt)
    return viewer_at(units.directory(), officer=officer.pk, at=at)


def proof(at: datetime) -> casework.Artefact:
    return casework.Artefact(kind="document", number="DD-12/26", taken_at=at)


def test_from_a_first_text_to_kept(phone: Phone) -> None:
    asked = phone.text("Hamari gali ki light kharab hai, raat ko larke bethe rehte hain")
    report = Report.objects.get()
    assert report.reference in asked
    assert report.language == "ur-Latn"
    assert "mohalle" in asked.lower()
    placed = phone.text("gulbagh ke paas")
    assert report.reference in placed
    case = Case.objects.select_related("report", "unit", "place").get()
    assert case.place is not None
    assert case.place.code == "gul-bagh"
    assert case.unit is not None
    assert case.unit.kind == "triage_desk"

    hina, ali, rashid = (viewer(b, phone.at) for b in ("T-005", "C-114", "S-001"))
    assert cases.case_for(hina, report.reference)
    with pytest.raises(cases.CaseHidden):
        cases.case_for(ali, report.reference)
    casework.classify(case=case, category="street_light", by=hina.by, at=phone.at)
    case = cases.case_for(ali, report.reference)
    assert case.officer_id == ali.officer

    casework.log_contact(
        case=case, officer=ali.officer, way="call", happened_at=phone.at, reached=True, at=phone.at
    )
    phone.wait(timedelta(minutes=1))
    assert report.reference in phone.last()
    assert state(report, "contact") == "claimed"
    phone.text("haan")
    assert state(report, "contact") == "kept"

    casework.advance(case=case, officer=ali.officer, to="action", at=phone.at)
    casework.propose_outcome(
        case=case, officer=ali.officer, kind="solved", what_done="بلب بدل دیا گیا۔",
        artefacts=[proof(phone.at)], at=phone.at,
    )  # fmt: skip
    phone.wait(timedelta(minutes=1))
    assert "1" in phone.last()
    again = phone.text("۲")
    assert report.reference in again
    case.refresh_from_db()
    assert case.closed_at is None
    assert case.disputes == 1
    case = cases.case_for(rashid, report.reference)
    assert case.officer_id == rashid.officer
    casework.propose_outcome(
        case=case, officer=rashid.officer, kind="solved", what_done="نیا کھمبا لگ گیا، روشنی ہے۔",
        artefacts=[proof(phone.at)], at=phone.at,
    )  # fmt: skip
    phone.wait(timedelta(minutes=1))
    phone.text("1")
    case.refresh_from_db()
    assert case.closing == "confirmed"
    assert state(report, "outcome") == "kept"
    assert Promise.objects.filter(state="open").count() == 0
    for words in phone.heard():
        assert not [bad for bad in NEVER_SAID if bad in words.lower()], words
    transcripts.keep("by-sms.md", TRANSCRIPT, phone.spoken())


def test_contact_denied_by_text_breaks_the_promise(phone: Phone) -> None:
    phone.text("Gul Bagh ki gali mein light nahi hai")
    report = Report.objects.get()
    case = Case.objects.select_related("report", "unit").get()
    casework.classify(case=case, category="street_light", by="officer:0", at=phone.at)
    ali = viewer("C-114", phone.at)
    casework.log_contact(
        case=case, officer=ali.officer, way="call", happened_at=phone.at, reached=True, at=phone.at
    )
    phone.wait(timedelta(minutes=1))
    phone.text("nahi")
    assert state(report, "contact") == "broken"
    decision = Promise.objects.get(kind="decision")
    assert decision.officer_id == Officer.objects.get(belt="S-001").pk


def test_a_word_about_the_sho_waits_at_triage_and_no_station_sees_it(phone: Phone) -> None:
    phone.text("SHO Chinar ne paise liye hain, Gul Bagh")
    report = Report.objects.get()
    assert report.sensitivity == "C3"
    assert report.envelope == "server"
    assert "paise" not in report.body
    for belt in ("C-001", "C-114", "C-102", "S-001", "D-001", "P-107"):
        seen = viewer(belt, phone.at)
        assert report.reference not in {row.subject for row in cases.queue(seen)}
        with pytest.raises(cases.CaseHidden):
            cases.case_for(seen, report.reference)
    hina = viewer("T-005", phone.at)
    assert report.reference in {row.subject for row in cases.queue(hina)}
    case = cases.case_for(hina, report.reference)
    named = units.directory().by_code["thana-chinar"].id
    casework.classify(
        case=case, category="bribe", by=hina.by, at=phone.at, named_units=frozenset({named})
    )
    farah = viewer("M-001", phone.at)
    assert cases.case_for(farah, report.reference)
    assert "paise" not in " ".join(phone.heard())


def test_status_by_reference_in_any_script_and_only_for_the_own_phone(phone: Phone) -> None:
    phone.text("Gul Bagh ki gali mein light nahi hai")
    report = Report.objects.get()
    neutral = phone.text(f"HAAL {report.reference}")
    assert report.reference in neutral
    stranger = Phone("+923001110002")
    stranger.at = phone.at
    unknown = stranger.text(f"HAAL {report.reference}")
    assert report.reference not in unknown
    assert unknown == stranger.text("HAAL 2345678", later=timedelta(hours=2))


def test_stop_is_silence_and_start_ends_it(phone: Phone) -> None:
    phone.text("Gul Bagh ki gali mein light nahi hai")
    case = Case.objects.select_related("report", "unit").get()
    phone.text("BAND")
    before = len(phone.heard())
    casework.reply(
        case=case, officer=Officer.objects.get(belt="T-005").pk, text="Salam", at=phone.at
    )
    phone.wait(timedelta(minutes=5))
    assert len(phone.heard()) == before
    phone.text("SHURU")
    casework.reply(case=case, officer=Officer.objects.get(belt="T-005").pk, text="Ji?", at=phone.at)
    phone.wait(timedelta(minutes=5))
    assert len(phone.heard()) == before + 2


def test_receipt_only_on_the_word_and_only_where_it_was_filed(phone: Phone) -> None:
    phone.text("Gul Bagh ki gali mein light nahi hai")
    assert not any(len("".join(filter(str.isdigit, words))) >= 20 for words in phone.heard()[:1])
    for words in ("2", "1"):  # nobody is in danger; a street: plain, and no longer held as C3
        phone.text(words)
    answer = phone.text("RASEED")
    digits = "".join(c for c in answer.split(":", 1)[1] if c.isdigit())
    assert len(digits) >= 20
    row = Delivery.objects.latest("made_at")
    assert row.sealed
    assert answer == row.words
    for shown in (row.text, *Delivery.objects.values_list("text", flat=True)):  # never in clear
        assert digits[-20:] not in "".join(c for c in shown if c.isdigit())


def test_an_old_question_is_no_question(phone: Phone) -> None:
    phone.text("Hamare ilaqe mein pani nahi hai")
    phone.text("Doosri baat: kutte bohat ho gaye hain", later=timedelta(days=5))
    assert Report.objects.count() == 2


def state(report: Report, kind: str) -> str:
    rows = Promise.objects.filter(subject=report.reference, kind=kind).order_by("made_at")
    found = rows.first()
    assert found is not None
    return found.state
