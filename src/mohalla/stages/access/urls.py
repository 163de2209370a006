"""Addresses of the front desk."""

from __future__ import annotations

from django.urls import path

from mohalla.stages.access import views
from mohalla.stages.access.api.papers import api

urlpatterns = [
    path("report/", views.report, name="report"),
    path("help/", views.help_now, name="help"),
    path("help/works/", views.works, name="help-works"),
    path("help/card/", views.card, name="card"),
    path("help/journey/", views.on_the_way, name="journey"),
    path("recording/", views.recording, name="recording"),
    path("track/", views.track, name="track"),
    path("track/lost/", views.lost, name="lost"),
    path("desk/claims/", views.claims, name="claims"),
    path("desk/claims/<uuid:key>/", views.claim, name="claim"),
    path("desk/prompts/", views.prompts, name="prompts"),
    path("desk/prompts/sound", views.prompt_sound, name="prompt-sound"),
    path("desk/new/", views.counter, name="counter"),
    path("api/v1/", api.urls),
]
