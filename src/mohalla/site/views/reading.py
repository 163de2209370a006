"""How a page is read, and how it is left."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from mohalla.site.context import FONT_COOKIE, LEAVE_FOR

YEAR = 365 * 24 * 3600
WIPED = '"cache", "storage"'
OWN_COOKIES = (
    settings.SESSION_COOKIE_NAME,
    settings.CSRF_COOKIE_NAME,
    settings.LANGUAGE_COOKIE_NAME,
    FONT_COOKIE,
)


def font(request: HttpRequest) -> HttpResponse:
    """Nastaliq for who chooses it, in a cookie that says nothing else; then back to the page."""
    back = request.GET.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    if request.GET.get("to") == "nastaliq":
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(FONT_COOKIE, "nastaliq", max_age=YEAR, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(FONT_COOKIE)
    return response


def leave(request: HttpRequest) -> HttpResponse:
    """Away to a harmless page; all that this site left in the browser goes, a kept draft too.

    Our own cookies one by one: `"cookies"` in the header would also sign her out of every other
    service below the same domain.
    """
    request.session.flush()
    response = HttpResponseRedirect(LEAVE_FOR)
    response.headers["Clear-Site-Data"] = WIPED
    for name in OWN_COOKIES:
        response.delete_cookie(name, samesite="Lax")
    return response
