"""The component page: every part of the design system in both directions (demonstration only)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mohalla.foundation import clock
from mohalla.site.pictures import PICTURES

STATES = {
    "open": ("Open", "جاری"),
    "kept": ("Kept", "پورا ہوا"),
    "claimed": ("Claimed", "پولیس کے مطابق پورا"),
    "tried": ("Tried", "کوشش ہوئی"),
    "broken": ("Broken", "ٹوٹ گیا"),
    "waived": ("Let go", "آپ نے چھوڑ دیا"),
    "ended": ("Ended", "ختم"),
}
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "said": "The lamp in our lane is broken; men sit there at night. Call +92 300 1234567.",
        "kind": "Somebody speaks to you",
        "owner": ("ASI", "Ali Khan", "Beat desk", "Station Chinar Bagh"),
        "next": ("SDPO", "Nasreen Gul", "Circle office", "Circle East"),
        "stages": ("Received", "Contacted", "Action", "Outcome proposed", "Closed"),
        "notices": ("A plain notice.", "A warm hint.", "A grave warning.", "A kind answer."),
        "buttons": ("Next", "Back", "Withdraw", "Something quiet"),
        "fields": ("Your words", "Mohalla", "Is anybody in danger now?", "Do not call", "Phone"),
        "hint": "Write as you speak.",
        "wrong": "Tell us in a few words what happened.",
        "yes": "Yes",
        "no": "No",
    },
    "ur": {
        "said": "ہماری گلی کی بتی خراب ہے، رات کو آدمی بیٹھتے ہیں۔ فون +92 300 1234567 پر کریں۔",
        "kind": "کوئی آپ سے بات کرے گا",
        "owner": ("اے ایس آئی", "علی خان", "بیٹ ڈیسک", "تھانہ چنار باغ"),
        "next": ("ایس ڈی پی او", "نسرین گل", "سرکل دفتر", "سرکل مشرق"),
        "stages": ("موصول ہوئی", "رابطہ ہوا", "کارروائی", "نتیجہ تجویز ہوا", "بند"),
        "notices": ("ایک سادہ اطلاع۔", "ایک مشورہ۔", "ایک سخت تنبیہ۔", "ایک اچھی خبر۔"),
        "buttons": ("آگے", "پیچھے", "واپس لیں", "خاموش بٹن"),
        "fields": ("آپ کے الفاظ", "محلہ", "کیا ابھی کوئی خطرے میں ہے؟", "فون نہ کریں", "فون نمبر"),
        "hint": "جیسے بولتے ہیں ویسے لکھیں۔",
        "wrong": "چند لفظوں میں بتائیں کہ کیا ہوا۔",
        "yes": "ہاں",
        "no": "نہیں",
    },
}


def style(request: HttpRequest) -> HttpResponse:
    """Every part of the design system, once from right to left and once from left to right."""
    if not settings.DEMO:
        raise Http404
    context = {"icons": sorted(PICTURES), "sides": [_side("ur", "rtl", 1), _side("en", "ltr", 0)]}
    return render(request, "site/style.html", context)


def _side(language: str, direction: str, at: int) -> dict[str, Any]:
    words = WORDS[language]
    names = ("rank", "name", "desk", "unit")
    now = clock.now()
    cards = [
        {
            "kind_name": words["kind"],
            "state": state,
            "state_name": labels[at],
            "due_at": now + timedelta(hours=9 * number - 20),
            "owner": dict(zip(names, words["owner"], strict=True)),
            "next_owner": dict(zip(names, words["next"], strict=True)),
        }
        for number, (state, labels) in enumerate(STATES.items())
    ]
    marks = ("done", "done", "now", "next", "next")
    line = [(str(n), name, marks[n]) for n, name in enumerate(words["stages"])]
    return {
        "language": language,
        "direction": direction,
        "words": words,
        "promises": cards,
        "stages": line,
        "form": _form(language, words),
    }


def _form(language: str, words: dict[str, Any]) -> forms.Form:
    text, place, danger, discreet, phone = words["fields"]
    choice = [("yes", words["yes"]), ("no", words["no"])]
    fields: dict[str, forms.Field] = {
        "text": forms.CharField(label=text, help_text=words["hint"], widget=forms.Textarea),
        "place": forms.ChoiceField(label=place, choices=choice, required=False),
        "danger": forms.ChoiceField(
            label=danger, choices=choice, widget=forms.RadioSelect, required=False
        ),
        "discreet": forms.BooleanField(label=discreet, help_text=words["hint"], required=False),
        "phone": forms.CharField(
            label=phone,
            required=False,
            widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr", "autocomplete": "off"}),
        ),
    }
    fields["text"].error_messages["required"] = words["wrong"]
    made = type("Sample", (forms.Form,), fields)
    form: forms.Form = made({"phone": "+92 300 1234567"}, auto_id=f"{language}_%s")
    return form
