"""`/desk/cases/<reference>/reach`: the number of a C3 matter, for the call that is owed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mohalla.foundation import clock
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions
from mohalla.station.casework.dossier import contact_rules
from mohalla.station.casework.views.viewer import desk, opened_case


@require_POST
@desk
def reach(request: HttpRequest, viewer: Viewer, reference: str) -> HttpResponse:
    """Written down first, and shown to the reporter; the name is not on this page."""
    case = opened_case(request, viewer, reference)
    try:
        actions.note_number(case=case, viewer=viewer, at=clock.now())
    except actions.NumberHidden:
        messages.error(request, _("Your desk owes this person no call just now."))
        return HttpResponseRedirect(reverse("desk:case", args=[case.reference]))
    seen = {"contact": contact_rules(case.report, shown=True)}
    return render(request, "casework/reach.html", {"case": case, "seen": seen})
