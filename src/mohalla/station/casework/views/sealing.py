"""A case that its sender's device sealed: what the desk's browser needs, and what may come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mohalla.foundation import clock, files
from mohalla.foundation.keys import queries as keys
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.seal import browser
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions, enveloped, identity, queries
from mohalla.station.casework.models import Case
from mohalla.station.casework.views.viewer import desk, opened_case


@dataclass(frozen=True, kw_only=True)
class SealedSeen:
    """`keys`: the report's key, sealed to the desks' keys, by their ids; `waits`: desks that were
    given the case and have none of it yet, as (name, id of the desk's key, its recipient)."""

    recipient: str
    keys: dict[str, str]
    envelope: dict[str, object]
    holder: Any
    waits: list[tuple[str, UUID, str]]
    named: bool  # name or number lie in a second envelope
    identity: str  # its inner layer, where two bodies agreed; sealed to this desk's key


def seen(case: Case, viewer: Viewer, *, language: str) -> SealedSeen | None:
    """None where the server can read it."""
    sealing = reports.sealing_of(case.report)
    if sealing is None:
        return None
    given = reports.keys_of_desks(case.report)
    return SealedSeen(
        recipient=sealing.recipient,
        keys={str(key): sealed for key, sealed in given.items()},
        envelope=enveloped.envelope(),
        holder=keys.held_by(viewer.officer, viewer.units),
        waits=queries.desks_without_key(case, language),
        named=bool(sealing.identity),
        identity=sealing.peeled if identity.is_open(case, viewer, at=clock.now()) else "",
    )


def stays_sealed(case: Case, form: forms.Form) -> bool:
    """Whether all words and files of a valid form are sealed, where the case is; else it says so."""
    if reports.readable(case.report):
        return True
    open_words = [
        name
        for name, field in form.fields.items()
        if isinstance(field.widget, forms.Textarea)
        and (value := form.cleaned_data.get(name))
        and not browser.is_sealed(value)
    ]
    open_files = [
        name
        for name in form.files
        if any(files.media_type(each) != files.SEALED for each in form.files.getlist(name))
    ]
    for name in (*open_words, *open_files):
        form.add_error(name, _unsealed())
    return not (open_words or open_files)


def _unsealed() -> str:
    return _(
        "This case is sealed, and this came unsealed: nothing was kept. Turn scripts on in your "
        "browser and send it again."
    )


@require_POST
@desk
def give(request: HttpRequest, viewer: Viewer, reference: str) -> HttpResponse:
    """The report's key for another desk of the case, sealed in the browser of one that opens it."""
    case = opened_case(request, viewer, reference)
    try:
        key = UUID(request.POST.get("desk_key", ""))
        actions.give_key(
            case=case, desk_key=key, sealed=request.POST.get("sealed", ""),
            officer=viewer.officer, at=clock.now(),
        )  # fmt: skip
    except (ValueError, actions.NotToThatDesk):
        messages.error(request, _("Something has changed meanwhile. Look again, and try again."))
    else:
        messages.success(request, _("That desk can open it now."))
    return HttpResponseRedirect(reverse("desk:case", args=[reference]))
