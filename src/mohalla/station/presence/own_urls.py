"""Addresses of an officer's own account, under `/desk/`."""

from __future__ import annotations

from django.urls import path

from mohalla.station.presence.views import desk_keys, me, own_key, prove

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/passkeys/", me.new, name="passkey-new"),
    path("me/passkeys/question/", me.question, name="passkey-question"),
    path("me/passkeys/<uuid:key>/removal", me.removal, name="passkey-removal"),
    path("me/sessions/end", me.end_others, name="sessions-end"),
    path("me/sessions/<uuid:key>/end", me.end, name="session-end"),
    path("me/key/", own_key.own_key, name="own-key"),
    path("me/key/end", own_key.end, name="own-key-end"),
    path("keys/", desk_keys.overview, name="keys"),
    path("keys/<slug:code>/make", desk_keys.make, name="key-make"),
    path("keys/<uuid:key>/rotate", desk_keys.rotate, name="key-rotate"),
    path("keys/<uuid:key>/give/<uuid:to>", desk_keys.give, name="key-give"),
    path("keys/<slug:code>/recovery", desk_keys.ask, name="key-recovery"),
    path("keys/recoveries/<uuid:key>/share", desk_keys.share, name="key-share"),
    path("keys/recoveries/<uuid:key>/finish", desk_keys.finish, name="key-finish"),
    path("keys/recoveries/<uuid:key>/end", desk_keys.end, name="key-recovery-end"),
    path("prove/", prove.prove, name="prove"),
    path("prove/question/", prove.question, name="prove-question"),
]
