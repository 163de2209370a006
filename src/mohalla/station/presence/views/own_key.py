"""`/desk/me/key/`: my key for sealed reports: made in my browser, behind my passkey or a phrase."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mohalla.foundation import clock
from mohalla.foundation.keys import actions
from mohalla.foundation.keys import queries as keys
from mohalla.foundation.keys.actions import Box
from mohalla.foundation.keys.rules import wire
from mohalla.foundation.people import answer
from mohalla.foundation.people import queries as people
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.views.viewer import desk, proved
from mohalla.station.presence.views.desk_keys import done
from mohalla.station.presence.views.prove import own


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@desk
@proved
def own_key(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Make it; where there is one, another passkey or a new phrase for it."""
    if not viewer.officer:
        raise Http404
    held = keys.held_by(viewer.officer, viewer.units)
    if request.method == "POST":
        return done(request, lambda sent: _keep(viewer, held, sent), _("Kept."), back="own-key")
    behind = {box.credential for box in held.boxes}
    able = [row for row in people.passkeys(own(request)) if row.prf]
    context = {
        "room": "me", "holder": held, **answer.place(request),
        "able": [row for row in able if row.credential not in behind],
        "behind": [row for row in able if row.credential in behind],
        "wire": [
            {"key": str(row.pk), "credential": row.credential, "transports": row.transports}
            for row in able if row.credential not in behind
        ],
    }  # fmt: skip
    return render(request, "presence/own_key.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
@proved
def end(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Lost, or seen by somebody: asked once more, then gone with all that it opens."""
    if not keys.held_by(viewer.officer, ()).recipient:
        return HttpResponseRedirect(reverse("own-key"))
    if request.method == "POST":
        return done(request, lambda _sent: _revoke(viewer), _("Your key is ended."), back="own-key")
    return render(request, "presence/own_key_end.html", {"room": "me"})


def _keep(viewer: Viewer, held: keys.Held, sent: Any) -> None:
    behind = wire.part(sent, "passkey")
    box = Box(
        sealed=wire.sealed(wire.part(sent, "sealed")), passkey=wire.key(behind) if behind else None
    )
    if held.recipient:
        actions.add_box(officer=viewer.officer, box=box, at=clock.now())
        return
    recipient = wire.recipient(wire.part(sent, "recipient"))
    actions.make_officer_key(
        officer=viewer.officer, recipient=recipient, boxes=[box], at=clock.now()
    )


def _revoke(viewer: Viewer) -> None:
    actions.revoke_officer_key(
        officer=viewer.officer, why="lost", by=viewer.officer, at=clock.now()
    )
