"""What is said is cut into what can be recorded, and who calls is read from what a line says."""

from __future__ import annotations

import contextlib
import io
import wave

import pytest

from mohalla.channels.voice import address, voices
from mohalla.channels.voice.rules import callers, pieces, sound
from mohalla.foundation import catalogue


def names(phrases: list[list[pieces.Piece]]) -> list[list[str]]:
    return [[piece.key for piece in phrase] for phrase in phrases]


def test_values_stand_between_the_parts_of_a_prompt() -> None:
    said = pieces.of_prompt(
        "status", "Number {reference}: {stage}. Next by {due}. If not, 4.",
        {"reference": "K7M", "stage": "received", "due": "21 Nov 20:02"}, {"received": "new"},
    )  # fmt: skip
    assert names(said) == [
        ["status.1"], ["say.K", "say.7", "say.M"], ["stage.new"], ["status.2"],
        ["say.21", "say.Nov", "say.20", "say.2"], ["status.3"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name,value,said",
    [
        ("receipt", "1234 5678", ["1", "2", "3", "4", "5", "6", "7", "8"]),
        ("emergency", "15", ["15"]),
        ("emergency", "1122", ["1", "1", "2", "2"]),
        ("due", "-", []),
        ("due", "", []),
    ],
)
def test_how_values_are_said(name: str, value: str, said: list[str]) -> None:
    assert [piece.words for piece in pieces.of_value(name, value)] == said


@pytest.mark.parametrize("language", voices.LANGUAGES)
def test_every_part_has_a_name_of_its_own_and_everything_can_be_said(language: str) -> None:
    keys = [piece.key for piece in voices.everything(language)]
    assert len(keys) == len(set(keys))
    assert all(len(key) <= 60 for key in keys)
    stock = {piece.key for piece in voices.stock(language)}
    texts = catalogue.get().prompt_texts(language)
    values = {"reference": "K7M2345", "receipt": "1" * 20, "emergency": "15", "due": "30 Nov 23:59"}
    for key, text in texts.items():
        said = [p.key for phrase in pieces.of_prompt(key, text, values, {}) for p in phrase]
        assert {one for one in said if one.startswith("say.")} - stock <= {"say.Nov"}


@pytest.mark.parametrize(
    "uri,number",
    [
        ('"x" <sip:+923001110001@10.0.0.1;user=phone>;tag=1', "+923001110001"),
        ("sip:03001110001@carrier", "+923001110001"),
        ("tel:+92-300-111-0001;phone-context=x", "+923001110001"),
        ("sip:anonymous@anonymous.invalid", ""),
        ("sip:1787@carrier", ""),
        ("sip:%00%0a@x", ""),
        ("", ""),
        ("<<<>>>", ""),
    ],
)
def test_who_calls(uri: str, number: str) -> None:
    assert callers.number_of(callers.user_of(uri)) == number


def wav(rate: int = 44100, channels: int = 2, width: int = 2, seconds: float = 1.0) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(channels)
        made.setsampwidth(width)
        made.setframerate(rate)
        made.writeframes(b"\x10\x20" * int(rate * seconds * channels * width / 2))
    return out.getvalue()


def test_what_was_recorded_elsewhere_is_brought_to_the_sound_of_telephones() -> None:
    pcm = sound.checked(wav(), least=0.2, most=60)
    assert abs(sound.seconds(pcm) - 1) < 0.01
    assert sound.pcm_of(sound.wav_of(pcm)) == pcm


@pytest.mark.parametrize(
    "content,reason",
    [
        (b"", "format"), (b"RIFF" + b"\xff" * 40, "format"), (b"ID3 an mp3", "format"),
        (wav(width=1), "format"), (wav(width=3), "format"), (wav(seconds=0.05), "short"),
        (wav(rate=8000, channels=1, seconds=61), "long"), (sound.wav_of(bytes(16000)), "silent"),
    ],
)  # fmt: skip
def test_what_is_no_prompt_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(sound.NotSound) as refused:
        sound.checked(content, least=0.2, most=60)
    assert refused.value.reason == reason


def test_cut_and_changed_files_are_refused_or_read_and_never_break() -> None:
    whole = wav(rate=8000, channels=1)
    for at in range(60):
        for changed in (whole[:at], whole[:at] + b"\xff\xff" + whole[at + 2 :]):
            with contextlib.suppress(sound.NotSound):
                sound.pcm_of(changed)


@pytest.mark.parametrize(
    "url",
    ["", "http://x", "sip://", "sip://127.0.0.1:99999", "sip://127.0.0.1/?lines=0",
     "sip://127.0.0.1/?lnes=3", "sip://127.0.0.1/?rtp=9-3", "agi://127.0.0.1/short?spool=/x",
     "agi://127.0.0.1/long-enough-secret", "sip://127.0.0.1/?ring=x"],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_says_what_to_write(url: str) -> None:
    with pytest.raises(address.BadAddress, match=r"MOHALLA_VOICE.*sip://127\.0\.0\.1:5060") as told:
        address.read(url)
    assert "long-enough-secret" not in str(told.value)


def test_settings_that_can_be_used() -> None:
    sip = address.read("sip://10.0.0.5:5070/?lines=30&ring=4&rtp=20000-20100&missed=1788,1789")
    assert (sip.host, sip.port, sip.lines, sip.ring, sip.rtp) == (
        "10.0.0.5", 5070, 30, 4.0, (20000, 20100),
    )  # fmt: skip
    assert sip.missed == {"1788", "1789"}
    agi = address.read("agi://127.0.0.1/only-our-asterisk?spool=/var/spool/mohalla")
    assert (agi.port, agi.secret) == (4573, "only-our-asterisk")
    assert agi.secret not in repr(agi)
