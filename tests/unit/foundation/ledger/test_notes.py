"""Signed notes: ours are read by others, and nothing that was touched passes."""

from __future__ import annotations

import base64

import pytest
from tests.peers import tlog

from mohalla.foundation.ledger.rules import notes, proofs
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.encoding import BadNote, decoded, number
from mohalla.foundation.ledger.rules.notes import COSIGNATURE, ED25519, Signer, Verifier

LOG = Signer("police.example/log", ED25519, bytes(range(32)))
WITNESS = Signer("bar.example/w1", COSIGNATURE, bytes(range(1, 33)))
TEXT = str(Checkpoint("police.example/log", 3, b"r" * 32))


def test_a_note_is_read_by_its_key_and_by_another_implementation() -> None:
    note = str(notes.sign(TEXT, LOG))
    assert notes.opened(note, LOG.verifier).text == TEXT
    assert Verifier.parse(str(LOG.verifier)) == LOG.verifier
    asked = {"Do": "note", "Note": note, "Key": str(LOG.verifier)}
    yes, no = tlog.asked([asked, asked | {"Note": note.replace("\n3\n", "\n4\n")}])
    assert yes == ""
    assert "invalid signature" in no


def test_the_example_of_the_specification_is_read() -> None:
    note = (
        "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
        "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
    )
    parsed = notes.parse(note)
    assert parsed.text.endswith("sera.\n")
    assert "\n\n" in parsed.text
    assert str(parsed) == note


def test_every_flipped_bit_of_a_note_is_refused() -> None:
    note = str(notes.sign(TEXT, LOG)).encode()
    assert notes.opened(note.decode(), LOG.verifier)
    for place in range(len(note) * 8):
        touched = bytearray(note)
        touched[place // 8] ^= 1 << place % 8
        with pytest.raises((BadNote, UnicodeDecodeError)):
            notes.opened(touched.decode(), LOG.verifier)


def test_a_cosignature_says_when_and_is_its_witness_own() -> None:
    line = WITNESS.line(TEXT, time=1_700_000_000)
    note = notes.Note(TEXT, (LOG.line(TEXT), line))
    assert note.by(WITNESS.verifier) == line
    assert notes.time_of(line) == 1_700_000_000
    plain = Signer(WITNESS.name, ED25519, WITNESS.secret)
    assert note.by(plain.verifier) is None  # a key of another kind has another id
    other = Verifier(WITNESS.name, COSIGNATURE, bytes(32))
    assert note.by(other) is None
    raw = bytearray(decoded(line.split()[-1]))
    raw[11] ^= 1  # another time
    forged = f"— {WITNESS.name} {base64.b64encode(raw).decode()}\n"
    with pytest.raises(BadNote, match="not genuine"):
        notes.Note(TEXT, (forged,)).by(WITNESS.verifier)


@pytest.mark.parametrize("content", [
    "", "\n", "text\n", "text\n\n", f"{TEXT}\n— x !!\n", f"{TEXT}\n- x AAAAAAA=\n",
    f"{TEXT}\n— AAAAAAA=\n", f"{TEXT}\n— a b AAAAAAA=\n", f"{TEXT}\n— a+b AAAAAAA=\n",
    f"{TEXT}\n— x AAAA\n", f"{TEXT}\x07\n{LOG.line(TEXT)}", f"{TEXT}\n{LOG.line(TEXT)}".rstrip(),
    f"{TEXT}\n{LOG.line(TEXT) * 65}",
])  # fmt: skip
def test_what_is_no_note_is_refused(content: str) -> None:
    assert notes.parse(f"{TEXT}\n{LOG.line(TEXT) * 64}")
    with pytest.raises(BadNote):
        notes.opened(content, LOG.verifier)


@pytest.mark.parametrize(
    "text", ["", "x", "a+b", "a+00000000+AAAA", f"{LOG.verifier}A", f"b{LOG.verifier}"]
)
def test_a_mistyped_key_is_refused(text: str) -> None:
    assert Verifier.parse(f" {LOG.verifier}\n") == LOG.verifier
    with pytest.raises(BadNote):
        Verifier.parse(text)


@pytest.mark.parametrize(
    "text", ["x\n", "\n1\n\n", "o\n01\nAAAA\n", "o\n-1\nAAAA\n", "o\n1\nAAAA\n"]
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    assert Checkpoint.parse(TEXT) == Checkpoint("police.example/log", 3, b"r" * 32)
    with pytest.raises(BadNote):
        Checkpoint.parse(text)


def test_numbers_have_one_spelling() -> None:
    assert number("0") == 0
    assert number("120") == 120
    for text in ("", "00", "01", "-1", "+1", " 1", "1 ", "۱", "1_0", "9" * 19):
        with pytest.raises(BadNote):
            number(text)


@pytest.mark.parametrize("text", [
    "", "x\n\n", f"{proofs.HEAD}\n\n{TEXT}\n", f"{proofs.HEAD}\nindex 01\n\n{notes.sign(TEXT, LOG)}",
    f"{proofs.HEAD}\nindex 0\nAAAA\n\n{notes.sign(TEXT, LOG)}",
    f"{proofs.HEAD}\nextra !\nindex 0\n\n{notes.sign(TEXT, LOG)}",
    f"{proofs.HEAD}\nindex 0\n" + "A" * 43 + "=\n" * 64 + f"\n{notes.sign(TEXT, LOG)}",
])  # fmt: skip
def test_what_is_no_proof_is_refused(text: str) -> None:
    assert proofs.Proof.parse(f"{proofs.HEAD}\nindex 0\n\n{notes.sign(TEXT, LOG)}").index == 0
    with pytest.raises(BadNote):
        proofs.Proof.parse(text)


VKEY = str(LOG.verifier)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "name\\+id\\+key is wanted"),
        ("name+12345678", "name\\+id\\+key is wanted"),
        (VKEY.replace("police.example/log", "police example"), "kind that is not known"),
        (VKEY.replace("police.example/log", ""), "kind that is not known"),
        ("police.example/log+00000000+AQ==", "kind that is not known"),
        (
            f"police.example/log+00000000+{base64.b64encode(bytes([7]) + bytes(32)).decode()}",
            "kind that is not known",
        ),
        (
            f"police.example/log+00000000+{base64.b64encode(bytes([1]) + bytes(32)).decode()}",
            "was mistyped",
        ),
        (VKEY.replace("police", "p0lice"), "was mistyped"),
    ],
)
def test_a_key_that_is_none_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(BadNote, match=words):
        Verifier.parse(text)


