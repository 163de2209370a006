"""Which mohalla somebody means, in whatever script and spelling, inside a longer sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from mohalla.foundation.text.folding import roman_key, words

# One changed letter in six; below this, two names of one town are mistaken for each other.
LEAST = 82.0
# Words looked at: a place is named early, and a megabyte in one line must not cost minutes.
LONGEST_TEXT = 200

# Words of place names that do not tell one place from another.
_GENERIC = frozenset(
    roman_key(word)
    for word in words(
        "mohalla muhalla mahalla mohallah kucha koocha gali galli street road chowk chok bazar "
        "bazaar colony town kalay kali kaley kili village ghundi near area "
        "محلہ گلی کوچہ سڑک چوک بازار کالونی ٹاؤن گاؤں علاقہ محله کوڅه کوڅې سړک کلی کلي سیمه"
    )
)


def find_place(
    text: str, candidates: Iterable[tuple[str, Sequence[str]]], limit: int = 3
) -> list[tuple[str, float]]:
    """The places that the text most likely names: (code, score 0-100), best first.

    `candidates` are (code, names and aliases in any script). An empty answer means: ask. Two
    answers of nearly the same score mean: ask which one.
    """
    said = [roman_key(word) for word in words(text[:20_000])[:LONGEST_TEXT]]
    found: list[tuple[float, int, str]] = []
    for code, names in candidates:
        best = max((_score(said, name) for name in names), default=(0.0, 0))
        if best[0] >= LEAST:
            found.append((*best, code))
    found.sort(key=lambda row: (-row[0], -row[1], row[2]))
    return [(code, round(score, 1)) for score, _, code in found[:limit]]


def _score(said: Sequence[str], name: str) -> tuple[float, int]:
    """(score, letters matched) of the best stretch of the text for one name."""
    keys = [roman_key(word) for word in words(name)]
    telling = [key for key in keys if key not in _GENERIC] or keys
    wanted = "".join(telling)
    if not wanted:
        return (0.0, 0)
    best = 0.0
    for size in {len(telling), len(telling) + 1, max(1, len(telling) - 1)}:
        for start in range(len(said) - size + 1):
            stretch = "".join(w for w in said[start : start + size] if w not in _GENERIC)
            best = max(best, _alike(stretch or "".join(said[start : start + size]), wanted))
    return (best, len(wanted))


def _alike(one: str, other: str) -> float:
    if len(other) <= 3 or len(one) <= 3:
        return 100.0 if one == other else 0.0
    score = fuzz.ratio(one, other, score_cutoff=LEAST)
    return score if one[:1] == other[:1] else score - 6  # a changed first letter is a rare slip
