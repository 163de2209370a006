"""`/log/`: the public register as files that other programs read, and what it is in plain words."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mohalla.foundation.ledger import key
from mohalla.foundation.ledger.rules import tiles
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.site import offline
from mohalla.site import scripts as stated

A_YEAR = 31536000
OCTETS = "application/octet-stream"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """How large it is, who watches it, its key, and how to check a receipt."""
    verifier = key.signer().verifier
    note = key.store().checkpoint(verifier)
    witnesses = key.witnesses()
    context = {
        "key": str(verifier),
        "size": Checkpoint.parse(note.text).size if note else 0,
        "checkpoint": str(note or ""),
        "witnesses": [(row.name, bool(note and note.by(row))) for row in witnesses],
        "wanted": settings.WITNESS_QUORUM,
        "scripts": stated.listed(),
    }
    return render(request, "site/log.html", context)


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed root (c2sp.org/tlog-checkpoint)."""
    note = key.store().checkpoint(key.signer().verifier)
    if note is None:
        raise Http404
    response = HttpResponse(str(note), content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=2"
    return response


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """How the keys of the register followed each other (`rules/succession.py`)."""
    response = HttpResponse(key.history(), content_type="application/json; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


@require_safe
def scripts(request: HttpRequest) -> HttpResponse:
    """Which scripts our pages load, proved (c2sp.org/tlog-proof): what a monitor compares with."""
    found = stated.proof()
    if found is None:
        raise Http404
    response = HttpResponse(found, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


@require_safe
def tile(request: HttpRequest, name: str) -> HttpResponse:
    """Hashes and entries (c2sp.org/tlog-tiles); nothing else of the folder is ever served."""
    name = f"tile/{name}"
    if not tiles.NAME.fullmatch(name):
        raise Http404
    try:
        content = (key.store().folder / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise Http404 from None
    response = HttpResponse(content, content_type=OCTETS)
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """The page that checks receipts without us, to keep: one file, opened from the disk."""
    response = HttpResponse(
        offline.page(get_language() or "ur"), content_type="text/html; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="mohalla-check.html"'
    return response
