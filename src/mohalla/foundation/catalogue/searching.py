"""From a few words, as people type them, to the categories they may mean."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from mohalla.foundation import text
from mohalla.foundation.catalogue.entries import Category

LEAST_ALIKE = 78.0  # two keys below this are different words
_MOST_WORDS = 40

# Words that stand in every complaint and tell nothing. Folded and keyed like the query.
_COMMON = """
the a an and or of in on at to from by for with is are was were be been it its this that i
me my we our you he she they them his her am not no has have had do does did there when
where who what how why please sir want need someone somebody some one any very so but if
about because can will would get got us hai hain h ho hoon hun tha thi ka ke ki ko se ne
mein main mai mera meri mere hamara hamari hamare hum mujhe hamen hamein unho unhon un wo
woh ye yeh ek aik koi kuch kya kyun kaise kab kahan par pe aur ya bhi tak jo jis kar kr
karna karta karte karti kare karo karein kiya gaya gayi gai gaye raha rahi rahe rha rhi rhe
diya di de dia liye apna apni apne wala wali wale sath hi toh nahi nahin nhi ap aap log
bohat bahut sahib ji ہے ہیں ہو ہوں تھا تھی تھے کا کے کی کو سے نے میں میرا میری میرے ہمارا
ہماری ہمارے ہم مجھے ہمیں وہ یہ ایک کوئی کچھ کیا کیوں کیسے کب کہاں پر اور یا بھی تک جو جس کر
کرنا کرتا کرتے کرتی کریں گیا گئی گئے رہا رہی رہے دیا دی دے لیے اپنا اپنی اپنے والا والی والے
ساتھ ہی تو نہیں آپ لوگ بہت جی اس ان د په چې کې له ته ده دي دا هغه زه زما زموږ موږ مونږ یو
یوه او نه هم خو شي شو شوی شوې کوي کړي کړی وکړ وکړه سره باندې وي وو لري ما مې یې ډېر ډیر څوک
راته راکړئ
"""


class Index:
    """Keys of all names, sentences and search words of some categories."""

    def __init__(self, categories: Iterable[Category]) -> None:
        self._phrases: dict[str, list[tuple[frozenset[str], float]]] = {}
        spread: Counter[str] = Counter()
        for category in categories:
            phrases = [(_keys(words), 1.0) for words in (*category.words, *category.names.values())]
            phrases += [(_keys(words), 0.6) for words in category.plain.values()]
            self._phrases[category.code] = [(keys, w) for keys, w in phrases if keys]
            spread.update({key for keys, _ in phrases for key in keys})
        total = max(1, len(self._phrases))
        self._weight = {key: math.log(1 + total / count) for key, count in spread.items()}
        self._known = tuple(self._weight)

    def find(self, query: str, language: str | None, limit: int) -> list[str]:
        """Codes, best first; empty where nothing is alike. `language` is not needed to find."""
        asked = [self._nearest(key) for key in _query_keys(query)]
        asked = [near for near in asked if near]
        if not asked:
            return []
        scores = {code: self._score(phrases, asked) for code, phrases in self._phrases.items()}
        ranked = sorted(scores, key=lambda code: -scores[code])
        best = scores[ranked[0]] if ranked else 0.0
        return [code for code in ranked if scores[code] > max(0.4, best * 0.25)][:limit]

    def _nearest(self, key: str) -> dict[str, float]:
        """The index's keys that this word may be, with how surely."""
        near: dict[str, float] = {}
        for known in self._known:
            if known == key:
                near[known] = 1.0
            elif len(key) > 3 and len(known) > 3:
                alike = fuzz.ratio(key, known, score_cutoff=LEAST_ALIKE)
                if alike:
                    near[known] = (alike / 100) ** 3
                elif len(min(key, known, key=len)) > 4 and (
                    key.startswith(known) or known.startswith(key)
                ):
                    near[known] = 0.5
        return near

    def _score(
        self, phrases: Sequence[tuple[frozenset[str], float]], asked: Sequence[dict[str, float]]
    ) -> float:
        """How much of the query a category's words hold, plus how well one phrase fits it whole."""
        held = 0.0
        for near in asked:
            held += max(
                (
                    sure * self._weight[key] * weight
                    for keys, weight in phrases
                    for key, sure in near.items()
                    if key in keys
                ),
                default=0.0,
            )
        return held + max(self._whole(keys, weight, asked) for keys, weight in phrases)

    def _whole(
        self, keys: frozenset[str], weight: float, asked: Sequence[dict[str, float]]
    ) -> float:
        found = total = 0.0
        for key in keys:
            worth = self._weight[key]
            total += worth
            found += worth * max((near.get(key, 0.0) for near in asked), default=0.0)
        return weight * found * (found / total) if total else 0.0


@lru_cache(maxsize=4096)
def _keys(words: str) -> frozenset[str]:
    every = [text.roman_key(word) for word in text.words(words)]
    telling = frozenset(key for key in every if key not in _COMMON_KEYS and len(key) > 1)
    return telling or frozenset(every)


def _query_keys(query: str) -> list[str]:
    seen = [text.roman_key(word) for word in text.words(query[:2000])[:_MOST_WORDS]]
    telling = [key for key in seen if key not in _COMMON_KEYS and len(key) > 1]
    return list(dict.fromkeys(telling or seen))


_COMMON_KEYS = frozenset(text.roman_key(word) for word in text.words(_COMMON))
