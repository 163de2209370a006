"""Addresses under `/desk/alarms/`."""

from __future__ import annotations

from django.urls import path

from mohalla.station.response.views import alarm, alarms

app_name = "alarms"
urlpatterns = [
    path("", alarms.alarms, name="alarms"),
    path("strip", alarms.strip, name="strip"),
    path("<uuid:key>/", alarm.alarm, name="alarm"),
    path("<uuid:key>/seen", alarm.see, name="seen"),
    path("<uuid:key>/going", alarm.go, name="going"),
    path("<uuid:key>/arrived", alarm.arrive, name="arrived"),
    path("<uuid:key>/sent", alarm.send, name="sent"),
    path("<uuid:key>/family", alarm.family, name="family"),
    path("<uuid:key>/found", alarm.found, name="found"),
    path("<uuid:key>/ended", alarm.end, name="ended"),
]
