"""Addresses under `/desk/people/`; the public card is mounted by the site at `/who/`."""

from __future__ import annotations

from django.urls import path

from mohalla.station.presence.views import accounts, people

app_name = "people"
urlpatterns = [
    path("", people.overview, name="overview"),
    path("post/", people.post, name="post"),
    path("end/", people.end, name="end"),
    path("hours/", people.hours, name="hours"),
    path("leave/", people.leave, name="leave"),
    path("back/", people.back, name="back"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/passkeys/<uuid:key>/removal", accounts.removal, name="passkey-removal"),
]
