"""Which of our four languages a text is in: script first, then letters and words of our own lists.

Reply languages are chosen by it, so it answers always; the default of an unclear text is Urdu.
Roman Urdu is what general detectors do not know; its words are in `roman_urdu.py`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from mohalla.foundation.text.folding import fold, roman_key
from mohalla.foundation.text.latin_words import ENGLISH, ENGLISH_ENDINGS, ROMAN, ROMAN_ENDINGS

Language = Literal["ur", "ps", "en", "ur-Latn"]

_MOST = 4000
_LATIN_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_NOISE = re.compile(r"https?://\S+|\S+@\S+|[@#]\w+|<\w+>")
_ARABIC_WORD = re.compile(r"[^\W\d_]+")

_ONLY_PASHTO = frozenset("ټډړږښګڼېۍځڅۀ")
_ONLY_URDU = frozenset("ٹڈڑںےھۓ")
_OFTEN_PASHTO = frozenset("يه")  # Pashto keyboards write these, Urdu ones ی and ہ
_OFTEN_URDU = frozenset("ہگ")

_PASHTO_WORDS = """
د په چې چی او دی ته کې کښې له سره شي زما دا يې یې هم وي زه ده خو مې شته نشته موږ مونږ کوي
کړي شو شوي شوی دي ستا ستاسو زموږ زمونږ هغه هغې دغه کله چا څوک څه ولې هر يو یو يوه بل ډېر
زيات لري وو وه شوه کړ کړه کړل وکړ وکړه وکړئ راغلی ځکه لپاره پر باندې ترڅو بيا بیا نو لکه
پوليس
"""
_URDU_WORDS = """
کے کی ہے میں کا سے کو نے اور پر یہ وہ نہیں ہیں ہو گیا تھا مجھے میری میرا ہمارے ہماری ہمارا
کر رہا رہے رہی ہوں تھی تھے گئی گئے کیا کوئی جو تک بھی اس ان ایک ہم آپ تم کچھ بہت اب جب ہوا
ہوئی لیے ساتھ کرتا کرتے کرتی والا والے والی دیا دی دے لے گا گی جا سب پھر ہی نا مگر لیکن تو
"""
_PASHTO_FOLDED = frozenset(map(fold, _PASHTO_WORDS.split())) - frozenset(
    map(fold, _URDU_WORDS.split())
)
_URDU_FOLDED = frozenset(map(fold, _URDU_WORDS.split())) - frozenset(
    map(fold, _PASHTO_WORDS.split())
)


def guess_language(text: str) -> Language:
    """`ur`, `ps`, `en` or `ur-Latn`; `ur` where the text has no letters of these."""
    text = _NOISE.sub(" ", text[:_MOST])
    arabic = latin = 0
    for char in text:
        if char.isalpha():
            arabic += "\u0600" <= char <= "\u06ff" or "\ufb50" <= char <= "\ufefc"
            latin += "a" <= char.casefold()[:1] <= "z"
    if arabic == latin == 0:
        return "ur"
    return _arabic_script(text) if arabic >= latin else _latin_script(text)


def _arabic_script(text: str) -> Language:
    text = unicodedata.normalize("NFC", text)
    score = 0.0  # above zero: Pashto
    for char in text:
        score += 2 * (char in _ONLY_PASHTO) - 2 * (char in _ONLY_URDU)
        score += 0.3 * (char in _OFTEN_PASHTO) - 0.5 * (char in _OFTEN_URDU)
    for word in _ARABIC_WORD.findall(fold(text)):
        score += 2 * (word in _PASHTO_FOLDED) - 2 * (word in _URDU_FOLDED)
    return "ps" if score > 0 else "ur"


def _latin_script(text: str) -> Language:
    score = 0.0  # above zero: Roman Urdu
    for word in _LATIN_WORD.findall(fold(text)):
        score += _weight(word)
    return "ur-Latn" if score > 0 else "en"


def _weight(word: str) -> float:
    if word in ROMAN:
        return 0.0 if word in ENGLISH else 2.0
    if word in ENGLISH:
        return -1.6
    if roman_key(word) in _ROMAN_KEYS:
        return 1.2
    if len(word) > 3 and word.endswith(ENGLISH_ENDINGS):
        return -0.8
    return 0.5 if len(word) > 2 and word.endswith(ROMAN_ENDINGS) else 0.15


_ROMAN_KEYS = frozenset(roman_key(w) for w in ROMAN - ENGLISH if len(w) > 3) - frozenset(
    roman_key(w) for w in ENGLISH
)
