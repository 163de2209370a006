"""`/report/`: one thing per page, at one address, without scripts and without an account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from mohalla.foundation import catalogue, clock, limiter
from mohalla.foundation.reports.submission import ContactWish, Submission
from mohalla.foundation.units import queries as units
from mohalla.stages.access import actions
from mohalla.stages.access.forms import FORMS, Step, happened_at
from mohalla.stages.access.queries import choosing, rights, tracked
from mohalla.stages.access.views import draft as drafts
from mohalla.stages.access.views import later, qr, sealed
from mohalla.stages.access.views.draft import Draft
from mohalla.stages.access.views.reading_back import read_back

SEALING = {"keys": sealed.keys, "seal": sealed.take}
BEFORE_WORDS = {"start", "what"}  # pages on which nothing is said yet
REFUSED_AT = {"empty": "tell", "too_long": "tell", "category": "what", "attachments": "tell"}


@sensitive_post_parameters()
def report(request: HttpRequest) -> HttpResponse:
    """GET: the first page. POST: the page that `step` and the pressed button `go` ask for."""
    if request.method != "POST":
        return _page(request, "start", Draft({}, [], drafts.fresh_key()))
    at = clock.now()
    go = request.POST.get("go", "")
    if go in SEALING:
        return SEALING[go](request)
    draft = drafts.read(request, at=at)
    step = request.POST.get("step", "start")
    step = step if step in FORMS else "start"
    if "pick" in request.POST:
        return _picked(request, draft, request.POST["pick"])
    if "drop" in request.POST or go in {"stay", "find"}:
        return _page(request, step, draft)
    if go in FORMS:
        return _page(request, go, draft)
    if go == "back":
        return _page(request, _beside(step, draft, -1), draft)
    if go == "send":
        return _send(request, draft, at)
    form = _form(step, draft, check=True)
    if draft.refused or not form.is_valid():
        return _page(request, step, draft, form=form, status=422)
    return _page(request, _beside(step, draft, +1), draft)


def _picked(request: HttpRequest, draft: Draft, code: str) -> HttpResponse:
    draft.values["category"] = ""
    if code in catalogue.get().categories:
        draft.values["category"] = code
    return _page(request, _beside("what", draft, +1), draft)


def _steps(draft: Draft) -> list[str]:
    category = catalogue.get().categories.get(draft.values.get("category", ""))
    about = category is not None and category.about_police
    return [step for step in FORMS if step != "about" or about]


def _beside(step: str, draft: Draft, way: int) -> str:
    steps = _steps(draft)
    at = steps.index(step) if step in steps else 0
    return steps[max(0, min(len(steps) - 1, at + way))]


def _form(step: str, draft: Draft, *, check: bool) -> Step:
    language = get_language() or "ur"
    extra: dict[str, Any] = {}
    if step == "tell":
        extra = {"files": len(draft.files)}
    elif step == "where":
        extra = {"places": choosing.mohallas(language, clock.now())}
    elif step == "about":
        extra = {"units": choosing.units_named(language)}
    kind = FORMS[step]
    if check:
        return kind(draft.values, **extra)
    first = {name: draft.values[name] for name in kind.base_fields if name in draft.values}
    return kind(initial=first, **extra)


def _page(
    request: HttpRequest,
    step: str,
    draft: Draft,
    *,
    form: Step | None = None,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    if step not in BEFORE_WORDS and sealed.offered(draft, clock.now()):
        return sealed.page(request, draft)
    form = form or _form(step, draft, check=False)
    steps = _steps(draft)
    book, language = catalogue.get(), get_language() or "ur"
    category = book.categories.get(draft.values.get("category", ""))
    context = {
        "step": step,
        "form": form,
        "draft": draft,
        "problem": problem,
        "hidden": draft.hidden(form.fields),
        "thread": [at <= steps.index(step) for at in range(1, len(steps))],
        "number": steps.index(step),
        "last": len(steps) - 1,
        "category": category,
        "category_name": category.name(language) if category else "",
        "rights": rights.recording(language) if category and category.rights else {},
        "in_danger": draft.values.get("danger") == "yes",
        **(_what(request) if step == "what" else {}),
        **(read_back(draft) if step == "check" else {}),
    }
    return render(request, f"access/report/{step}.html", context, status=status)


def _what(request: HttpRequest) -> dict[str, Any]:
    book = catalogue.get()
    language = get_language() or "ur"
    query = request.POST.get("query", "").strip()[:200]
    shelves = [
        (group.names[language], group.icon, _tiles(book.listed(code), language))
        for code, group in book.groups.items()
    ]
    return {
        "query": query,
        "found": _tiles(book.search(query, language), language) if query else [],
        "shelves": [shelf for shelf in shelves if shelf[2]],
    }


def _tiles(categories: Any, language: str) -> list[dict[str, str]]:
    return [
        {
            "code": category.code,
            "icon": category.icon,
            "name": category.name(language),
            "plain": category.plain.get(language, ""),
        }
        for category in categories
    ]


def _send(request: HttpRequest, draft: Draft, at: datetime) -> HttpResponse:
    answers: dict[str, Any] = {}
    for step in _steps(draft):
        form = _form(step, draft, check=True)
        if not form.is_valid():
            return _page(request, step, draft, form=form, status=422)
        answers |= form.cleaned_data
    wait = limiter.wait(request, what="report")
    if wait:
        return _slow_down(request, draft, wait)
    told_at = later.told_at(request, at)
    try:
        kept = actions.accept_again(submission=_submission(answers, draft, at, told_at), at=at)
    except actions.ReportRefused as refusal:
        return _page(
            request,
            REFUSED_AT[refusal.reason],
            draft,
            status=422,
            problem=_("Something here could not be taken. Please look at this page again."),
        )
    if later.asked_for(request):
        return JsonResponse({"reference": kept.reference, "receipt": kept.receipt})
    return _done(request, kept, answers, at)


def _slow_down(request: HttpRequest, draft: Draft, wait: int) -> HttpResponse:
    words = _(
        "Very many reports come from your line just now. Wait a few minutes and press Send again;"
        " all you wrote is still here. In a hurry: send an SMS, or go to any station."
    )
    response = _page(request, "check", draft, status=429, problem=words)
    response.headers["Retry-After"] = str(wait)
    return response


def _submission(
    answers: Mapping[str, Any], draft: Draft, at: datetime, told_at: datetime | None
) -> Submission:
    said_at = min(at, told_at or at)  # "today" is the day on which it was written
    return Submission(
        door="web",
        language=get_language() or "ur",
        text=answers["text"],
        category=answers["category"],
        place=answers["place"],
        landmark=answers["landmark"],
        lat=answers["lat"],
        lon=answers["lon"],
        about_unit=answers.get("about_unit", ""),
        about_officer=answers.get("about_officer", ""),
        happened_at=happened_at(answers["happened"], answers["on"], now=said_at),
        told_at=told_at,
        danger={"yes": True, "no": False}.get(answers["danger"]),
        woman_officer=answers["woman_officer"],
        name=answers["name"],
        contact=_wish(answers),
        attachments=tuple(file.id for file in draft.files),
        idempotency_key=draft.key,
    )


def _wish(answers: Mapping[str, Any]) -> ContactWish | None:
    if not answers["phone"]:
        return None
    first, last = answers["safe_from"], answers["safe_to"]
    both = first and last and first != last
    return ContactWish(
        kind="phone",
        value=answers["phone"],
        safe_from=int(first) if both else None,
        safe_to=int(last) if both else None,
        discreet=not answers["open_words"],
        way=answers["way"] or "sms",
    )


def _done(
    request: HttpRequest, kept: actions.Acknowledgement, answers: Mapping[str, Any], at: datetime
) -> HttpResponse:
    language = get_language() or "ur"
    address = request.build_absolute_uri(f"/{language}/track/")
    context = {
        "kept": kept,
        "reachable": bool(answers["phone"]) and answers["way"] != "none",
        "in_danger": answers["danger"] == "yes",
        "promise": tracked.promise_seen(
            kept.promise, units.directory(), kept.excluded, language, at
        ),
        "qr": qr.drawn(f"{address}#{kept.receipt}"),
        "emergency_number": settings.EMERGENCY_NUMBER,
    }
    return render(request, "access/report/done.html", context)
