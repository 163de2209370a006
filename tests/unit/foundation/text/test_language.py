"""Language of a text, measured on real posts and sentences where they are at hand."""

import gzip
import json
from pathlib import Path

import pytest

from mohalla.foundation import text

DATA = Path(__file__).parents[5] / "shared" / "data"


def rows(name):
    path = DATA / name / "train.jsonl.gz"
    if not path.exists():
        pytest.skip(f"{path} is not here: real texts are never kept in the repository")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def share(texts, code):
    return sum(text.guess_language(t) == code for t in texts) / len(texts)


@pytest.mark.parametrize(
    ("name", "code", "floor"),
    [
        ("ruhsold", "ur-Latn", 0.90),
        ("roman_urdu_sentiment_uci", "ur-Latn", 0.90),
        ("sms_spam_en", "en", 0.95),
    ],
)
def test_posts(name, code, floor):
    assert share([row["text"] for row in rows(name)], code) >= floor


@pytest.mark.parametrize(
    ("lang", "code", "words", "floor"),
    [
        ("eng", "en", 1000, 0.99),
        ("urd", "ur", 1000, 0.99),
        ("pus", "ps", 1000, 0.99),
        ("eng", "en", 6, 0.95),
        ("urd", "ur", 6, 0.95),
        ("pus", "ps", 6, 0.95),
    ],
)
def test_sentences(lang, code, words, floor):
    said = [" ".join(r["text"].split()[:words]) for r in rows("ntrex_lid") if r["lang"] == lang]
    assert share(said, code) >= floor


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("hamari gali ki batti kharab hai", "ur-Latn"),
        ("The street light is broken", "en"),
        ("ہماری گلی کی بتی خراب ہے", "ur"),
        ("زموږ د کوڅې څراغ خراب دی", "ps"),
        ("SHO ne paise liye", "ur-Latn"),
        ("", "ur"),
        ("12345 !!", "ur"),
    ],
)
def test_short_ones(said, code):
    assert text.guess_language(said) == code
