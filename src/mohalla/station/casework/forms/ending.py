"""Towards the end: outcome with its proof, withdrawal, objection. Nothing here saves."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from mohalla.station.casework.forms.shape import CODE, LINE, YES_NO, Act, day, moment, words
from mohalla.station.casework.models import Proof
from mohalla.station.casework.names import Choices


class OutcomeForm(Act):
    """A proposal with its proof: an artefact with its time."""

    kind = forms.ChoiceField(label=gettext_lazy("Outcome"), widget=forms.RadioSelect)
    what_done = words(
        gettext_lazy("What was done"),
        help_text=gettext_lazy("The reporter reads this and decides."),
    )
    reason = words(
        gettext_lazy("Reason"),
        required=False,
        help_text=gettext_lazy(
            "Why it could not be established; the terms agreed on; the earlier reference; the tries."
        ),
    )
    referred_to = forms.CharField(
        label=gettext_lazy("Passed on: to which body"),
        help_text=gettext_lazy("Only where another body must do it."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=LINE),
    )
    referred_number = forms.CharField(
        label=gettext_lazy("Passed on: its reference number"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=CODE),
    )
    answer_on = day(gettext_lazy("Passed on: it answers by"), required=False)
    proof = forms.ChoiceField(
        label=gettext_lazy("Proof"),
        choices=[("", gettext_lazy("none")), *Proof.Kind.choices],
        required=False,
    )
    number = forms.CharField(
        label=gettext_lazy("Number of the document, note or call record"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=CODE),
    )
    photo = forms.FileField(label=gettext_lazy("Photograph or scan"), required=False)
    taken_at = moment(gettext_lazy("Time of the proof"), required=False)
    photo_kept = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("kind", kinds)

    def clean_taken_at(self) -> datetime | None:
        taken: datetime | None = self.cleaned_data["taken_at"]
        if taken is not None:
            self.not_ahead(taken)
        return taken

    def keep(self, attachment: UUID) -> None:
        """Remember a photograph that is stored already: nothing given is lost by a refusal."""
        self.data = {**dict(self.data.items()), "photo_kept": str(attachment)}


class WithdrawalForm(Act):
    """After the private call."""

    free_will = forms.ChoiceField(
        label=gettext_lazy("Does the person withdraw of free will?"),
        help_text=gettext_lazy(
            "You spoke alone, at a safe time, and you are not of the desk concerned."
        ),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )


class ObjectionForm(Act):
    reason = words(
        gettext_lazy("Reason"),
        help_text=gettext_lazy("It is counted in public as ended over the objection."),
    )
