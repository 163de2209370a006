"""The studio: who keeps the installation records what the line says; the next call hears it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.district import District, signed_in
from tests.telephone import speech

from mohalla.channels.voice import speech as speaking
from mohalla.channels.voice import voices
from mohalla.channels.voice.models import Recording
from mohalla.channels.voice.rules import sound
from mohalla.foundation import clock
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.people.models import Account
from mohalla.site import doctor

pytestmark = pytest.mark.django_db
HERE = "/desk/prompts/"


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Any) -> None:
    settings.PROMPTS_DIR, settings.FILES_DIR = tmp_path / "prompts", tmp_path / "files"


@pytest.fixture
def keeper(district: District) -> Client:
    browser = Client(headers={"accept-language": "en"})
    signed_in(browser, Account.objects.create(name="naveed", administers=True))
    return browser


def wav(seed: int = 1) -> SimpleUploadedFile:
    return SimpleUploadedFile("part.wav", sound.wav_of(speech(1, seed=seed)), "audio/wav")


def kept(browser: Client, part: str, language: str = "ps", seed: int = 1, **more: Any) -> Any:
    said = {"do": "keep", "sound": wav(seed), **more}
    return browser.post(f"{HERE}?language={language}&part={part}", said)


def test_what_is_recorded_is_heard_by_the_next_call_and_written_down(keeper: Client) -> None:
    page = keeper.get(f"{HERE}?language=ps")
    assert page.status_code == 200
    assert "missing" in page.content.decode()
    assert keeper.get(f"{HERE}sound?language=ps&part=menu.1").status_code == 400
    assert kept(keeper, "menu.1").status_code == 302
    row = Recording.objects.get()
    assert row.by is not None
    assert (row.language, row.piece, row.by.name) == ("ps", "menu.1", "naveed")
    piece = next(one for one in voices.everything("ps") if one.key == "menu.1")
    assert voices.now().pcm(piece, "ps") == speech(1, seed=1)
    heard = keeper.get(f"{HERE}sound?language=ps&part=menu.1")
    assert sound.pcm_of(heard.content) == speech(1, seed=1)
    assert Entry.objects.filter(room="voice", what="prompt recorded").count() == 1
    shown = keeper.get(f"{HERE}?language=ps&part=menu.1").content.decode()
    assert "naveed" in shown
    assert "recorded" in shown


def test_going_back_brings_the_former_voice_and_then_none(keeper: Client) -> None:
    for seed in (1, 2, 3):
        kept(keeper, "menu.1", seed=seed)
    piece = next(one for one in voices.everything("ps") if one.key == "menu.1")
    for seed in (2, 1):
        back = keeper.post(f"{HERE}?language=ps&part=menu.1", {"do": "back"})
        assert back.status_code == 302
        assert voices.now().pcm(piece, "ps") == speech(1, seed=seed)
    keeper.post(f"{HERE}?language=ps&part=menu.1", {"do": "back"})
    assert voices.now().state(piece, "ps") == "missing"
    assert Recording.objects.count() == 6  # nothing is overwritten
    assert keeper.post(f"{HERE}?language=ps&part=menu.1", {"do": "back"}).status_code == 422


def test_a_recording_of_other_words_is_not_played(keeper: Client) -> None:
    kept(keeper, "menu.1")
    Recording.objects.update(words="what stood there before")
    piece = next(one for one in voices.everything("ps") if one.key == "menu.1")
    assert voices.now().state(piece, "ps") == "missing"


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"RIFF\x00\x00\x00\x00WAVE", sound.wav_of(bytes(16000))]
)
def test_what_is_no_sound_is_refused_with_a_sentence(keeper: Client, content: bytes) -> None:
    answer = kept(keeper, "menu.1", sound=SimpleUploadedFile("x.wav", content))
    assert answer.status_code == 422
    assert not Recording.objects.exists()


def test_a_part_that_does_not_exist_cannot_be_recorded(keeper: Client) -> None:
    for part in ("nothing.1", "", "../../etc/passwd", "menu.1'"):
        assert kept(keeper, part).status_code == 422
    assert kept(keeper, "menu.1", language="xx").status_code == 302  # the first language, Urdu
    assert Recording.objects.get().language == "ur"


def test_nobody_else_finds_it(district: District) -> None:
    browser = Client()
    assert browser.get(HERE).status_code == 302
    signed_in(browser, Account.objects.create(name="ali", officer=district.ali))
    assert browser.get(HERE).status_code == 404
    assert kept(browser, "menu.1").status_code == 404
    assert browser.get(f"{HERE}sound?language=ur&part=menu.1").status_code == 404


def test_pages_are_small_and_ask_little(keeper: Client, django_assert_max_num_queries: Any) -> None:
    for language in voices.LANGUAGES:
        for more in ("", "&prompt=values", "&prompt=menu", "&part=say.7", "&prompt=none"):
            with django_assert_max_num_queries(12):
                page = keeper.get(f"{HERE}?language={language}{more}")
            assert page.status_code == 200
            assert len(page.content) < 50_000, (language, more)


@pytest.mark.skipif(not speaking.is_here(), reason="espeak-ng is not here")
def test_the_doctor_names_what_is_missing_in_pashto(keeper: Client, settings: Any) -> None:
    settings.VOICE_URL = ""
    assert not [row for row in doctor.examine() if "the line" in row.what]
    settings.VOICE_URL = "sip://127.0.0.1:5060"
    found = " ".join(row.what for row in doctor.examine())
    assert "does not speak Pashto" in found
    assert "menu.1" in found
    assert "in Urdu are placeholders" in found
    kept(keeper, "menu.1")
    assert "menu.1" not in " ".join(row.what for row in doctor.examine())
    settings.VOICE_URL = "sip://"
    assert any(row.stops and "MOHALLA_VOICE" in row.what for row in doctor.examine())


@pytest.mark.skipif(not speaking.is_here(), reason="espeak-ng is not here")
def test_pashto_is_spoken_when_nothing_of_it_is_missing(keeper: Client) -> None:
    account = Account.objects.get(name="naveed")
    for piece in voices.everything("ps"):
        Recording.objects.create(
            language="ps", piece=piece.key, words=piece.words, sha256="a" * 64, seconds=1,
            by=account, at=clock.now(),
        )  # fmt: skip
    assert voices.now().languages() == ("ur", "ps", "en")
    assert not [row for row in doctor.examine() if "does not speak Pashto" in row.what]
