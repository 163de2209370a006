"""`/desk/cases/<reference>/evidence…`: the originals, their hands, and the bundle for a court."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from mohalla.foundation import catalogue, clock, files
from mohalla.foundation.clock.dates import full_date
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.models import Attachment
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions, bundles, hands, names
from mohalla.station.casework.forms import (
    AddForm,
    BundleForm,
    CheckForm,
    DeviceForm,
    HandForm,
    ReturnForm,
)
from mohalla.station.casework.models import Case
from mohalla.station.casework.names import Choices
from mohalla.station.casework.views.moving import desks
from mohalla.station.casework.views.refusals import NotForThisDesk
from mohalla.station.casework.views.verbs import Answers, Doing, Verb, resource
from mohalla.station.casework.views.viewer import (
    ask_for_proof,
    case_unopened,
    desk,
    language,
    opened_case,
)

BACK = "desk:evidence"
UNIT, BODY = "unit:", "body:"


@require_safe
@desk
def page(request: HttpRequest, viewer: Viewer, reference: str) -> HttpResponse:
    """Each original with every hand it went through."""
    case, directory = opened_case(request, viewer, reference), units.directory()
    lines = [
        {
            "at": act.row.happened_at if act.row else act.entry.at,
            "what": names.done(act.entry.what, act.entry.facts, language()),
            "to": hands.to_whom(act.entry.facts, directory, language()),
            "by": names.said_by(directory, act.entry.by, language()),
            "row": act.row,
            "words": actions.words_of(act.row) if act.row else None,
            "file": act.attachment,
            "place": act.entry.position,
        }
        for act in hands.of(case)
    ]
    context = {
        "case": case,
        "files": [
            {"row": row, "number": number, "acts": [x for x in lines if x["file"] == str(row.pk)]}
            for number, row in enumerate(hands.originals(case), start=1)
        ],
        "others": [line for line in lines if not line["file"]],
        "out": hands.out(case),
        "mine": case.unit_id in viewer.units,
    }
    return render(request, "casework/evidence.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@desk
def bundle(request: HttpRequest, viewer: Viewer, reference: str) -> HttpResponseBase:
    """Who takes it away, and what for, is written down; a fresh proof whatever the class."""
    case_unopened(viewer, reference)
    ask_for_proof(request)
    case, at = opened_case(request, viewer, reference), clock.now()
    form = BundleForm(request.POST or None, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            made = bundles.taken(case, viewer=viewer, purpose=form.cleaned_data["purpose"], at=at)
        except bundles.REFUSED as refused:
            form.add_error(None, bundles.said(refused))
        else:
            return sent(made)
    status = 422 if request.method == "POST" else 200
    context = {"verb": BUNDLE, "case": case, "form": form, "back": BACK}
    return render(request, "casework/verb.html", context, status=status)


def sent(made: bundles.Bundle) -> StreamingHttpResponse:
    """The bundle as the answer to a request."""
    response = StreamingHttpResponse(made.stream, content_type="application/zip")
    response.headers["Content-Length"] = str(made.size)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _originals(case: Case) -> Choices:
    return [
        (str(row.pk), f"{number} · {row.media_type} · {full_date(row.uploaded_at, language())}")
        for number, row in enumerate(hands.originals(case), start=1)
    ]


def _file(case: Case, key: str) -> Attachment | None:
    return case.report.attachments.get(pk=UUID(key)) if key else None


def _words(said: Answers) -> actions.Words:
    return actions.Words(person=said["person"], number=said["number"], note=said["note"])


def _ours(doing: Doing) -> None:
    if doing.case.unit_id not in doing.viewer.units:
        raise NotForThisDesk


def _to_hand(doing: Doing) -> dict[str, Any]:
    holders = catalogue.get().holders.values()
    return {
        "files": _originals(doing.case),
        "holders": [(BODY + row.code, row.name(language())) for row in holders],
        "units": [(UNIT + key, name) for key, name in desks(doing.case)],
        "initial": {"happened_at": doing.at},
    }


def _hand(doing: Doing, said: Answers) -> object:
    _ours(doing)
    to = str(said["to"])
    return actions.hand_evidence(
        case=doing.case, attachment=_file(doing.case, said["file"]), viewer=doing.viewer,
        at=doing.at, happened_at=said["happened_at"], medium=said["medium"], words=_words(said),
        holder=to.removeprefix(BODY) if to.startswith(BODY) else "",
        unit=int(to.removeprefix(UNIT)) if to.startswith(UNIT) else None,
    )  # fmt: skip


def _to_return(doing: Doing) -> dict[str, Any]:
    directory = units.directory()
    rows = [
        (str(row.pk), " · ".join((
            hands.to_whom({"act": "", "holder": row.holder, "unit": row.unit_id}, directory, language()),
            str(row.get_medium_display()), full_date(row.happened_at, language()),
        )))
        for row in hands.out(doing.case)
    ]  # fmt: skip
    return {"out": rows, "initial": {"happened_at": doing.at}}


def _return(doing: Doing, said: Answers) -> object:
    _ours(doing)
    return actions.bring_back(
        handed=doing.case.custody.get(pk=UUID(said["handed"])), viewer=doing.viewer, at=doing.at,
        happened_at=said["happened_at"], words=_words(said),
    )  # fmt: skip


def _add(doing: Doing, said: Answers) -> object:
    _ours(doing)
    kept = reports.keep_attachment(
        upload=said["photo"], at=doing.at, door="desk", by=doing.viewer.by,
        told_at=said["happened_at"],
    )  # fmt: skip
    return actions.add_evidence(
        case=doing.case, attachment=kept, viewer=doing.viewer, at=doing.at,
        happened_at=said["happened_at"], words=_words(said),
    )  # fmt: skip


def _keep(doing: Doing, said: Answers) -> object:
    _ours(doing)
    return actions.keep_handset(
        case=doing.case, viewer=doing.viewer, at=doing.at, happened_at=said["happened_at"],
        words=_words(said),
    )  # fmt: skip


def _check(doing: Doing, said: Answers) -> object:
    file = _file(doing.case, said["file"])
    assert file is not None
    found = actions.check_original(
        case=doing.case, attachment=file, viewer=doing.viewer, at=doing.at
    )
    if not found.whole:
        raise files.Damaged(file.sha256)
    return found


def _now(doing: Doing) -> dict[str, Any]:
    return {"initial": {"happened_at": doing.at}}


handed = resource(
    Verb(
        title=gettext_lazy("Hand over evidence"), icon="arrow-next", form=HandForm, fill=_to_hand,
        act=_hand, back=BACK, closed_too=True, done=gettext_lazy("It stands in the register."),
        hint=gettext_lazy("The original stays here, sealed. Write down what left the house, and with whom."),
    )
)  # fmt: skip
returned = resource(
    Verb(
        title=gettext_lazy("Evidence came back"), icon="arrow-back", form=ReturnForm,
        fill=_to_return, act=_return, back=BACK, closed_too=True,
        done=gettext_lazy("It stands in the register."),
    )
)  # fmt: skip
added = resource(
    Verb(
        title=gettext_lazy("Add evidence"), icon="camera", form=AddForm, fill=_now, act=_add,
        back=BACK, closed_too=True, done=gettext_lazy("Kept byte for byte, with its hash."),
        hint=gettext_lazy("Take the file from the device itself, not from a chat: chats change it."),
    )
)  # fmt: skip
device = resource(
    Verb(
        title=gettext_lazy("The device stays with its owner"), icon="phone", form=DeviceForm,
        fill=_now, act=_keep, back=BACK, closed_too=True,
        done=gettext_lazy("It stands in the register."),
        hint=gettext_lazy("Ask the owner to keep it, and to delete nothing on it: without the device or a forensic report a court may refuse a recording."),
    )
)  # fmt: skip
checked = resource(
    Verb(
        title=gettext_lazy("Check an original"), icon="check", form=CheckForm,
        fill=lambda doing: {"files": _originals(doing.case)}, act=_check, back=BACK,
        closed_too=True, done=gettext_lazy("It is byte for byte what came in."),
    )
)  # fmt: skip
BUNDLE = Verb(
    title=gettext_lazy("Bundle for a court"), icon="document", form=BundleForm, back=BACK,
    act=lambda doing, said: None, done="",
    hint=gettext_lazy("The originals, their certificate in English and Urdu, and the proof for each act: one file that is checked without us."),
)  # fmt: skip
