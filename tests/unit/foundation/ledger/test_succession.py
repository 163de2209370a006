"""Keys of the log that follow each other: who may still speak, and of which tree."""

from __future__ import annotations

import json

import pytest

from mohalla.foundation.ledger.rules import notes, succession
from mohalla.foundation.ledger.rules.encoding import BadNote
from mohalla.foundation.ledger.rules.notes import ED25519, Signer
from mohalla.foundation.ledger.rules.succession import Trusted

NAME = "police.example/log"
FIRST, SECOND, THIRD, FOREIGN = (Signer(NAME, ED25519, bytes([n]) * 32) for n in (1, 2, 3, 9))
AT = "2026-11-21T10:00:00Z"


def history(*rows: tuple[Signer, Signer, int]) -> list[succession.Handover]:
    written = [str(succession.signed(old, new, at=AT, size=size)) for old, new, size in rows]
    return succession.parsed(succession.written(written))


def trusted(given: Signer, rows: list[succession.Handover]) -> dict[str, int | None]:
    return {str(row.key): row.until for row in succession.ring(given.verifier, rows)}


def key(signer: Signer) -> str:
    return str(signer.verifier)


def test_what_is_written_is_read() -> None:
    (row,) = history((FIRST, SECOND, 41))
    assert (row.old, row.new, row.at, row.size) == (FIRST.verifier, SECOND.verifier, AT, 41)


@pytest.mark.parametrize("given", [FIRST, SECOND, THIRD])
def test_from_any_of_them_all_are_known_and_the_last_speaks_on(given: Signer) -> None:
    rows = history((FIRST, SECOND, 10), (SECOND, THIRD, 25))
    assert trusted(given, rows) == {key(FIRST): 10, key(SECOND): 25, key(THIRD): None}
    assert trusted(given, rows[::-1]) == trusted(given, rows)


def test_a_key_that_nobody_handed_to_stands_alone() -> None:
    rows = history((FIRST, SECOND, 10))
    assert trusted(FOREIGN, rows) == {key(FOREIGN): None}
    assert key(FOREIGN) not in trusted(FIRST, rows)


def test_a_key_that_handed_over_twice_speaks_to_the_first_of_them() -> None:
    assert trusted(FIRST, history((FIRST, SECOND, 30), (FIRST, THIRD, 12)))[key(FIRST)] == 12
    assert trusted(FIRST, history((FIRST, SECOND, 12), (FIRST, THIRD, 30)))[key(FIRST)] == 12


def test_the_ring_is_in_one_order() -> None:
    rows = history((FIRST, SECOND, 10), (SECOND, THIRD, 25))
    found = [str(row.key) for row in succession.ring(THIRD.verifier, rows)]
    assert found == sorted(found)


def test_who_speaks_is_the_one_that_speaks_longest() -> None:
    text = "words\n"
    ring = [
        Trusted(FIRST.verifier, 10),
        Trusted(SECOND.verifier, 25),
        Trusted(THIRD.verifier, None),
    ]
    assert succession.speaker(notes.sign(text, FIRST, SECOND), ring).key == SECOND.verifier
    assert succession.speaker(notes.sign(text, SECOND, THIRD), ring).key == THIRD.verifier
    assert succession.speaker(notes.sign(text, FIRST), ring).key == FIRST.verifier
    with pytest.raises(BadNote, match="not signed by a key that is trusted"):
        succession.speaker(notes.sign(text, FOREIGN), ring)


@pytest.mark.parametrize(("until", "size", "ok"), [
    (10, 9, True), (10, 10, True), (10, 11, False), (0, 0, True), (0, 1, False), (None, 10**9, True),
])  # fmt: skip
def test_an_old_key_speaks_of_trees_up_to_its_end(until: int | None, size: int, ok: bool) -> None:
    row = Trusted(FIRST.verifier, until)
    if ok:
        succession.allowed(row, size)
    else:
        with pytest.raises(BadNote, match=f"handed over at {until}, for a tree of {size}"):
            succession.allowed(row, size)


GOOD = str(succession.signed(FIRST, SECOND, at=AT, size=41))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("not json", "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        ("{}", "another shape"),
        ("[1]", "another shape"),
        (json.dumps([GOOD, 1]), "another shape"),
        (json.dumps([GOOD] * (succession.MOST + 1)), "another shape"),
        (json.dumps(["words"]), "not a signed note"),
        (json.dumps([str(notes.sign("words\n", FIRST, SECOND))]), "not a hand-over of keys"),
        (json.dumps([str(notes.sign(f"{succession.HEAD}\nold x\n", FIRST))]), "not a hand-over"),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_what_is_no_history_is_refused_in_words(content: str, words: str) -> None:
    with pytest.raises(BadNote, match=words):
        succession.parsed(content)


def test_as_many_as_may_be_are_read() -> None:
    assert len(succession.parsed(json.dumps([GOOD] * succession.MOST))) == succession.MOST
    assert succession.parsed("[]") == []


def note(text: str, *signers: Signer) -> str:
    return json.dumps([str(notes.sign(text, *signers))])


@pytest.mark.parametrize("missing", ["old", "new", "at", "size"])
def test_each_line_has_its_name(missing: str) -> None:
    text = succession.signed(FIRST, SECOND, at=AT, size=41).text.replace(f"\n{missing} ", "\nxxx ")
    with pytest.raises(BadNote, match=f"without {missing}$"):
        succession.parsed(note(text, FIRST, SECOND))


def test_one_line_more_is_something_else() -> None:
    text = succession.signed(FIRST, SECOND, at=AT, size=41).text + "more\n"
    with pytest.raises(BadNote, match="not a hand-over of keys"):
        succession.parsed(note(text, FIRST, SECOND))


def test_only_within_one_log_and_to_another_key() -> None:
    elsewhere = Signer("other.example/log", ED25519, b"\5" * 32)
    for new in (elsewhere, FIRST):
        with pytest.raises(BadNote, match="to another log"):
            history((FIRST, new, 3))


@pytest.mark.parametrize("signers", [(FIRST,), (SECOND,), (FOREIGN,), (FIRST, FOREIGN)])
def test_both_sign_it(signers: tuple[Signer, ...]) -> None:
    text = succession.signed(FIRST, SECOND, at=AT, size=41).text
    with pytest.raises(BadNote, match="not both keys signed"):
        succession.parsed(note(text, *signers))


def test_the_history_is_one_readable_file() -> None:
    assert succession.written([]) == "[]\n"
    assert succession.written(["محلہ", "two"]) == '[\n "محلہ",\n "two"\n]\n'
