"""Letters, digits, languages and places as people really type them.

Pure functions over strings: none of them raises, whatever the text. `text.fold(...)` for search
keys, `text.clean(...)` before storing, `text.visible(...)` before showing, `text.command(...)`
for the words of the SMS dialogue.
"""

from mohalla.foundation.text.cleaning import clean, csv_safe, visible
from mohalla.foundation.text.coordinates import coordinates
from mohalla.foundation.text.finding import find_place
from mohalla.foundation.text.folding import ascii_digits, fold, roman_key, words
from mohalla.foundation.text.language import guess_language
from mohalla.foundation.text.lookalikes import odd
from mohalla.foundation.text.parts import SmsParts, sms_parts
from mohalla.foundation.text.references import reference
from mohalla.foundation.text.sms_words import Command, Word, answer, command

__all__ = [
    "Command",
    "SmsParts",
    "Word",
    "answer",
    "ascii_digits",
    "clean",
    "command",
    "coordinates",
    "csv_safe",
    "find_place",
    "fold",
    "guess_language",
    "odd",
    "reference",
    "roman_key",
    "sms_parts",
    "visible",
    "words",
]
