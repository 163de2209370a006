"""A confidential report that is sealed on the sender's own device: `/report/`, from "what" on.

The server gives the page with all its steps at once, the keys of the desks, and takes what was
sealed. No word, name, place or number is in any request before that.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mohalla.foundation import catalogue, clock, identifiers, limiter
from mohalla.foundation.reports.submission import ContactWish, SealedWords, Submission
from mohalla.foundation.units import queries as units
from mohalla.stages.access import actions
from mohalla.stages.access.forms import About, Contact, Danger, Tell, Where
from mohalla.stages.access.queries import choosing, rights, sealing, tracked
from mohalla.stages.access.queries.sealing import Allowed
from mohalla.stages.access.rules import sealed as shape
from mohalla.stages.access.rules.phones import PhoneUnclear, canonical_phone
from mohalla.stages.access.views import later
from mohalla.stages.access.views.draft import Draft
from mohalla.stages.access.views.uploads import MOST_FILES

# what goes into the envelope and nowhere else
INSIDE = (
    "text", "place", "landmark", "lat", "lon", "danger", "happened", "on", "about_officer", "name",
    "phone", "way", "safe_from", "safe_to",
)  # fmt: skip
CONFLICT = 409


def offered(draft: Draft, at: datetime) -> bool:
    """Whether this matter can be sealed on the device: it is confidential, its desks have keys."""
    if draft.values.get("unsealed") or "category" not in draft.values:
        return False
    return _allowed(_matter(draft.values), at) is not None


def page(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Every step on one page; what is left without scripts stands on it until they have begun."""
    at, language = clock.now(), get_language() or "ur"
    category = catalogue.get().categories.get(draft.values.get("category", ""))
    forms = [Tell(), Where(places=choosing.mohallas(language, at)), Danger(), Contact()]
    if category is not None and category.about_police:
        forms.insert(3, About(units=choosing.units_named(language)))
    apart = category is None or category.sensitivity == "C3"
    districts = choosing.districts(language)
    about = {
        "category": category.code if category else "",
        "district": districts[0][0] if districts else "",
        "police": bool(category and category.about_police),
        "apart": apart,
        "sealed": INSIDE,
        "names": _labels(forms),
        "upload": "/api/v1/attachments",
        "key": draft.key,
        "nothing": _("nothing written"),
        "remove": _("Remove"),
    }
    context = {
        "draft": draft, "category": category, "apart": apart, "districts": districts,
        "forms": {type(form).__name__.lower(): form for form in forms},
        "about": about, "salt": identifiers.receipt_salt(), "csrf": get_token(request),
        "most": settings.ATTACHMENT_MB * 1024 * 1024, "language": language,
        "hidden": draft.hidden(()),
        "rights": rights.recording(language) if category and category.rights else {},
    }  # fmt: skip
    return render(request, "access/report/sealed.html", context)


def keys(request: HttpRequest) -> HttpResponse:
    """The keys of the desks that may have it, as routing says at this moment."""
    found = _allowed(_submission(request, None), clock.now())
    if found is None:
        return JsonResponse({"problem": _no_desk()}, status=CONFLICT)
    language = get_language() or "ur"
    return JsonResponse(_told(found, language))


