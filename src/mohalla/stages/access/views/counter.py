"""`/desk/new/`: an officer writes down what a caller or a visitor tells."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mohalla.foundation import clock, text
from mohalla.foundation.reports.submission import ContactWish, Submission
from mohalla.foundation.units import queries as units
from mohalla.stages.access import actions
from mohalla.stages.access.counter_form import Counter
from mohalla.stages.access.queries import choosing, tracked
from mohalla.stages.access.views import draft as drafts


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest) -> HttpResponse:
    """GET: the empty page. POST: the matters that fit the search words, or the receipt."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    at = clock.now()
    officer = _officer(request, at)
    if request.method != "POST":
        return _page(request, Counter(**_lists("")), key=drafts.fresh_key())
    given = {name: text.clean(request.POST[name]) for name in request.POST}
    key = given.get("key", "")
    key = key if 16 <= len(key) <= 128 else drafts.fresh_key()
    query = given.get("query", "").strip()[:200]
    form = Counter(given, **_lists(query))
    if _asks_for_matters(given, query):
        found = choosing.matters(query, get_language() or "ur")
        first = found[0][0] if found else ""
        return _page(
            request, Counter(initial=given | {"category": first}, **_lists(query)), key=key
        )
    if not form.is_valid():
        return _page(request, form, key=key, status=422)
    return _store(request, form, key, officer, at)


def _officer(request: HttpRequest, at: datetime) -> int:
    """The officer of the account, on a desk today; else there is no such page."""
    officer: int | None = getattr(request.user, "officer_id", None)
    directory = units.directory()
    if officer is None or directory.away(officer, at) or not directory.postings_of(officer, at):
        raise Http404
    return officer


def _asks_for_matters(given: dict[str, str], query: str) -> bool:
    """New search words are looked up first; pressing Enter again saves."""
    return given.get("go") == "find" or bool(
        given.get("go") != "save" and query and given.get("looked", "") != query
    )


def _lists(query: str) -> dict[str, Any]:
    language = get_language() or "ur"
    return {
        "categories": choosing.categories(language, query=query),
        "places": choosing.mohallas(language, clock.now()),
        "units": choosing.units_named(language),
    }


def _page(request: HttpRequest, form: Counter, *, key: str, status: int = 200) -> HttpResponse:
    query = form["query"].value() or ""
    context = {"form": form, "key": key, "looked": query, "room": "new"}
    return render(request, "access/counter/new.html", context, status=status)


def _store(
    request: HttpRequest, form: Counter, key: str, officer: int, at: datetime
) -> HttpResponse:
    try:
        kept = actions.accept(submission=_submission(form.cleaned_data, key, officer), at=at)
    except actions.ReportRefused as refusal:
        if refusal.reason != "idempotency":
            raise
        # changed after it was saved: a report of its own, nothing overwritten
        fresh = _submission(form.cleaned_data, drafts.fresh_key(), officer)
        kept = actions.accept(submission=fresh, at=at)
    language = get_language() or "ur"
    context = {
        "kept": kept,
        "promises": tracked.owed_now(kept.reference, language=language, at=at),
        "in_danger": form.cleaned_data["danger"] == "yes",
        "emergency_number": settings.EMERGENCY_NUMBER,
        "room": "new",
    }
    return render(request, "access/counter/done.html", context)


def _submission(answers: dict[str, Any], key: str, officer: int) -> Submission:
    first, last = answers["safe_from"], answers["safe_to"]
    both = first and last and first != last
    wish = ContactWish(
        kind="phone",
        value=answers["phone"],
        safe_from=int(first) if both else None,
        safe_to=int(last) if both else None,
        way=answers["way"] or "call",
    )
    return Submission(
        door=answers["door"],
        language=answers["language"],
        text=answers["text"],
        category=answers["category"],
        place=answers["place"],
        landmark=answers["landmark"],
        about_unit=answers["about_unit"],
        about_officer=answers["about_officer"],
        danger={"yes": True, "no": False}.get(answers["danger"]),
        woman_officer=answers["woman_officer"],
        name=answers["name"],
        contact=wish if answers["phone"] else None,
        idempotency_key=f"counter-{officer}-{key}"[:128],
        filed_by=officer,
    )
