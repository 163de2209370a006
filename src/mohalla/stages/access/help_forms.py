"""What somebody sets up before danger. Nothing here saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mohalla.foundation.text.sms_words import LONGEST_JOURNEY
from mohalla.stages.access.actions.card import MOST_TRUSTED
from mohalla.stages.access.rules.phones import PhoneUnclear, canonical_phone

UNCLEAR = _("We cannot reach this number. Write it like 0300 1234567, or leave it empty.")
_LINE = {"autocomplete": "off", "dir": "auto"}
_PHONE = {"type": "tel", "dir": "ltr", "autocomplete": "off"}


def _number(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return canonical_phone(typed.strip())
    except PhoneUnclear:
        raise forms.ValidationError(UNCLEAR) from None


class CardForm(forms.Form):
    """Who is told, in whose name, and her two words."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("How those you trust call you"), max_length=20,
        help_text=_("They read: … asks for help now."),
        error_messages={"required": _("Write the name that they know you by.")},
        widget=forms.TextInput(attrs=_LINE),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Your phone"), max_length=40, required=False,
        help_text=_("An SMS asks there whether it was you. Afterwards SOS from it is enough."),
        widget=forms.TextInput(attrs=_PHONE),
    )  # fmt: skip
    trusted = forms.CharField(
        label=_("Phones of those you trust, one on each line"),
        help_text=_("At most five. They get an SMS when you call for help, and not before."),
        max_length=300,
        error_messages={"required": _("Write at least one number.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr", "autocomplete": "off"}),
    )
    place = forms.ChoiceField(
        label=_("Where you usually are"), required=False,
        help_text=_("Only told where nothing nearer is known."),
    )  # fmt: skip
    safe_word = forms.CharField(
        label=_("Your word for: I am safe"), max_length=40, required=False,
        widget=forms.TextInput(attrs=_LINE),
    )  # fmt: skip
    warning_word = forms.CharField(
        label=_("Your word for: I must say that I am safe, and I am not"), max_length=40,
        required=False,
        help_text=_("Another word than the one above. On your phone nothing looks different."),
        widget=forms.TextInput(attrs=_LINE),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("I would rather not say")), *places]

    def clean_phone(self) -> str:
        return _number(self.cleaned_data["phone"])

    def clean_trusted(self) -> tuple[str, ...]:
        lines = [line for line in self.cleaned_data["trusted"].splitlines() if line.strip()]
        if len(lines) > MOST_TRUSTED:
            raise forms.ValidationError(_("At most five numbers, please."))
        return tuple(_number(line) for line in lines)


class JourneyForm(forms.Form):
    """How long the way takes, and where it goes."""

    use_required_attribute = False
    minutes = forms.IntegerField(
        label=_("In how many minutes will you have arrived?"), min_value=1,
        max_value=LONGEST_JOURNEY,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    words = forms.CharField(
        label=_("From where to where, how, with whom"), max_length=300,
        error_messages={"required": _("Without it nobody would know where to look for you.")},
        help_text=_("Read only if help is called; deleted when you have arrived."),
        widget=forms.TextInput(attrs=_LINE),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = _("Write the minutes as a number, from 1 to 720.")
        for code in ("required", "invalid", "min_value", "max_value"):
            self.fields["minutes"].error_messages[code] = whole
