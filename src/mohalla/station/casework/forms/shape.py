"""The shape that every act shares, and the fields that many use. Nothing here saves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mohalla.foundation import clock
from mohalla.foundation.seal import browser
from mohalla.foundation.text import ascii_digits

WORDS = {"dir": "auto", "rows": 4, "autocomplete": "off"}
LINE = {"dir": "auto", "autocomplete": "off"}
CODE = {"dir": "ltr", "autocomplete": "off"}
TEXT_LIMIT = 20_000
SEALED_LIMIT = 128 * 1024  # 20,000 letters of any script, sealed and armoured
YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


class Moment(forms.DateTimeField):
    """Typed in the digits of any script."""

    def to_python(self, value: Any) -> datetime | None:
        return super().to_python(ascii_digits(value) if isinstance(value, str) else value)


class Day(forms.DateField):
    """Typed in the digits of any script."""

    def to_python(self, value: Any) -> date | None:
        return super().to_python(ascii_digits(value) if isinstance(value, str) else value)


def moment(label: Any, **extra: Any) -> Moment:
    """A local moment as phones and computers offer it."""
    return Moment(
        label=label,
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", **CODE}
        ),
        error_messages={"invalid": gettext_lazy("Write it like this: 2026-03-25 17:30.")},
        **extra,
    )


def day(label: Any, **extra: Any) -> Day:
    """A local day as phones and computers offer it."""
    return Day(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **CODE}),
        error_messages={"invalid": gettext_lazy("Write it like this: 2026-03-25.")},
        **extra,
    )


class Words(forms.CharField):
    """Free words, kept as typed; of what a browser sealed only the outside can be measured."""

    def run_validators(self, value: Any) -> None:
        if not browser.is_sealed(value):
            super().run_validators(value)
        elif len(value) > SEALED_LIMIT:
            raise forms.ValidationError(_("This is too long. Please shorten it."))


def words(label: Any, *, required: bool = True, **extra: Any) -> Words:
    """Free words, kept as typed."""
    return Words(
        label=label,
        required=required,
        strip=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs=WORDS),
        **extra,
    )


class Act(forms.Form):
    """One act at the desk; `at` is now, for what may not lie ahead."""

    use_required_attribute = False  # every refusal is ours, in the reader's language

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        for field in self.fields.values():
            field.error_messages["required"] = _("This is needed.")
            field.error_messages["max_length"] = _(
                "This is too long: at most %(limit_value)d letters, and these are %(show_value)d."
            )

    def choose(self, name: str, choices: Any) -> None:
        """Fill a choice field, and say plainly when something else came."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.error_messages["invalid_choice"] = _("Choose from the list.")

    def not_ahead(self, value: datetime | date | None) -> None:
        """Refuse a day or moment that is still to come."""
        today = timezone.localdate(self.at, clock.PKT)
        ahead = value > self.at if isinstance(value, datetime) else value and value > today
        if ahead:
            raise forms.ValidationError(_("This is still to come. Please look at the date."))


class Nothing(Act):
    """A press of one button."""
