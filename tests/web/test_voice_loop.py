"""The whole loop by voice with keys: somebody who cannot read files, asks, answers, disputes, confirms."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from tests import transcripts
from tests.telephone import HANG_UP, Act, Ear, Speak, Telephone, speech
from tests.web.test_sms_loop import AMINA, START, phone, proof, viewer

from mohalla.channels import keyed
from mohalla.channels.sms.models import Delivery
from mohalla.channels.voice import speech as speaking
from mohalla.channels.voice import voices
from mohalla.foundation import clock, files, identifiers
from mohalla.foundation.places.models import Place
from mohalla.foundation.reports.models import Attachment, Message, Report
from mohalla.site import wiring
from mohalla.stages.access.models import Call, Conversation
from mohalla.station.casework import actions as casework
from mohalla.station.casework import queries as cases
from mohalla.station.casework.models import Case

__all__ = ["phone"]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not speaking.is_here(), reason="espeak-ng is not here (apt-get install espeak-ng)"
    ),
]


TRANSCRIPT = """# The whole loop by telephone

Written by `make manual` from `tests/web/test_voice_loop.py`: somebody who cannot read files, asks how it
stands, says that nobody spoke with her, disputes an answer in her own voice, and confirms the next. What
the line says is given in words here; she herself has only the sound. Between the calls the desk works."""
_done = itertools.count()


class Amina:
    """She listens and presses; what she hears she knows by its sound alone."""

    def __init__(self, number: str = AMINA) -> None:
        self.number, self.at = number, START
        self.ear = Ear("ur")
        self.words = {piece.key: piece.words for piece in voices.everything("ur")}
        self.told: list[str] = []
        self.numbers = itertools.count(1)

    def line(self, pcm: bytes) -> str:
        """What a sound says, for the transcript; she herself has only the sound."""
        if pcm == voices.sound.tone():
            return "(a tone)"
        heard = self.ear.heard(pcm)
        return " ".join("…" if name == "|" else self.words.get(name, name) for name in heard)

    def calls(self, *acts: Act, ear: Ear | None = None) -> list[list[str]]:
        """Each thing that was said to her, as parts of prompts she recognises."""
        self.at += timedelta(minutes=3)
        with clock.fixed(self.at):
            self.telephone = Telephone(acts, number=self.number).ring()
        self.told += ["", f"## Call {next(self.numbers)}", ""]
        for one in self.telephone.log:
            self.told += [f"- {self.line(one)}" if isinstance(one, bytes) else f"- *She {one}.*"]
        known = (ear or self.ear).heard
        tone = voices.sound.tone()
        return [known(pcm) for pcm in self.telephone.played if pcm and pcm != tone]


@pytest.fixture
def amina(phone: Any, settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Amina]:
    settings.PROMPTS_DIR = tmp_path_factory.getbasetemp() / "prompts"
    yield Amina()
    keyed.forget()
    keyed.register(wiring.press)


def said(heard: list[list[str]], prompt: str) -> bool:
    return any(parts[:1] == [f"{prompt}.1"] for parts in heard)


def signs(heard: list[list[str]], prompt: str, after: str) -> str:
    """The signs that were said in a prompt after one of its parts, as she would write them down."""
    parts = next(parts for parts in heard if f"{prompt}.1" in parts)
    from_here = parts[parts.index(after) + 2 :]  # after one breath
    found = ""
    for name in from_here:
        if not name.startswith("say."):
            break
        found += name.removeprefix("say.")
    return found


def test_somebody_who_cannot_read_goes_from_a_first_call_to_kept(amina: Amina) -> None:
    story, where = speech(3, seed=2), speech(1, seed=3)
    heard = amina.calls("1", Speak(story), Speak(where), "2", "3", "5", HANG_UP)
    assert heard[0][0] == "greeting.1"
    assert said(heard, "menu")
    assert said(heard, "tell")
    report = Report.objects.get()
    assert (report.door, report.language) == ("voice", "ur")
    assert signs(heard, "received_ask_place", "received_ask_place.1") == report.reference
    kept = Attachment.objects.filter(report=report).order_by("uploaded_at", "pk")
    assert [files.read(row.sha256) for row in kept] == amina.telephone.recorded  # byte for byte
    assert said(heard, "added_ask_danger")  # the place is asked for once: a person hears it
    assert not said(heard, "ask_place_again")
    receipt = identifiers.receipt_for(report.pk, report.receipt_version)
    listened = next(parts for parts in heard if "receipt.1" in parts)
    digits = [name.removeprefix("say.") for name in listened if name.startswith("say.")]
    assert "".join(digits) == report.reference + receipt
    assert not Delivery.objects.exists()  # nothing comes to a shared phone unasked

    # she asks how it stands: confidential until somebody has heard it
    assert any("status_receipt_needed.1" in parts for parts in amina.calls("2", HANG_UP))

    # the desk hears it and knows what and where; it is said that somebody spoke with her: no
    hina, ali = viewer("T-005", amina.at), viewer("C-114", amina.at)
    place = Place.objects.get(code="gul-bagh").pk
    case = cases.case_for(hina, report.reference)
    casework.classify(case=case, category="street_light", by=hina.by, at=amina.at, place=place)
    case = cases.case_for(ali, report.reference)
    casework.log_contact(
        case=case, officer=ali.officer, way="call", happened_at=amina.at, reached=True, at=amina.at
    )
    heard = amina.calls("3", "2")
    assert any("contact_check.1" in parts for parts in heard)
    assert said(heard, "contact_denied")
    assert any("status.2" in parts for parts in amina.calls("2", HANG_UP))

    # answered, disputed with what is missing in her own voice, answered again, kept
    _proposed(case, ali.officer, amina)
    missing = speech(2, seed=4)
    heard = amina.calls("3", "2", Speak(missing, hangs_up=True))
    assert any("outcome_check.1" in parts for parts in heard)
    assert said(heard, "ask_why")
    case.refresh_from_db()
    assert (case.closed_at, case.disputes) == (None, 1)
    newest = Attachment.objects.filter(report=report).latest("uploaded_at")
    assert files.read(newest.sha256) == voices.sound.wav_of(missing)
    _proposed(case, int(Case.objects.get().officer_id or 0), amina)
    amina.calls("3", "1")
    case.refresh_from_db()
    assert case.closed_at is not None
    assert case.closing == "confirmed"
    transcripts.keep("a-call.md", TRANSCRIPT, amina.told)


def test_a_confidential_end_is_confirmed_with_the_digits_she_heard(amina: Amina) -> None:
    heard = amina.calls("1", Speak(speech(1, seed=20)), Speak(speech(1, seed=21)), "2", "4", "5")
    listened = next(parts for parts in heard if "receipt.1" in parts)
    digits = "".join(name.removeprefix("say.") for name in listened if name.startswith("say."))
    case = Case.objects.get()
    assert case.sensitivity != "C1"
    _proposed(case, viewer("T-005", amina.at).officer, amina)
    wrong = f"{(int(digits[-4:]) + 1) % 10_000:04}"
    heard = amina.calls("3", wrong)
    assert any("status_receipt_needed.1" in parts for parts in heard)
    heard = amina.calls("3", digits[-4:], "1")
    assert any("outcome_check.1" in parts for parts in heard)
    case.refresh_from_db()
    assert case.closed_at is not None


def _proposed(case: Case, officer: int, amina: Amina) -> None:
    casework.propose_outcome(
        case=Case.objects.get(pk=case.pk), officer=officer, kind="solved", what_done=f"done {next(_done)}",
        artefacts=[proof(amina.at)], at=amina.at,
    )  # fmt: skip


def test_nothing_that_was_acknowledged_is_lost_wherever_she_hangs_up(amina: Amina) -> None:
    acts: tuple[Act, ...] = (
        "1",
        Speak(speech(1, seed=9)),
        Speak(speech(1, seed=10)),
        "2",
        "3",
        "5",
    )
    for step in range(len(acts) + 1):
        before = Report.objects.count()
        amina.calls(*acts[:step], HANG_UP)
        assert Report.objects.count() == before + (step >= 2)
        assert Attachment.objects.filter(report=None).count() == 0
    assert not Call.objects.exclude(filed=None).filter(about=None).exists()


def test_who_hangs_up_while_speaking_has_told(amina: Amina) -> None:
    story = speech(1, seed=5)
    amina.calls("1", Speak(story, hangs_up=True))
    row = Attachment.objects.get(report=Report.objects.get())
    assert files.read(row.sha256) == voices.sound.wav_of(story)
    assert row.media_type == "audio/wav"


def test_silence_is_no_report_and_is_asked_again(amina: Amina) -> None:
    heard = amina.calls("1")
    assert sum(parts[0] == "tell.1" for parts in heard) == 3
    assert heard[-1][0] == "goodbye.1"
    assert not Report.objects.exists()


def test_a_menu_that_nobody_answers_is_said_three_times(amina: Amina) -> None:
    heard = amina.calls()
    assert sum(parts[0] == "menu.1" for parts in heard) == 3
    assert heard[-1][0] == "goodbye.1"


def test_danger_by_one_key_rings_first_and_asks_only_where(amina: Amina) -> None:
    heard = amina.calls("9", Speak(speech(1, seed=6), hangs_up=True))
    case = Case.objects.get()
    assert case.danger
    assert said(heard, "sos")
    assert Attachment.objects.get().report_id == case.pk


def test_a_missing_child_is_told_in_three_recordings(amina: Amina) -> None:
    told = [speech(1, seed=seed) for seed in (31, 32, 33)]
    heard = amina.calls("7", *map(Speak, told), HANG_UP)
    # the word for "number" sounds the same in many prompts: the first that has it lends its name
    for part in ("child_who.1", "child_where.1", "child_when.2", "child_done.2"):
        assert any(part in parts for parts in heard), part
    kept = Attachment.objects.filter(report=Report.objects.get()).order_by("uploaded_at", "pk")
    assert [files.read(row.sha256) for row in kept] == amina.telephone.recorded
    assert len(kept) == 3


def test_a_person_is_one_key_away_and_during_the_greeting_already(amina: Amina) -> None:
    amina.calls("4", HANG_UP)
    assert Report.objects.count() == 1


def test_what_cannot_be_kept_is_never_acknowledged(
    amina: Amina, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_more: object) -> keyed.Turn:
        if len(_more["pressed"].given) > 1:  # type: ignore[attr-defined] # a Pressed
            raise OperationalError
        return wiring.press(**_more)  # type: ignore[arg-type] # as it came

    keyed.forget()
    keyed.register(away)
    monkeypatch.setattr(sys.modules["mohalla.channels.voice.actions.take_answer"], "BETWEEN", 0)
    heard = amina.calls("1", Speak(speech(1, seed=7)))
    assert heard[-1][0] == "trouble.1"
    assert not any("received" in name for parts in heard for name in parts)


def test_who_withholds_the_number_shares_nothing_with_others_who_do(amina: Amina) -> None:
    amina.number = ""
    amina.calls("1", Speak(speech(1, seed=11)), Speak(speech(1, seed=12)), "2", "5", HANG_UP)
    assert Report.objects.count() == 1
    assert Attachment.objects.filter(report=Report.objects.get()).count() == 2
    reference = Report.objects.get().reference
    heard = amina.calls("2", "5", "3", HANG_UP)
    names = {name for parts in heard for name in parts}
    assert reference not in "".join(name.removeprefix("say.") for name in names)
    assert any("status_unknown.1" in parts for parts in heard)


def test_pashto_without_recordings_is_said_honestly_and_goes_on_in_urdu(amina: Amina) -> None:
    assert not voices.now().speaks("ps")
    heard = amina.calls("6", "2", "1", Speak(speech(1, seed=13)), HANG_UP)
    assert said(heard, "not_spoken")
    assert said(heard, "tell")
    assert Report.objects.get().language == "ps"
    assert Conversation.objects.get().language == "ps"


def test_english_is_chosen_by_a_key(amina: Amina) -> None:
    amina.calls("6", "3", HANG_UP)
    heard = amina.calls(HANG_UP, ear=Ear("en"))
    assert said(heard, "menu")


def test_a_number_in_the_diary_of_the_call_is_not_kept(amina: Amina) -> None:
    amina.calls("1", Speak(speech(1, seed=14)), HANG_UP)
    assert AMINA not in str(list(Call.objects.values()))
    assert not Message.objects.exists()
