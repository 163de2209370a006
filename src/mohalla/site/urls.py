"""Every address, in one list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from mohalla.channels.missed import views as missed
from mohalla.channels.ussd import views as ussd
from mohalla.site import views
from mohalla.site.views import invitation, keep, log, public_keys, signing
from mohalla.station.presence.views.who import who

handler400 = "mohalla.site.views.bad_request"
handler500 = "mohalla.site.views.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.front, name="front"),
    path("font/", views.font, name="font"),
    path("leave/", views.leave, name="leave"),
    path("style/", views.style, name="style"),
    path("keep/", keep.keep, name="keep"),
    path("keep/now", keep.now, name="keep-now"),
    path("keep/gone", keep.gone, name="keep-gone"),
    path("keep/worker.js", keep.worker, name="keep-worker"),
    path("keep/notes.webmanifest", keep.manifest, {"mask": "notes"}),
    path("keep/lists.webmanifest", keep.manifest, {"mask": "lists"}),
    path("keep/calendar.webmanifest", keep.manifest, {"mask": "calendar"}),
    path("", include("mohalla.stages.access.urls")),
    path("desk/alarms/", include("mohalla.station.response.urls")),
    path("", include("mohalla.crisis.alerts.urls")),
    path("desk/people/", include("mohalla.station.presence.urls")),
    path("desk/", include("mohalla.station.presence.own_urls")),
    path("desk/", include("mohalla.station.casework.urls")),
    path("who/", who, name="who"),
    path("keys/", public_keys.public_keys, name="public-keys"),
    path("keys/<uuid:key>/proof", public_keys.proof, name="public-key-proof"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-in/question/", signing.question, name="sign-in-question"),
    path("sign-in/invitation/", invitation.invitation, name="invitation"),
    path("sign-in/invitation/question/", invitation.question, name="invitation-question"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("log/", log.page, name="log"),
    path("log/checkpoint", log.checkpoint, name="log-checkpoint"),
    path("log/keys", log.keys, name="log-keys"),
    path("log/scripts", log.scripts, name="log-scripts"),
    path("log/tile/<path:name>", log.tile, name="log-tile"),
    path("log/check.html", log.check, name="log-check"),
    path("demo/", views.demo, name="demo"),
    path("demo/sign-in", views.demo_sign_in, name="demo-sign-in"),
    path("demo/sms", views.demo_sms),
    path("demo/clock", views.demo_clock),
    path("phone/dial/", views.dial, name="dial"),
    path("phone/", views.phone, name="phone"),
    path("sms/gateway/", include("mohalla.channels.sms.http.urls")),
    path("missed/gateway/", missed.told, name="missed-gateway"),
    path("ussd/gateway/", ussd.screen, name="ussd-gateway"),
    path("healthz", views.healthz, name="healthz"),
    path("metrics", views.metrics, name="metrics"),
    path("readyz", views.readyz, name="readyz"),
]
