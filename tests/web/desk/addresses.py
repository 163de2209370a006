"""The addresses of the desk beside those of the site, until the site has them itself."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from mohalla.site.urls import urlpatterns as site_urls
from mohalla.site.views import signing
from mohalla.station.presence.views.who import who

handler400 = "mohalla.site.views.bad_request"
urlpatterns: list[URLPattern | URLResolver] = [
    *site_urls,
    path("desk/people/", include("mohalla.station.presence.urls")),
    path("who/", who, name="who"),
    path("desk/", include("mohalla.station.casework.urls")),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
]
