"""The shape of a request for a new receipt. Nothing here saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TOLD_LIMIT = 5_000
REACH_LIMIT = 1_000
LINE = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "maxlength": "60"}


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"dir": "auto", "rows": rows, "autocomplete": "off"})


class Lost(forms.Form):
    """Only what she knows about the report is needed."""

    use_required_attribute = False  # every refusal is ours, in the reader's language

    reference = forms.CharField(
        label=_("Reference, if you have it"),
        help_text=_("Seven letters and digits; it stands in every message from us. It helps much:"
                    " without it we can hardly find your report."),
        required=False,
        widget=forms.TextInput(attrs=LINE),
    )  # fmt: skip
    told = forms.CharField(
        label=_("What only you know about it"),
        help_text=_("When you reported, from where, what you wrote, what we asked or answered."),
        strip=False,
        widget=_words(6),
    )
    reach = forms.CharField(
        label=_("How may somebody reach you, if there is a question?"),
        help_text=_(
            "A phone that you trust, and the hours when it is safe. You may leave it empty."
        ),
        required=False,
        strip=False,
        widget=_words(2),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told"].error_messages["required"] = _(
            "Tell us something that only you know: else nobody can tell that it is you."
        )

    def clean_told(self) -> str:
        """Not more than a person can read beside a report."""
        told: str = self.cleaned_data["told"]
        if not told.strip():
            raise forms.ValidationError(self.fields["told"].error_messages["required"])
        if len(told) > TOLD_LIMIT:
            raise forms.ValidationError(
                _("This is longer than 5,000 letters. Please shorten it; a few facts are enough.")
            )
        return told

    def clean_reach(self) -> str:
        """A phone and some words."""
        reach: str = self.cleaned_data["reach"]
        if len(reach) > REACH_LIMIT:
            raise forms.ValidationError(_("Please write this shorter."))
        return reach
