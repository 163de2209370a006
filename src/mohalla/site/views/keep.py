"""`/keep/`: this phone also without network, for who chooses so; nothing of it is there before."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mohalla.foundation import identifiers
from mohalla.site import scripts
from mohalla.site.views.reading import WIPED
from mohalla.stages.access.queries import choosing

WORKER = "keep.js"
COLOURS = {"notes": "#5b6b7a", "lists": "#3f6f5e", "calendar": "#7a5b52"}
SIZES = ("192", "512")


@require_safe
def keep(request: HttpRequest) -> HttpResponse:
    """The choice, and what is written without network; says neither who we are nor what about."""
    language = get_language() or "ur"
    context = {
        "masks": [(mask, name, static(f"keep/{mask}-192.png")) for mask, name in _masks().items()],
        "districts": choosing.districts(language),
        "news": _("There is news."),
    }
    return render(request, "site/keep.html", context)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The page's own script, for the whole site: from the package, as its hash in the register is."""
    content = (scripts.FOLDER / WORKER).read_bytes()
    response = HttpResponse(content, content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@require_safe
def now(request: HttpRequest) -> JsonResponse:
    """What a queue needs to send: the token of forms, the salt of receipts, the first district."""
    districts = choosing.districts(get_language() or "ur")
    return JsonResponse(
        {
            "csrf": get_token(request),
            "salt": identifiers.receipt_salt(),
            "district": districts[0][0] if districts else "",
        }
    )


@require_safe
def gone(request: HttpRequest) -> HttpResponse:
    """Asked for by a phone that deleted all: the browser then clears its files too, as on leaving."""
    response = HttpResponse(status=204)
    response.headers["Clear-Site-Data"] = WIPED
    return response


@require_safe
def manifest(request: HttpRequest, mask: str) -> HttpResponse:
    """An app with a name and a picture that say nothing."""
    name = _masks()[mask]
    language = get_language() or settings.LANGUAGE_CODE
    told = {
        "id": "/keep/",
        "name": name,
        "short_name": name,
        "lang": language,
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": f"/{language}/keep/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbfaf5",
        "theme_color": COLOURS[mask],
        "icons": [
            {
                "src": static(f"keep/{mask}-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": "any maskable",
            }
            for size in SIZES
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")


def _masks() -> dict[str, str]:
    return {"notes": _("Notes"), "lists": _("Lists"), "calendar": _("Calendar")}