def take(request: HttpRequest) -> HttpResponse:
    """What was sealed becomes a report; answers with the page of its promise."""
    wait = limiter.wait(request, what="report")
    if wait:
        words = _("Very many reports come from your line just now. Please wait a few minutes.")
        response = JsonResponse({"problem": words}, status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    at = clock.now()
    try:
        sealed = _sealed(request)
        shape.check(sealed)
        submission = _submission(request, sealed)
    except (shape.NotSealed, ValueError, PhoneUnclear):
        return JsonResponse({"problem": _unreadable()}, status=422)
    try:
        kept = actions.accept_again(submission=submission, at=at)
    except actions.ReportRefused as refusal:
        if refusal.reason == "keys":
            return JsonResponse({"problem": _no_desk()}, status=CONFLICT)
        return JsonResponse({"problem": _unreadable()}, status=422)
    if later.asked_for(request):
        return JsonResponse({"reference": kept.reference})
    language = get_language() or "ur"
    context = {
        "kept": kept, "token": sealed.token, "reachable": bool(submission.contact),
        "in_danger": bool(submission.danger),
        "promise": tracked.promise_seen(
            kept.promise, units.directory(), kept.excluded, language, at
        ),
        "address": request.build_absolute_uri(f"/{language}/track/"),
        "emergency_number": settings.EMERGENCY_NUMBER,
    }  # fmt: skip
    return render(request, "access/report/done_sealed.html", context)


def _allowed(submission: Submission, at: datetime) -> Allowed | None:
    category = catalogue.get().categories.get(submission.category)
    directory = units.directory()
    located = actions.locate(submission, directory, at)
    route = actions.routed_now(submission, category, directory, located, at)
    return sealing.allowed(route, category, directory)


def _matter(values: dict[str, str]) -> Submission:
    districts = choosing.districts(get_language() or "ur")
    return Submission(
        door="web", category=values.get("category", ""), unit=districts[0][0] if districts else ""
    )


def _submission(request: HttpRequest, sealed: SealedWords | None) -> Submission:
    """All that is told in the open: what it is about, where it goes, whom to keep out, how urgent."""
    said = request.POST
    on = said.get("about_on", "")
    files = said.get("files", "").split()
    if len(files) > MOST_FILES:
        raise ValueError("files")
    return Submission(
        door="web",
        language=get_language() or "ur",
        category=said.get("category", ""),
        unit=said.get("district", ""),
        about_unit=said.get("about_unit", ""),
        happened_at=datetime.combine(date.fromisoformat(on), time(), clock.PKT) if on else None,
        danger={"yes": True, "no": False}.get(said.get("danger", "")),
        woman_officer=said.get("woman_officer") == "yes",
        contact=_news(request),
        attachments=tuple(UUID(name) for name in files),
        idempotency_key=said.get("key", "")[:128],
        told_at=later.told_at(request, clock.now()),
        sealed=sealed,
    )


def _sealed(request: HttpRequest) -> SealedWords:
    said = request.POST
    inner, outer = said.get("inner", ""), said.get("outer", "")
    return SealedWords(
        token=said.get("token", ""),
        recipient=said.get("recipient", ""),
        envelope=_lines(said.get("envelope", "")),
        keys=tuple(
            (name, _lines(each)) for name, each in shape.keys(_json(said.get("keys", ""))).items()
        ),
        identity=_lines(said.get("identity", "")),
        inner=int(inner) if inner else None,
        outer=int(outer) if outer else None,
    )


def _lines(armoured: str) -> str:
    """Forms travel with CR LF between lines."""
    return armoured.replace("\r\n", "\n").strip()


def _json(text: str) -> object:
    if len(text) > 64 * 1024:
        raise shape.NotSealed("keys")
    return json.loads(text)


def _news(request: HttpRequest) -> ContactWish | None:
    """A number that she wants our machine to know, for neutral news; else it is in the envelope."""
    typed = request.POST.get("phone", "").strip()
    if not typed:
        return None
    first, last = request.POST.get("safe_from", ""), request.POST.get("safe_to", "")
    both = first and last and first != last
    return ContactWish(
        kind="phone", value=canonical_phone(typed),
        safe_from=int(first) if both else None, safe_to=int(last) if both else None,
    )  # fmt: skip


def _told(found: Allowed, language: str) -> dict[str, Any]:
    directory = units.directory()

    def name(unit: int) -> str:
        names = directory.units[unit].names
        return names.get(language) or names["ur"]

    identity = None
    if found.inner and found.outer:
        identity = {
            role: {"unit": key.unit, "recipient": key.recipient, "name": name(key.unit)}
            for role, key in (("inner", found.inner), ("outer", found.outer))
        }
    return {
        "desks": [
            {"id": str(key.id), "recipient": key.recipient, "name": name(key.unit)}
            for key in found.desks
        ],
        "identity": identity,
    }


def _labels(forms: list[Any]) -> dict[str, str]:
    hidden = {"lat", "lon", "open_words"}
    return {
        name: str(field.label)
        for form in forms
        for name, field in form.fields.items()
        if name not in hidden
    }


def _no_desk() -> str:
    return _(
        "No desk that may have this can open a sealed report just now. Nothing was sent. You can "
        "go back and send it without the lock, or go to any station."
    )


def _unreadable() -> str:
    return _("What your phone sent did not arrive whole. Nothing was kept. Please send it again.")
