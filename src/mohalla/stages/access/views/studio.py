"""`/desk/prompts/`: who keeps the installation hears, records and replaces what the line says."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from mohalla.channels.voice import actions
from mohalla.channels.voice.rules import sound as sounds
from mohalla.channels.voice.voices import LANGUAGES
from mohalla.foundation import clock
from mohalla.foundation.people.models import Account
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.stages.access.queries import studio
from mohalla.stages.access.queries.studio import Part
from mohalla.station.casework.views.viewer import ask_for_proof, desk
from mohalla.station.presence.views.people import keeps

MOST_BYTES = 12 * 1024 * 1024  # a minute in the best quality that is taken
_NAMES = {"ur": gettext_lazy("Urdu"), "ps": gettext_lazy("Pashto"), "en": gettext_lazy("English")}
_SAID = {
    "format": gettext_lazy("This is not a sound of the kind that is taken: a wav file, 16 bits."),
    "short": gettext_lazy("This is too short to be heard."),
    "long": gettext_lazy("This is longer than a minute: speak one part only."),
    "silent": gettext_lazy("Nothing is heard in this. Speak nearer to the microphone."),
}


class SoundForm(forms.Form):
    """One wav file."""

    sound = forms.FileField(
        label=gettext_lazy("Sound (a wav file, 16 bits)"),
        widget=forms.FileInput(attrs={"accept": "audio/wav,.wav"}),
    )

    def clean_sound(self) -> bytes:
        upload = self.cleaned_data["sound"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_SAID["long"])
        content: bytes = upload.read()
        return content


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def prompts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """All prompts of a language; with `prompt` its parts; with `part` one of them to record."""
    keeper = _keeper(request)
    language = _language(request)
    part = studio.part(language, request.GET.get("part", ""))
    if request.method == "POST":
        ask_for_proof(request)
    if part is not None:
        return _recording(request, keeper, language, part)
    group = request.GET.get("prompt", "")
    context: dict[str, Any] = _context(language) | {"group": group}
    if group:
        context["parts"] = studio.parts(language, group)
    else:
        context["groups"] = studio.groups(language)
    status = 422 if request.method == "POST" else 200
    return render(request, "access/studio/list.html", context, status=status)


@require_safe
@desk
def sound(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One part as a caller hears it now."""
    _keeper(request)
    language = _language(request)
    part = studio.part(language, request.GET.get("part", ""))
    pcm = studio.sound(part, language) if part is not None else b""
    if not pcm:
        return HttpResponse(status=400)
    response = HttpResponse(sounds.wav_of(pcm), content_type="audio/wav")
    response.headers["Content-Disposition"] = 'inline; filename="part.wav"'
    return response


def _recording(request: HttpRequest, keeper: Account, language: str, part: Part) -> HttpResponse:
    form = SoundForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and _done(request, keeper, language, part, form):
        asked = urlencode({"language": language, "prompt": studio.group_of(part.piece.key)})
        return HttpResponseRedirect(f"{reverse('prompts')}?{asked}")
    context = _context(language) | {
        "part": part, "form": form, "group": studio.group_of(part.piece.key),
        "history": studio.history(part, language),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "access/studio/part.html", context, status=status)


def _done(
    request: HttpRequest, keeper: Account, language: str, part: Part, form: SoundForm
) -> bool:
    at = clock.now()
    if request.POST.get("do") == "back":
        row = actions.take_back(piece=part.piece, language=language, by=keeper, at=at)
        if row is not None:
            messages.success(request, _("The line speaks as it did before."))
        return row is not None
    if not form.is_valid():
        return False
    try:
        actions.keep_prompt(
            piece=part.piece,
            language=language,
            content=form.cleaned_data["sound"],
            by=keeper,
            at=at,
        )
    except sounds.NotSound as refused:
        form.add_error("sound", _SAID[refused.reason])
        return False
    messages.success(request, _("Kept. The next call hears it."))
    return True


def _keeper(request: HttpRequest) -> Account:
    if not keeps(request):
        raise Http404
    assert isinstance(request.user, Account)
    return request.user


def _language(request: HttpRequest) -> str:
    wished = request.GET.get("language", "")
    return wished if wished in LANGUAGES else LANGUAGES[0]


def _context(language: str) -> dict[str, Any]:
    return {"room": "people", "spoken": language, "languages": _NAMES.items()}
