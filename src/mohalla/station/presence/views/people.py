"""`/desk/people/`: postings, rosters and leave; changed only by who keeps them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from mohalla.foundation import clock
from mohalla.foundation.people import queries as people
from mohalla.foundation.people.models import Account, Officer
from mohalla.foundation.units import actions
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Beat, Leave, Posting, Unit
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import names
from mohalla.station.casework.names import Choices
from mohalla.station.casework.views.viewer import ask_for_proof, desk, language
from mohalla.station.presence import forms, queries

Answers = Mapping[str, Any]


def keeps(request: HttpRequest) -> bool:
    """Whether the signed-in account keeps units, rosters and accounts."""
    return isinstance(request.user, Account) and request.user.administers


@require_safe
@desk
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Everything for who keeps it; for others the colleagues of their own desks."""
    at = clock.now()
    keeper = keeps(request)
    context = {
        "room": "people",
        "keeper": keeper,
        "units": queries.posted(None if keeper else viewer.units, at=at, language=language()),
        "leaves": [
            (row, names.officer(units.directory(), row.officer_id, language()))
            for row in (queries.leaves(at=at) if keeper else [])
        ],
    }
    return render(request, "presence/people.html", context)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of the directory."""

    title: Any
    form: type[forms.PeopleForm]
    act: Callable[[Answers, str, datetime], object]
    fields: tuple[str, ...]


def changing(change: Change) -> Callable[..., HttpResponseBase]:
    """GET: the form, chosen beforehand by the query. POST: the change, then the list."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @desk
    def view(request: HttpRequest, viewer: Viewer) -> HttpResponse:
        if not keeps(request):
            raise Http404
        ask_for_proof(request)
        at = clock.now()
        bound = request.method == "POST"
        form = change.form(
            request.POST if bound else None,
            at=at,
            choices={name: CHOICES[name](at) for name in change.fields},
            initial=request.GET.dict(),
        )
        if bound and form.is_valid():
            change.act(form.cleaned_data, by_of(request), at)
            messages.success(request, str(gettext_lazy("Done.")))
            return HttpResponseRedirect(reverse("people:overview"))
        context = {"form": form, "change": change, "room": "people"}
        return render(request, "presence/change.html", context, status=422 if bound else 200)

    return view


def by_of(request: HttpRequest) -> str:
    """How the ledger names who keeps the directory."""
    return f"account:{request.user.pk}"


def _units(at: datetime) -> Choices:
    directory = units.directory()
    return [(str(key), names.unit(directory, key, language())) for key in directory.units]


def _officers(at: datetime) -> Choices:
    directory = units.directory()
    return [
        (str(row.pk), f"{names.officer(directory, row.pk, language())} ({row.belt})")
        for row in people.officers()
    ]


def _postings(at: datetime) -> Choices:
    return [
        (str(row.key), f"{row.officer} · {row.role} · {unit}")
        for unit, rows in queries.posted(None, at=at, language=language())
        for row in rows
    ]


def _beats(at: datetime) -> Choices:
    rows = Beat.objects.order_by("code")
    return [(str(row.pk), row.name_en if language() == "en" else row.name_ur) for row in rows]


def _leaves(at: datetime) -> Choices:
    directory = units.directory()
    return [
        (str(row.pk), names.officer(directory, row.officer_id, language()))
        for row in queries.leaves(at=at)
    ]


CHOICES: dict[str, Callable[[datetime], Choices]] = {
    "unit": _units,
    "officer": _officers,
    "posting": _postings,
    "beat": _beats,
    "leave": _leaves,
}


def _post(said: Answers, by: str, at: datetime) -> object:
    return actions.post(
        officer=Officer.objects.get(pk=said["officer"]), unit=Unit.objects.get(pk=said["unit"]),
        role=said["role"], beat=Beat.objects.filter(pk=said["beat"] or 0).first(),
        order_number=said["order_number"], by=by, at=at,
    )  # fmt: skip


def _end(said: Answers, by: str, at: datetime) -> object:
    return actions.end_posting(posting=Posting.objects.get(pk=said["posting"]), by=by, at=at)


def _hours(said: Answers, by: str, at: datetime) -> object:
    return actions.give_hours(
        posting=Posting.objects.get(pk=said["posting"]), weekdays="".join(said["weekdays"]),
        starts=said["starts"], ends=said["ends"], from_on=said["from_on"], by=by, at=at,
    )  # fmt: skip


def _leave(said: Answers, by: str, at: datetime) -> object:
    return actions.start_leave(
        officer=Officer.objects.get(pk=said["officer"]), until=said["until"],
        suspended=said["suspended"], note=said["note"], by=by, at=at,
    )  # fmt: skip


def _back(said: Answers, by: str, at: datetime) -> object:
    return actions.end_leave(leave=Leave.objects.get(pk=said["leave"]), by=by, at=at)


post = changing(
    Change(
        title=gettext_lazy("Post an officer"),
        form=forms.PostForm,
        act=_post,
        fields=("officer", "unit", "beat"),
    )
)
end = changing(
    Change(title=gettext_lazy("End a posting"), form=forms.EndForm, act=_end, fields=("posting",))
)
hours = changing(
    Change(
        title=gettext_lazy("Give duty hours"), form=forms.HoursForm, act=_hours, fields=("posting",)
    )
)
leave = changing(
    Change(
        title=gettext_lazy("Leave or suspension"),
        form=forms.LeaveForm,
        act=_leave,
        fields=("officer",),
    )
)
back = changing(
    Change(title=gettext_lazy("Back from leave"), form=forms.BackForm, act=_back, fields=("leave",))
)
