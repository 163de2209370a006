"""Addresses of the front desk."""

from __future__ import annotations

from django.urls import path

from mohalla.stages.access import views

urlpatterns = [
    path("report/", views.report, name="report"),
]
