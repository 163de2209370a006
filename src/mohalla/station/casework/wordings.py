"""Ready wordings for messages to reporters: neutral, warm, each in the reporter's language.

They save typing and keep nobody's promise: only words of the officer's own answer a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from mohalla.foundation.catalogue.entries import in_language

WORDINGS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "received": {
            "en": "We have read what you wrote. We will answer you in words within a day.",
            "ur": "ہم نے آپ کی بات پڑھ لی ہے۔ ایک دن کے اندر آپ کو تفصیل سے جواب دیا جائے گا۔",
            "ps": "ستاسو خبره مو ولوستله. په یوه ورځ کې به درته په خبرو ځواب درکړو.",
        },
        "call_time": {
            "en": "We would like to call you. Which time is safe for you?",
            "ur": "ہم آپ کو فون کرنا چاہتے ہیں۔ کون سا وقت آپ کے لیے محفوظ اور مناسب ہے؟",
            "ps": "غواړو چې زنګ درته ووهو. کوم وخت درته خوندي او مناسب دی؟",
        },
        "missed": {
            "en": "We tried to reach you and could not. Please tell us when and how to try again.",
            "ur": "ہم نے آپ سے رابطے کی کوشش کی مگر بات نہ ہو سکی۔ بتائیں کب اور کیسے رابطہ کریں۔",
            "ps": "هڅه مو وکړه خو اړیکه مو ونه شوه. راته ووایئ چې کله او څنګه بیا هڅه وکړو.",
        },
        "more_needed": {
            "en": "To go on we need a little more: please tell us the exact place and the time.",
            "ur": "کام آگے بڑھانے کے لیے تھوڑی سی بات اور چاہیے: ٹھیک جگہ اور وقت بتا دیں۔",
            "ps": "د کار د مخته بېولو لپاره لږ نور معلومات پکار دي: کره ځای او وخت راته ووایئ.",
        },
        "come_by": {
            "en": "You can come to the desk at any time; give your reference and you will be heard.",
            "ur": "آپ کسی بھی وقت ڈیسک پر آ سکتے ہیں؛ اپنا حوالہ نمبر بتائیں، آپ کی بات سنی جائے گی۔",
            "ps": "هر وخت ډېسک ته راتلای شئ؛ د حوالې شمېره مو ووایئ، خبره به مو واورېدل شي.",
        },
        "going_on": {
            "en": "The work is going on. We will write to you again before the promised time.",
            "ur": "کام جاری ہے۔ وعدے کے وقت سے پہلے ہم آپ کو دوبارہ لکھیں گے۔",
            "ps": "کار روان دی. له ژمنې وخت مخکې به بیا درته ولیکو.",
        },
    }
)

LETTER: Mapping[str, str] = MappingProxyType(
    {
        "en": "In FIR {number} of {date}: since our last word we did the following.\n\n"
        "{done}\n\nWhat comes next: {next}\nYou hear from us again within 14 days.",
        "ur": "مقدمہ نمبر {number} مورخہ {date}: پچھلی اطلاع کے بعد یہ کام ہوا۔\n\n"
        "{done}\n\nاگلا قدم: {next}\n14 دن کے اندر آپ کو دوبارہ اطلاع دی جائے گی۔",
        "ps": "د ایف آی آر شمېره {number} نېټه {date}: له تېر خبر وروسته دا کارونه وشول.\n\n"
        "{done}\n\nبل ګام: {next}\nپه 14 ورځو کې به بیا خبر درکړو.",
    }
)
NEXT: Mapping[str, str] = MappingProxyType(
    {
        "en": "the investigation goes on.",
        "ur": "تفتیش جاری رہے گی۔",
        "ps": "پلټنه به روانه وي.",
    }
)
SPOKE: Mapping[str, str] = MappingProxyType(
    {"en": "we spoke with you", "ur": "آپ سے بات ہوئی", "ps": "درسره خبرې وشوې"}
)


def wording(name: str, language: str) -> str:
    """The text in the reporter's language; Roman Urdu reads Urdu."""
    return in_language(WORDINGS[name], language)


def letter(language: str, *, number: str, date: str, done: Sequence[tuple[str, str]]) -> str:
    """The s. 173 letter from the file: `done` are (date, what), in order. The officer may change
    every word; where the file holds nothing, the first line is left for him to write."""
    lines = "\n".join(f"{n}. {day}: {what}" for n, (day, what) in enumerate(done, start=1))
    return in_language(LETTER, language).format(
        number=number or "–",
        date=date or "–",
        done=lines or "1. ",
        next=in_language(NEXT, language) if done else "",
    )
