"""Into the books and the file: FIR, roznamcha, refusal, letter, stage, note. Nothing here saves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mohalla.station.casework.forms.shape import CODE, LINE, Act, day, words
from mohalla.station.casework.models import Note
from mohalla.station.casework.names import Choices

BOOKS = [Note.Kind.NOTE, Note.Kind.SHORTAGE, Note.Kind.STATEMENT]


class DiaryForm(Act):
    """Roznamcha: number and date."""

    number = forms.CharField(
        label=gettext_lazy("Number in the roznamcha"),
        max_length=40,
        widget=forms.TextInput(attrs=CODE),
    )
    dated_on = day(gettext_lazy("Date"))

    def clean_dated_on(self) -> date:
        dated: date = self.cleaned_data["dated_on"]
        self.not_ahead(dated)
        return dated


class FirForm(DiaryForm):
    """FIR: number, date, sections."""

    sections = forms.CharField(
        label=gettext_lazy("Sections"),
        help_text=gettext_lazy("For example: 379, 411 PPC."),
        max_length=200,
        widget=forms.TextInput(attrs=LINE),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].label = _("FIR number")


class RefusalForm(Act):
    """Why no FIR: reason and law, in writing."""

    reason = words(
        gettext_lazy("Reason"),
        help_text=gettext_lazy("The informant gets this in writing, with the next authority."),
    )
    law = forms.CharField(
        label=gettext_lazy("Law on which the refusal rests"),
        help_text=gettext_lazy("Act and section. Without a law there is no refusal."),
        max_length=200,
        widget=forms.TextInput(attrs=LINE),
    )


class LetterForm(Act):
    """What was done (s. 173)."""

    text = words(gettext_lazy("What was done, what comes next"))


class StageForm(Act):
    """A move by hand; backwards needs a reason."""

    to = forms.ChoiceField(label=gettext_lazy("Stage"), widget=forms.RadioSelect)
    why = words(
        gettext_lazy("Why"), required=False, help_text=gettext_lazy("Needed for a step backwards.")
    )

    def __init__(self, *args: Any, stages: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("to", stages)


class PurposeForm(Act):
    """Why somebody must open more cases than usual."""

    purpose = words(gettext_lazy("Why I must read more cases now"))


class SealedSearchForm(Act):
    """What for; what is looked for stays in the browser."""

    purpose = words(gettext_lazy("Why I must search in sealed cases"))
    skip = forms.IntegerField(
        min_value=0, max_value=100_000, required=False, widget=forms.HiddenInput
    )


class FieldNoteForm(Act):
    """From a phone, out of the station."""

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in (Note.Kind.VISIT, Note.Kind.COURT)]
    )
    text = words(gettext_lazy("Words"))


class NoteForm(Act):
    """Into the file."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[(kind.value, kind.label) for kind in BOOKS],
        initial=Note.Kind.NOTE,
        widget=forms.RadioSelect,
    )
    text = words(gettext_lazy("Words"))
