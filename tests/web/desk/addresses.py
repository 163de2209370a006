"""The addresses of the site; those of people and of the officer card too, until it has them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from mohalla.site.urls import urlpatterns as site_urls
from mohalla.station.presence.views.who import who

handler400 = "mohalla.site.views.bad_request"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/people/", include("mohalla.station.presence.urls")),
    path("who/", who, name="who"),
    *site_urls,
]
