"""The words of the dialogue against reports that begin with the same word."""

import csv
from pathlib import Path

import pytest

from mohalla.foundation import text

TABLE = Path(__file__).parents[3] / "golden" / "sms_words.csv"
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8")))


@pytest.mark.parametrize("row", ROWS, ids=[r["text"] for r in ROWS])
def test_each_row_of_the_table(row):
    found = text.command(row["text"])
    assert (found.word.value if found else "") == row["word"]
    assert (found.argument if found else "") == row["argument"]


def test_table_is_long_enough_and_holds_reports():
    assert len(ROWS) >= 80
    assert sum(not row["word"] for row in ROWS) >= 25


def test_sos_keeps_what_was_said():
    assert text.command("SOS, they are at the door").rest == "they are at the door"


def test_a_folded_spelling_is_not_a_different_word():
    assert text.command("ﻧﮩﯿﮟ").word is text.Word.NO  # presentation forms


@pytest.mark.parametrize(
    ("said", "word", "rest"),
    [
        ("No, still dark", "NO", "still dark"),
        ("2. abhi tak andhera hai", "NO", "abhi tak andhera hai"),
        ("نہیں، ابھی تک اندھیرا ہے", "NO", "ابهی تک اندهیرا هی"),
        ("1", "YES", ""),
        ("No light in our street", None, None),
        ("2 larke bhage", None, None),
        ("STOP", None, None),
    ],
)
def test_answers_to_an_open_question(said, word, rest):
    found = text.answer(said)
    assert (found and found.word.value, found and found.rest) == (word, rest)
