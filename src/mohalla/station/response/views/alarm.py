"""`/desk/alarms/<key>/`: one alarm, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mohalla.foundation import clock
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions as casework
from mohalla.station.casework.views.viewer import desk, language
from mohalla.station.response import actions, queries, seen
from mohalla.station.response.forms import EndForm, SendForm
from mohalla.station.response.models import Alarm, ChildSearch

Act = Callable[[HttpRequest, Viewer, Alarm, datetime], str]


@require_safe
@desk
def alarm(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
    """Where, how to reach her, who was rung. Danger waits for no proof; that it was opened stays."""
    found, at = _alarm(viewer, key), clock.now()
    casework.note_alarm(case=found.case, viewer=viewer, at=at)
    context = seen.page(found, viewer, language(), at) | {"room": "alarms"}
    context |= {"send": SendForm(desks=context["near_desks"]), "end": EndForm()}
    return render(request, "response/alarm.html", context)


def _alarm(viewer: Viewer, key: UUID) -> Alarm:
    try:
        return queries.alarm_for(viewer, key)
    except queries.AlarmHidden:
        raise Http404 from None


def _doing(act: Act) -> Callable[..., HttpResponseBase]:
    """One press: the act, a word about it, back to the alarm."""

    @require_POST
    @desk
    def pressed(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
        found = _alarm(viewer, key)
        try:
            messages.success(request, act(request, viewer, found, clock.now()))
        except actions.AlarmOver:
            messages.error(request, _("This alarm is over already."))
        except ChildSearch.DoesNotExist:
            messages.error(request, _("No child is looked for here."))
        except actions.Unreachable:
            messages.error(request, _("That desk may not have this alarm. Choose another one."))
        return HttpResponseRedirect(reverse("alarms:alarm", args=[key]))

    return pressed


def _see(request: HttpRequest, viewer: Viewer, found: Alarm, at: datetime) -> str:
    actions.see(alarm=found, viewer=viewer, at=at)
    return _("Seen. It sounds no more; the person is told that somebody is on it.")


def _go(request: HttpRequest, viewer: Viewer, found: Alarm, at: datetime) -> str:
    actions.go(alarm=found, viewer=viewer, at=at)
    return _("Somebody is on the way; the person is told.")


def _arrive(request: HttpRequest, viewer: Viewer, found: Alarm, at: datetime) -> str:
    actions.arrive(alarm=found, viewer=viewer, at=at)
    return _("Arrived. It ends when somebody has met the person or spoken with them.")


def _send(request: HttpRequest, viewer: Viewer, found: Alarm, at: datetime) -> str:
    form = SendForm(request.POST, desks=seen.near_desks(found, units.directory(), language()))
    if not form.is_valid():
        raise actions.Unreachable(found.pk)
    actions.send(
        alarm=found, unit=int(form.cleaned_data["unit"]), note=form.cleaned_data["note"],
        viewer=viewer, at=at,
    )  # fmt: skip
    return _("It rings there now as well.")


def _end(request: HttpRequest, viewer: Viewer, found: Alarm, at: datetime) -> str:
    form = EndForm(request.POST)
    if not form.is_valid():
        return _("Nothing was changed. Say whether you met the person or spoke with them.")
    actions.end(alarm=found, viewer=viewer, how=form.cleaned_data["how"], at=at)
    return _("The alarm is over. The case stays open.")


def _family(request: HttpRequest, viewer: Viewer, found: Alarm, at: datetime) -> str:
    actions.stand_by_family(case=found.case, viewer=viewer, at=at)
    return _("You speak with the family from now on; they see your rank and desk.")


def _found(request: HttpRequest, viewer: Viewer, found: Alarm, at: datetime) -> str:
    actions.find_child(case=found.case, viewer=viewer, at=at)
    return _("The child is found. End the alarm when you have met the child.")


family, found = _doing(_family), _doing(_found)
see, go, arrive = _doing(_see), _doing(_go), _doing(_arrive)
send, end = _doing(_send), _doing(_end)
