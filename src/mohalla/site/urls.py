"""Every address, in one list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from mohalla.site import views

handler400 = "mohalla.site.views.bad_request"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.front, name="front"),
    path("font/", views.font, name="font"),
    path("leave/", views.leave, name="leave"),
    path("style/", views.style, name="style"),
    path("", include("mohalla.stages.access.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
