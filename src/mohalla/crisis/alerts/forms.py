"""The shape of an alert, and of its end. Nothing here saves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mohalla.channels.notices import wording as notices
from mohalla.crisis.alerts.models import Kind
from mohalla.crisis.alerts.rules import wording
from mohalla.foundation.text import clean, sms_parts
from mohalla.station.casework.forms.shape import LINE, Act, moment

LONGEST = timedelta(days=7)
_REFUSED = {
    "link": gettext_lazy("No links: people must learn that no message of ours has one."),
    "identity": gettext_lazy("No identity number of anybody."),
    "phone": gettext_lazy(
        "No mobile number: they answer to the number that the message came from."
    ),
    "long": gettext_lazy("Too long for two SMS. Please shorten it."),
}


def _text(label: Any, direction: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=320, widget=forms.Textarea(attrs={"rows": 3, "dir": direction})
    )


class AlertForm(Act):
    """What, where, how long, in three languages."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=Kind.choices)
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Which mohallas?"), widget=forms.CheckboxSelectMultiple
    )
    text_ur = _text(gettext_lazy("In Urdu"), "rtl")
    text_ps = _text(gettext_lazy("In Pashto"), "rtl")
    text_en = _text(gettext_lazy("In English"), "ltr")
    expires_at = moment(gettext_lazy("Until when does it count?"))
    asked_for = forms.CharField(
        label=gettext_lazy("Who asked that people are told?"),
        help_text=gettext_lazy("For the file only: an office, a letter, an officer."),
        max_length=200, widget=forms.TextInput(attrs=LINE),
    )  # fmt: skip

    def clean_expires_at(self) -> datetime:
        """Ahead, and not for longer than a week."""
        until: datetime = self.cleaned_data["expires_at"]
        if until <= self.at:
            raise forms.ValidationError(_("This is over already. Please look at the date."))
        if until > self.at + LONGEST:
            raise forms.ValidationError(_("At most a week ahead; then write it again."))
        return until

    def _checked(self, name: str, language: str) -> str:
        text = " ".join(clean(self.cleaned_data[name]).split())
        parts = sms_parts(notices.to_area(text, language).sms).parts
        refused = wording.why_not(text, parts=parts)
        if refused or not text:
            raise forms.ValidationError(_REFUSED[refused] if refused else _("This is needed."))
        return text

    def clean_text_ur(self) -> str:
        return self._checked("text_ur", "ur")

    def clean_text_ps(self) -> str:
        return self._checked("text_ps", "ps")

    def clean_text_en(self) -> str:
        return self._checked("text_en", "en")


class StopForm(Act):
    """Why it is taken back."""

    why = forms.CharField(
        label=gettext_lazy("Why is it stopped?"), max_length=200, widget=forms.TextInput(attrs=LINE)
    )