@pytest.mark.parametrize("signer", [LOG, WITNESS])
def test_a_key_is_read_with_space_around_it(signer: Signer) -> None:
    assert Verifier.parse(f"  {signer.verifier}\n") == signer.verifier


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("words\n", "not a signed note"),
        (str(notes.sign(TEXT, LOG)).removesuffix("\n"), "not a signed note"),
        (str(notes.sign(TEXT, LOG)).replace("3\n", "3\t\n"), "control characters"),
        (f"{TEXT}\n- police.example/log AAAAAAAA\n", "no signature"),
        (f"{TEXT}\n{notes.DASH}police.example/log\n", "no signature"),
        (f"{TEXT}\n{notes.DASH}police+log AAAAAAAA\n", "no signature"),
        (f"{TEXT}\n{notes.DASH}police.example/log AAAA\n", "too short"),
    ],
)
def test_what_is_no_note_is_refused_in_words(content: str, words: str) -> None:
    with pytest.raises(BadNote, match=words):
        notes.parse(content)


def test_as_many_signatures_as_may_be_and_not_one_more() -> None:
    line = LOG.line(TEXT)
    many = notes.Note(TEXT, (line,) * notes.MOST_SIGNATURES)
    assert notes.parse(str(many)) == many
    with pytest.raises(BadNote, match="too many signatures"):
        notes.parse(str(notes.Note(TEXT, (line,) * (notes.MOST_SIGNATURES + 1))))


def test_five_bytes_are_the_least_of_a_signature() -> None:
    short = base64.b64encode(bytes(5)).decode()
    note = notes.parse(f"{TEXT}\n{notes.DASH}police.example/log {short}\n")
    assert note.by(LOG.verifier) is None


def test_a_cosignature_is_seventy_two_bytes_with_its_time() -> None:
    line = WITNESS.line(TEXT, time=5)
    raw = decoded(line.split()[-1])[4:]
    assert len(raw) == 72
    assert WITNESS.verifier.signed(TEXT, raw)
    assert not WITNESS.verifier.signed(TEXT, raw + b"\0")
    assert not WITNESS.verifier.signed(TEXT, raw[:-1])
    assert not WITNESS.verifier.signed(TEXT, (6).to_bytes(8, "big") + raw[8:])
    assert notes.time_of(WITNESS.line(TEXT, time=2**40)) == 2**40


def test_a_signature_of_another_length_is_no_error() -> None:
    assert LOG.verifier.signed(TEXT, b"short") is False
    assert Verifier(LOG.name, ED25519, b"\1" * 31).signed(TEXT, bytes(64)) is False


def test_not_signed_by_this_key_names_the_key() -> None:
    with pytest.raises(BadNote, match=r"not signed by bar\.example/w1"):
        notes.opened(str(notes.sign(TEXT, LOG)), WITNESS.verifier)


def test_the_time_of_a_cosignature_is_the_one_it_was_made_with() -> None:
    for time in (0, 1, 1_790_000_000, 2**40 + 3):
        assert notes.time_of(WITNESS.line(TEXT, time=time)) == time
