"""Hands that an original goes through. Nothing here saves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mohalla.station.casework.forms.shape import CODE, LINE, Act, moment, words
from mohalla.station.casework.models import Custody
from mohalla.station.casework.names import Choices

MEDIA = [(kind.value, kind.label) for kind in Custody.Medium]


class _Hand(Act):
    """Who, when, on which paper."""

    person = forms.CharField(
        label=gettext_lazy("Who, with office and rank"),
        max_length=200,
        widget=forms.TextInput(attrs=LINE),
    )
    number = forms.CharField(
        label=gettext_lazy("Number of the letter, receipt or seal"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs=CODE),
    )
    happened_at = moment(gettext_lazy("When"))
    note = words(gettext_lazy("What else is to be known"), required=False)

    def clean_happened_at(self) -> datetime:
        at: datetime = self.cleaned_data["happened_at"]
        self.not_ahead(at)
        return at


class HandForm(_Hand):
    """Out of the house: to a court, a laboratory, another unit."""

    file = forms.ChoiceField(label=gettext_lazy("Which file"), required=False)
    to = forms.ChoiceField(label=gettext_lazy("To whom"))
    medium = forms.ChoiceField(
        label=gettext_lazy("In which form"), choices=MEDIA, widget=forms.RadioSelect
    )
    field_order = ["file", "to", "medium", "person", "number", "happened_at", "note"]

    def __init__(
        self, *args: Any, files: Choices, holders: Choices, units: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choose("file", [("", _("the device, not a file")), *files])
        self.choose("to", [("", "–"), (_("Outside"), holders), (_("Police units"), units)])


class ReturnForm(_Hand):
    """Back again."""

    handed = forms.ChoiceField(label=gettext_lazy("What came back"))
    field_order = ["handed", "person", "number", "happened_at", "note"]

    def __init__(self, *args: Any, out: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("handed", out)
        self.fields["person"].required = False


class AddForm(_Hand):
    """From a phone, a camera, a paper that was scanned."""

    photo = forms.FileField(label=gettext_lazy("The file, as it came from the device"))
    field_order = ["photo", "person", "number", "happened_at", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].label = _("From whom, or from which device")


class DeviceForm(_Hand):
    """The phone or camera stays where it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].label = _("Who keeps it")
        self.fields["number"].label = _("Maker, model, IMEI or serial number, if it was told")


class CheckForm(Act):
    """One original against its hash."""

    file = forms.ChoiceField(label=gettext_lazy("Which file"))

    def __init__(self, *args: Any, files: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("file", files)


class BundleForm(Act):
    """All of it leaves the house as one file."""

    purpose = words(
        gettext_lazy("For which court or laboratory, and why"),
        help_text=gettext_lazy(
            "It stands on the certificate. The reporter sees that it was taken away."
        ),
    )
