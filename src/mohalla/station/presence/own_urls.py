"""Addresses of an officer's own account, under `/desk/`."""

from __future__ import annotations

from django.urls import path

from mohalla.station.presence.views import me, prove

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/passkeys/", me.new, name="passkey-new"),
    path("me/passkeys/question/", me.question, name="passkey-question"),
    path("me/passkeys/<uuid:key>/removal", me.removal, name="passkey-removal"),
    path("me/sessions/end", me.end_others, name="sessions-end"),
    path("me/sessions/<uuid:key>/end", me.end, name="session-end"),
    path("prove/", prove.prove, name="prove"),
    path("prove/question/", prove.question, name="prove-question"),
]
