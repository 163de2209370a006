"""The words of the SMS dialogue (CONTRACT), told apart from reports that begin with the same word.

The rule behind every row: a report taken for a command is lost to the sender, a command taken for
a report is only answered a little less well. So a word is a command alone, or with followers that
add nothing; only SOS takes whatever comes after it, because there the mistake costs more the other
way round. `tests/golden/sms_words.csv` says it in examples.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from mohalla.foundation.text.folding import fold
from mohalla.foundation.text.references import reference


class Word(StrEnum):
    """What somebody asks for."""

    HELP = "HELP"
    STATUS = "STATUS"
    YES = "YES"
    NO = "NO"
    STOP = "STOP"
    START = "START"
    LANG = "LANG"
    RECEIPT = "RECEIPT"
    PERSON = "PERSON"
    SOS = "SOS"
    SAFE = "SAFE"
    JOURNEY = "JOURNEY"
    CHILD = "CHILD"
    ALERT = "ALERT"


@dataclass(frozen=True, slots=True)
class Command:
    """A word and what came with it.

    `argument`: the reference (STATUS, YES, NO, RECEIPT; as typed where it is not a well-formed
    one), the language code (LANG), the minutes (JOURNEY), OFF (ALERT), else ''. `rest`: the words after
    SOS, JOURNEY, CHILD, ALERT or an answer, and the one word after SAFE.
    """

    word: Word
    argument: str = ""
    rest: str = ""


_FIRST: dict[Word, str] = {
    Word.HELP: "help madad madat maddad مدد مرسته marasta mrasta",
    Word.STATUS: "status haal hal haalat حال حالت",
    Word.YES: "1 yes y yess haan han haa ha hanji haanji ji jee jii ہاں جی هو او ho",
    Word.NO: "2 no n nope nahi nahin nahee nhi nai nae nahe na naa نہیں نہی نا نه نہ",
    Word.STOP: "stop unsubscribe band bund بند",
    Word.START: "start shuru shroo shuroo شروع",
    Word.LANG: "lang language zuban zaban zubaan zabaan زبان ژبه",
    Word.RECEIPT: "receipt raseed rasid rasheed reseed rasied رسید",
    Word.PERSON: "person human banda bnda insan بندہ بنده سړی saray sarai",
    Word.SOS: "sos s.o.s bachao bachaao bachaow bacao بچاؤ بچاو",
    Word.SAFE: "safe mehfooz mahfooz mehfuz mahfuz محفوظ خوندي",
    Word.JOURNEY: "journey safar سفر",
    Word.ALERT: "alert alerts khabar khabrein khabren خبر خبریں خبرونه",
}
_POLITE = (
    "please plz pls sir madam sahib sahab saab janab g ji jee thanks thank you shukria "
    "shukriya meherbani "
    "برائے مہربانی جناب صاحب جی شکریہ مهرباني لطفا"
)
_FOLLOWERS: dict[Word, str] = {
    Word.HELP: "",
    Word.STATUS: "batao bataen batain btao kya hai بتائیں کیا ہے check",
    Word.YES: "yes haan han ji jee bilkul bilkul ہاں جی بالکل هو",
    Word.NO: "no nahi nahin nhi bilkul نہیں نه",
    Word.STOP: "all sms msg message messages karo karein karen kar do dein de paigham "
    "کرو کریں کر دیں پیغام کړئ "
    "ye yeh یہ",
    Word.START: "karo karein karen again dobara کریں دوبارہ کړئ sms message messages",
    Word.LANG: "change badlo badlein tabdeel بدلیں بدل کریں karo karein",
    Word.RECEIPT: "number do dein chahiye bhejo bhejein send نمبر دیں چاہیے بھیجیں راکړئ me",
    Word.PERSON: "se baat karo karni hai karwao karwaein سے بات کرنی ہے کرائیں talk",
    Word.SOS: "",
    Word.JOURNEY: "",
    Word.SAFE: "hoon hun hu hon hain hai ab now am i main mein ہوں ہیں میں اب یم يم دي",
    Word.ALERT: "mohalla mohalle محلہ محلے محله کلي ki ke ka کی کے کا د on for do dein دیں",
}
_OFF = "off stop band bund end khatam بند ختم"
_MOST_OF_A_NAME = 6  # words after ALERT that could name a mohalla; more are a report
_LANGUAGES = {
    "en": "en english angrezi angraizi انگریزی انګلیسي",
    "ur": "ur urdu اردو",
    "ps": "ps pashto pushto pukhto pakhto pashtu پشتو پښتو",
    "ur-Latn": "roman roman urdu رومن",
}


def _keys(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


# بچاؤ is also "prevention" and "rescue": with a genitive after it, it is no cry
_NOT_A_CRY = _keys("ka ke ki k kay se کا کے کی سے")

_TOKEN = re.compile(r"[^\W_]+(?:\.[^\W_])*")
_AFTER_MARK = re.compile(r"\s*[^\w\s'’]")
LONGEST_JOURNEY = 720  # minutes
_MOST = 4000  # characters looked at; a command stands at the beginning


_BY_KEY = {fold(key): word for word, keys in _FIRST.items() for key in keys.split()}
_ALONE_WITH = {word: _keys(text) | _keys(_POLITE) for word, text in _FOLLOWERS.items()}
_OFF_KEYS = _keys(_OFF) | _keys("karo karein kar do dein کرو کریں کر دیں کړئ")
_LANGUAGE_OF = {fold(key): code for code, keys in _LANGUAGES.items() for key in keys.split()}
_YES_SIR = _keys("ji jee جی g")
# a child alone is no word, and lost is none: both together, one after the other, are
_CHILD = _keys(
    "child son daughter bacha bachi bacchi beta beti بچہ بچی بیٹا بیٹی ماشوم ماشومه زوی لور"
)
_LOST = _keys("missing lost gum gumshuda ghum laapata lapata گم لاپتہ ورک ورکه")
_PASHTO_CRY = (fold("مرسته"), frozenset(fold(w) for w in ("وکړئ", "وکړی", "وکړه", "وکړې")))


def command(text: str) -> Command | None:
    """The command that this whole message is, or None: then it is a report."""
    folded = fold(text[:_MOST])
    tokens = list(_TOKEN.finditer(folded))
    if not tokens:
        return None
    first, rest = tokens[0].group(), [t.group() for t in tokens[1:]]
    if first == _PASHTO_CRY[0] and rest and rest[0] in _PASHTO_CRY[1]:
        return Command(Word.SOS, rest=folded[tokens[1].end() :].strip())
    if (
        first in _CHILD
        and rest
        and rest[0] in _LOST
        and not _has_odd_start(folded, tokens[0].start())
    ):
        return Command(Word.CHILD, rest=folded[tokens[1].end() :].strip(" !.,-"))
    word = _BY_KEY.get(first)
    if word is None or _has_odd_start(folded, tokens[0].start()):
        return None
    if first in _YES_SIR and rest and _BY_KEY.get(rest[0]) is Word.NO:
        word, rest = Word.NO, rest[1:]  # "ji nahi" is a polite no
    if word is Word.SOS:
        cry = not (rest and rest[0] in _NOT_A_CRY)
        return Command(word, rest=folded[tokens[0].end() :].strip(" !.,-")) if cry else None
    if word is Word.LANG:
        return _language(rest)
    if word is Word.JOURNEY:
        return _journey(folded, tokens)
    if word is Word.ALERT:
        return _alert(rest, folded[tokens[0].end() :])
    if all(token in _ALONE_WITH[word] for token in rest):
        return Command(word)
    if word is Word.SAFE and len(rest) == 1:
        return Command(word, rest=rest[0])  # her own word, if she has set one
    if word in (Word.STATUS, Word.YES, Word.NO, Word.RECEIPT):
        return _with_reference(word, first, rest)
    return None


def answer(text: str) -> Command | None:
    """YES or NO where a yes-or-no question is open, with the reason given after it as `rest`.

    Looser than `command`: the word may be followed by a stop or a comma and anything ("2. abhi
    tak andhera hai", "No, still dark"); "No light in our street" is still not an answer.
    """
    plain = command(text)
    if plain is not None:
        return plain if plain.word in (Word.YES, Word.NO) else None
    folded = fold(text[:_MOST])
    first = _TOKEN.search(folded)
    if first is None or _has_odd_start(folded, first.start()):
        return None
    word = _BY_KEY.get(first.group())
    mark = _AFTER_MARK.match(folded, first.end())
    if word in (Word.YES, Word.NO) and mark:
        return Command(word, rest=folded[mark.end() :].strip())
    return None


def _journey(folded: str, tokens: list[re.Match[str]]) -> Command | None:
    """Only with the minutes after it: "safar mein chori ho gayi" is a report."""
    minutes = tokens[1].group() if len(tokens) > 1 else ""
    if not (minutes.isascii() and minutes.isdecimal() and 1 <= int(minutes) <= LONGEST_JOURNEY):
        return None
    return Command(Word.JOURNEY, argument=minutes, rest=folded[tokens[1].end() :].strip(" ,.-"))


def _language(rest: list[str]) -> Command | None:
    """LANG alone asks; LANG with a language sets it."""
    named = [_LANGUAGE_OF[t] for t in rest if t in _LANGUAGE_OF]
    others = [t for t in rest if t not in _LANGUAGE_OF and t not in _ALONE_WITH[Word.LANG]]
    if others:
        return None
    code = "ur-Latn" if "ur-Latn" in named else named[0] if named else ""
    return Command(Word.LANG, argument=code)


def _alert(rest: list[str], after: str) -> Command | None:
    """ALERT alone, OFF, or something short that may be a mohalla: who hears it looks whether it is."""
    if rest and rest[0] in _keys(_OFF) and all(word in _OFF_KEYS for word in rest):
        return Command(Word.ALERT, argument="OFF")
    if len(rest) > _MOST_OF_A_NAME:
        return None
    named = [word for word in rest if word not in _ALONE_WITH[Word.ALERT]]
    return Command(Word.ALERT, rest=after.strip(" :,.-") if named else "")


def _with_reference(word: Word, first: str, rest: list[str]) -> Command | None:
    """A reference after the word; a slip in it is still asked about, by STATUS alone."""
    bare = [t for t in rest if t not in _ALONE_WITH[word]]
    found = reference(" ".join(bare))
    if found and (any(c.isdigit() for c in found) or (len(bare) == 1 and first == "status")):
        return Command(word, argument=found)
    joined = "".join(bare)
    code_like = joined.isascii() and 3 <= len(joined) <= 12 and any(c.isdigit() for c in joined)
    if (
        word is Word.STATUS
        and len(bare) <= 3
        and (code_like or (first == "status" and len(bare) == 1))
    ):
        return Command(word, argument=joined.upper())
    return None


def _has_odd_start(folded: str, start: int) -> bool:
    """Whether something other than quotes, brackets, hashes or stops stands before the word."""
    return any(c not in " \"'(#*.!-<[“”‘’«»?" for c in folded[:start])
