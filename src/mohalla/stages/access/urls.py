"""Addresses of the front desk."""

from __future__ import annotations

from django.urls import path

from mohalla.stages.access import views
from mohalla.stages.access.api.mine import api

urlpatterns = [
    path("report/", views.report, name="report"),
    path("track/", views.track, name="track"),
    path("desk/new/", views.counter, name="counter"),
    path("api/v1/", api.urls),
]
