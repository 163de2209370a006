"""Addresses of alerts: the public page, and the desk's side."""

from __future__ import annotations

from django.urls import path

from mohalla.crisis.alerts.views import desk, public

urlpatterns = [
    path("alerts/", public.page, name="alerts"),
    path("desk/alerts/", desk.overview, name="desk-alerts"),
    path("desk/alerts/new/", desk.new, name="desk-alert-new"),
    path("desk/alerts/<uuid:key>/", desk.one, name="desk-alert"),
    path("desk/notices/", desk.figures, name="desk-notices"),
]
