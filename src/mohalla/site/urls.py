"""Every address, in one list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mohalla.site import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.front, name="front"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
