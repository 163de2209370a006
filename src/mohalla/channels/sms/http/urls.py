"""Addresses that a gateway calls."""

from __future__ import annotations

from django.urls import path

from mohalla.channels.sms.http import views

urlpatterns = [
    path("in", views.bring, name="sms-gateway-in"),
    path("receipt", views.report, name="sms-gateway-receipt"),
]
