"""`/desk/keys/`: the keys of my desks. Browsers make, open and seal; here it is checked and kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from mohalla.foundation import clock
from mohalla.foundation.keys import actions
from mohalla.foundation.keys import queries as keys
from mohalla.foundation.keys.actions import KeyRefused, NewDeskKey
from mohalla.foundation.keys.rules import wire
from mohalla.foundation.keys.rules.wire import NotSealed
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.views.viewer import desk, language, proved
from mohalla.station.presence import key_rows

LONGEST = 400_000  # boxes for some hundred officers


@require_safe
@desk
@proved
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Which key stands at each of my desks, who holds it, who waits, what must be done."""
    at, said = clock.now(), language()
    found = key_rows.rows(viewer, at=at, language=said)
    context = {
        "room": "me", "rows": found, "wire": key_rows.wire(found),
        "asked": key_rows.asked(viewer, at=at, language=said),
        "holder": keys.held_by(viewer.officer, viewer.units),
    }  # fmt: skip
    return render(request, "presence/desk_keys.html", context)


@sensitive_post_parameters()
@require_POST
@desk
@proved
def make(request: HttpRequest, viewer: Viewer, code: str) -> HttpResponse:
    """The first key of a desk."""
    unit = _own_unit(viewer, code)

    def act(sent: Any) -> None:
        actions.make_desk_key(officer=viewer.officer, unit=unit, new=_new(sent), at=clock.now())

    return done(request, act, _("The desk has its key. Reports can be sealed to it from now on."))


@sensitive_post_parameters()
@require_POST
@desk
@proved
def rotate(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
    """A new version in place of the one that is named."""

    def act(sent: Any) -> None:
        actions.rotate_desk_key(officer=viewer.officer, older=key, new=_new(sent), at=clock.now())

    return done(request, act, _("The desk has a new key. Those who left cannot open what comes."))


@sensitive_post_parameters()
@require_POST
@desk
@proved
def give(request: HttpRequest, viewer: Viewer, key: UUID, to: UUID) -> HttpResponse:
    """The desk's key to a colleague, by the key of the colleague."""

    def act(sent: Any) -> None:
        sealed = wire.sealed(wire.part(sent, "sealed"))
        actions.give_desk_key(
            officer=viewer.officer, desk_key=key, to=to, sealed=sealed, at=clock.now()
        )

    return done(request, act, _("Given. Your colleague can open sealed reports of the desk now."))


@require_POST
@desk
@proved
def ask(request: HttpRequest, viewer: Viewer, code: str) -> HttpResponse:
    """For the shares of my desk's key; with `drill`, to see whether it would work."""
    unit, drill = _own_unit(viewer, code), bool(request.POST.get("drill"))

    def act(sent: Any) -> None:
        actions.ask_recovery(officer=viewer.officer, unit=unit, drill=drill, at=clock.now())

    return done(request, act, _("Asked. Those who keep the shares see it on their page of keys."))


@sensitive_post_parameters()
@require_POST
@desk
@proved
def share(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
    """My share for another desk, sealed to who asked."""

    def act(sent: Any) -> None:
        sealed = wire.sealed(wire.part(sent, "sealed"))
        actions.open_share(officer=viewer.officer, recovery=key, sealed=sealed, at=clock.now())

    return done(request, act, _("Your share is opened for the officer who asked, and nobody else."))


@sensitive_post_parameters()
@require_POST
@desk
@proved
def finish(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
    """Put together by who asked."""

    def act(sent: Any) -> None:
        told = wire.part(sent, "sealed")
        sealed = wire.sealed(told) if told else ""
        actions.finish(officer=viewer.officer, recovery=key, sealed=sealed, at=clock.now())

    return done(request, act, _("The shares fit together: the desk's key can be opened again."))


@require_POST
@desk
@proved
def end(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
    """Not wanted any more."""

    def act(sent: Any) -> None:
        actions.end_recovery(officer=viewer.officer, recovery=key, at=clock.now())

    return done(request, act, _("Ended."))


def done(
    request: HttpRequest, act: Callable[[Any], object], words: str, *, back: str = "keys"
) -> HttpResponse:
    """The act with what the script sent; back to the page with what came of it."""
    try:
        act(_sent(request))
    except NotSealed:
        messages.error(request, _("What your browser sent could not be read. Nothing was changed."))
    except KeyRefused as refused:
        if refused.reason == "not yours":
            raise Http404 from None
        messages.error(request, _("Something has changed meanwhile. Look again, and try again."))
    else:
        messages.success(request, words)
    return HttpResponseRedirect(reverse(back))


def _sent(request: HttpRequest) -> Any:
    text = request.POST.get("sent", "") or "{}"
    try:
        return json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        return None


def _new(sent: Any) -> NewDeskKey:
    older = wire.part(sent, "older_sealed")
    return NewDeskKey(
        recipient=wire.recipient(wire.part(sent, "recipient")),
        boxes=wire.sealed_for(wire.part(sent, "boxes")),
        shares=wire.sealed_for(wire.part(sent, "shares")),
        older_sealed=wire.sealed(older) if older else "",
    )


def _own_unit(viewer: Viewer, code: str) -> int:
    unit = units.directory().by_code.get(code)
    if unit is None or unit.id not in viewer.units:
        raise Http404
    return unit.id
