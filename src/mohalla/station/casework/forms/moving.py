"""Where a case goes: desk, class, colleague, another case, a late decision. Nothing here saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mohalla.station.casework.forms.shape import CODE, LINE, Act, moment, words
from mohalla.station.casework.names import Choices


class RouteForm(Act):
    """To another desk."""

    to_unit = forms.ChoiceField(label=gettext_lazy("To which desk"))
    reason = words(gettext_lazy("Reason, in writing"))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("to_unit", [("", "–"), *units])


class ClassifyForm(Act):
    """What it is, where, and who is spoken against."""

    category = forms.ChoiceField(label=gettext_lazy("Matter"))
    place = forms.ChoiceField(label=gettext_lazy("Mohalla"), required=False)
    named_unit = forms.ChoiceField(
        label=gettext_lazy("Unit spoken against"),
        help_text=gettext_lazy("It will not see the matter, nor will those who command it."),
        required=False,
    )

    def __init__(
        self, *args: Any, categories: Any, places: Choices, units: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choose("category", [("", "–"), *categories])
        self.choose("place", [("", _("not known yet")), *places])
        self.choose("named_unit", [("", _("none")), *units])


class HandoverForm(Act):
    """To a colleague of the same desk."""

    to_officer = forms.ChoiceField(label=gettext_lazy("To whom"))
    note = words(
        gettext_lazy("Hand-over note"), help_text=gettext_lazy("Where it stands, what comes next.")
    )

    def __init__(self, *args: Any, officers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("to_officer", [("", "–"), *officers])


class ShiftForm(HandoverForm):
    """All of one's open cases at one desk."""

    unit = forms.ChoiceField(label=gettext_lazy("Desk"))
    field_order = ["unit", "to_officer", "note"]

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("unit", units)


class OtherCaseForm(Act):
    """Another case, by its reference."""

    other = forms.CharField(
        label=gettext_lazy("Reference of the other case"),
        max_length=20,
        widget=forms.TextInput(attrs=CODE),
    )


class LinkForm(OtherCaseForm):
    why = forms.CharField(
        label=gettext_lazy("Why they belong together"),
        max_length=200,
        widget=forms.TextInput(attrs=LINE),
    )


class DecisionForm(Act):
    """About one thing that is late."""

    promise = forms.UUIDField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("do", gettext_lazy("I do it myself")),
            ("reassign", gettext_lazy("Somebody else does it")),
            ("new_time", gettext_lazy("A new time")),
            ("lend", gettext_lazy("I lend people or a vehicle")),
        ],
        widget=forms.RadioSelect,
    )
    to_officer = forms.ChoiceField(label=gettext_lazy("Officer"), required=False)
    due_at = moment(gettext_lazy("New time"), required=False)
    reason = words(gettext_lazy("Reason"), required=False)

    def __init__(self, *args: Any, officers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("to_officer", [("", "–"), *officers])
