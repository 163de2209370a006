"""`/help/card/` and `/help/journey/`: what somebody sets up before danger."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from mohalla.channels.sms.setting import own_number
from mohalla.foundation import clock, identifiers, limiter
from mohalla.foundation.places import queries as places
from mohalla.stages.access.actions import card as cards
from mohalla.stages.access.actions import journey
from mohalla.stages.access.help_forms import CardForm, JourneyForm
from mohalla.stages.access.queries import choosing


@sensitive_post_parameters()
def card(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST: a card with its number, or with the number: it goes."""
    language, at = get_language() or "ur", clock.now()
    form = CardForm(
        request.POST if _sent(request, "make") else None, places=choosing.mohallas(language, at)
    )
    if request.method != "POST":
        return _card(request, form)
    wait = limiter.wait(request, what="claim")
    if wait:
        return _later(request, "access/help/card.html", {"form": form}, wait)
    if _sent(request, "remove"):
        gone = cards.remove_card(number=request.POST.get("number", "")[:60])
        words = _("The card is deleted, with all that stood on it.") if gone else ""
        problem = "" if gone else _("We know no card with this number. Please check the digits.")
        return _card(request, form, said_now=words, problem=problem, status=200 if gone else 404)
    if not form.is_valid():
        return _card(request, form, status=422)
    said = form.cleaned_data
    place = next((row.pk for row in places.mohallas(at) if row.code == said["place"]), None)
    wish = cards.Wish(
        name=said["name"], phone=said["phone"], trusted=said["trusted"], place=place,
        safe_word=said["safe_word"], warning_word=said["warning_word"], language=language,
    )  # fmt: skip
    try:
        number = cards.make_card(wish=wish, at=at)
    except cards.SameWords:
        form.add_error("warning_word", _("Take two different words."))
        return _card(request, form, status=422)
    made = {"number": identifiers.spoken(number), "asked": bool(wish.phone)}
    return render(request, "access/help/card_made.html", made)


@sensitive_post_parameters()
def on_the_way(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST: it begins, or with its number: she has arrived."""
    form = JourneyForm(request.POST if _sent(request, "make") else None)
    if request.method != "POST":
        return _journey(request, form)
    wait = limiter.wait(request, what="claim")
    if wait:
        return _later(request, "access/help/journey.html", {"form": form}, wait)
    at = clock.now()
    if _sent(request, "arrived"):
        number = request.POST.get("number", "")[:60]
        if journey.arrive_on_page(number=number, at=at):
            return _journey(
                request, form, said_now=_("Good that you have arrived. All of it is deleted.")
            )
        words = _("No journey with this number is open. It has ended, or a digit is wrong.")
        return _journey(request, form, problem=words, typed=number, status=404)
    if not form.is_valid():
        return _journey(request, form, status=422)
    said = form.cleaned_data
    number = journey.begin_on_page(
        minutes=said["minutes"], words=said["words"], language=get_language() or "ur", at=at
    )
    due = at + timedelta(minutes=said["minutes"])
    begun = {"number": identifiers.spoken(number), "due": due, "called": due + journey.GRACE}
    return render(request, "access/help/journey_begun.html", begun)


def _sent(request: HttpRequest, act: str) -> bool:
    return request.method == "POST" and request.POST.get("do", "make") == act


def _card(request: HttpRequest, form: CardForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "service": own_number(), **more}
    return render(request, "access/help/card.html", context, status=status)


def _journey(
    request: HttpRequest, form: JourneyForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "service": own_number(), **more}
    return render(request, "access/help/journey.html", context, status=status)


def _later(request: HttpRequest, page: str, context: dict[str, Any], wait: int) -> HttpResponse:
    words = _("Very many tries from your line just now. Please wait a few minutes.")
    context |= {"problem": words, "service": own_number()}
    answer = render(request, page, context, status=429)
    answer.headers["Retry-After"] = str(wait)
    return answer
