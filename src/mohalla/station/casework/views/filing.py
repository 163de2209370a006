"""Keep the file: notes, links, merging."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from mohalla.foundation.text import reference as typed_reference
from mohalla.station.casework import actions, queries
from mohalla.station.casework.forms import LinkForm, NoteForm, OtherCaseForm
from mohalla.station.casework.models import Case
from mohalla.station.casework.views.verbs import Answers, Doing, Verb, resource


def _other(doing: Doing, said: Answers) -> Case:
    return queries.case_for(doing.viewer, typed_reference(said["other"]) or "-")


def _note(doing: Doing, said: Answers) -> object:
    return actions.note(
        case=doing.case, officer=doing.viewer.officer, kind=said["kind"], text=said["text"],
        at=doing.at,
    )  # fmt: skip


def _link(doing: Doing, said: Answers) -> object:
    other = _other(doing, said)
    if other.pk == doing.case.pk:
        raise queries.CaseHidden(other.reference)
    actions.link(
        case=doing.case, other=other, officer=doing.viewer.officer, why=said["why"], at=doing.at
    )
    return other


def _merge(doing: Doing, said: Answers) -> object:
    into = _other(doing, said)
    if into.closed_at is not None:
        raise actions.MergeRefused(into.reference)
    return actions.merge(case=doing.case, into=into, officer=doing.viewer.officer, at=doing.at)


note = resource(
    Verb(
        title=gettext_lazy("Write into the file"), icon="pen", form=NoteForm, closed_too=True, act=_note,
        done=gettext_lazy("It stands in the file."),
        hint=gettext_lazy("No men, no vehicle: say so here. It adds up to an argument for staff."),
    )
)  # fmt: skip
link = resource(
    Verb(
        title=gettext_lazy("Link with another case"), icon="people", form=LinkForm, closed_too=True, act=_link,
        done=gettext_lazy("Linked. Promises and reporters stay apart."),
    )
)  # fmt: skip
merge = resource(
    Verb(
        title=gettext_lazy("Merge into another case"), icon="people", form=OtherCaseForm, act=_merge,
        done=gettext_lazy("Merged. Every report and reporter stays."), grave=True,
        hint=gettext_lazy("Never for confidential matters, and nobody sees the words of another."),
    )
)  # fmt: skip
