"""User data: the alphabets, the sizes, and bytes from outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mohalla.channels.sms.rules import encoding, gsm7

URDU = "میری گلی میں بتی نہیں ہے"


@pytest.mark.parametrize(
    ("text", "coding", "sizes"),
    [
        ("", 0, [0]),
        ("a" * 160, 0, [160]),
        ("a" * 161, 0, [153, 8]),
        ("a" * 306, 0, [153, 153]),
        ("€" * 80, 0, [160]),
        ("€" * 81, 0, [152, 10]),
        ("ب" * 70, 8, [140]),
        ("ب" * 71, 8, [134, 8]),
        ("ب" * 134, 8, [134, 134]),
        ("😀" * 35, 8, [140]),
        ("😀" * 36, 8, [132, 12]),
        ("a" * 152 + "€" + "b" * 20, 0, [152, 22]),
    ],
)
def test_sizes_of_parts(text: str, coding: int, sizes: list[int]) -> None:
    encoded = encoding.encode(text)
    assert encoded.data_coding == coding
    assert [len(part) for part in encoded.parts] == sizes


def test_roman_urdu_is_gsm_and_urdu_is_ucs2() -> None:
    assert encoding.encode("SHO ne paise liye, 5000 {€}").data_coding == encoding.GSM
    assert encoding.encode(URDU).data_coding == encoding.UCS2
    assert encoding.encode("it`s").data_coding == encoding.UCS2  # no back-tick in the alphabet


@given(st.text(max_size=700).filter(lambda text: "\x00" not in text))
def test_what_we_encode_we_read_back(text: str) -> None:
    encoded = encoding.encode(text)
    whole = b"".join(encoded.parts)
    assert encoding.decode(whole, encoded.data_coding) == text
    parts = [encoding.decode(part, encoded.data_coding) for part in encoded.parts]
    assert "".join(parts) == text  # no character is cut in two


@given(st.binary(max_size=300), st.integers(0, 255))
def test_any_bytes_in_any_coding_are_read_without_an_error(payload: bytes, coding: int) -> None:
    text = encoding.decode(payload, coding)
    assert "\x00" not in text
    text.encode("utf-8")  # no lone surrogate: every database takes it


def test_the_alphabet_is_whole_and_unambiguous() -> None:
    every = bytes(code for code in range(128) if code != gsm7.ESCAPE)
    text = gsm7.decode(every)
    assert len(set(text)) == 127
    assert b"".join(gsm7.septets(text)) == every
    assert gsm7.decode(bytes([gsm7.ESCAPE, 0x65, gsm7.ESCAPE, 0x41, gsm7.ESCAPE])) == "€A"


@pytest.mark.parametrize(
    ("payload", "coding", "text"),
    [
        (URDU.encode("utf-16-be"), 8, URDU),
        (b"\xfe\xff" + URDU.encode("utf-16-be"), 8, URDU),
        (b"\xff\xfe" + URDU.encode("utf-16-le"), 8, URDU),
        (URDU.encode("utf-16-be") + b"\x06", 8, URDU + "\ufffd"),
        (URDU.encode("utf-16-be"), 0x18, URDU),
        (URDU.encode(), 0, URDU),
        (URDU.encode(), 4, URDU),
        (b"caf\xe9", 3, "café"),
        (b"caf\xe9", 1, "café"),
        (b"\x00a", 0, "@a"),
        (b"\x00\x00\x00a", 8, "\ufffda"),
        (b"\xd8\x00\x00a", 8, "\ufffda"),
        (b"madad", 0xF1, "madad"),
        (b"madad", 255, "madad"),
    ],
)
def test_codings_that_carriers_really_use(payload: bytes, coding: int, text: str) -> None:
    assert encoding.decode(payload, coding) == text
