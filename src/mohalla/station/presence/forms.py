"""The shape of postings, duty hours, leave and accounts. Nothing here saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mohalla.foundation.units.models.posting import Role
from mohalla.station.casework.forms import CODE, LINE, Act, moment
from mohalla.station.casework.names import Choices

WEEKDAYS = [
    ("1", gettext_lazy("Monday")),
    ("2", gettext_lazy("Tuesday")),
    ("3", gettext_lazy("Wednesday")),
    ("4", gettext_lazy("Thursday")),
    ("5", gettext_lazy("Friday")),
    ("6", gettext_lazy("Saturday")),
    ("7", gettext_lazy("Sunday")),
]
CLOCK = {"type": "time", **CODE}


class PeopleForm(Act):
    """`choices` by field name: (value, label), an empty one first."""

    def __init__(self, *args: Any, choices: dict[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in choices.items():
            if name in self.fields:
                self.choose(name, [("", "–"), *rows])


class PostForm(PeopleForm):
    officer = forms.ChoiceField(label=gettext_lazy("Officer"))
    unit = forms.ChoiceField(label=gettext_lazy("Desk"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices, initial=Role.MEMBER)
    beat = forms.ChoiceField(label=gettext_lazy("Beat"), required=False)
    order_number = forms.CharField(
        label=gettext_lazy("Number of the order"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=CODE),
    )


class EndForm(PeopleForm):
    posting = forms.ChoiceField(
        label=gettext_lazy("Posting that ends now"),
        help_text=gettext_lazy("Every open promise of the officer there has a new owner at once."),
    )


class HoursForm(PeopleForm):
    posting = forms.ChoiceField(label=gettext_lazy("Posting"))
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Days"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    starts = forms.TimeField(label=gettext_lazy("From"), widget=forms.TimeInput(attrs=CLOCK))
    ends = forms.TimeField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("Earlier than the beginning: past midnight."),
        widget=forms.TimeInput(attrs=CLOCK),
    )
    from_on = forms.DateField(
        label=gettext_lazy("First day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **CODE}),
    )


class LeaveForm(PeopleForm):
    officer = forms.ChoiceField(label=gettext_lazy("Officer"))
    until = moment(gettext_lazy("Back on"), required=False)
    suspended = forms.BooleanField(label=gettext_lazy("Suspended"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=LINE),
    )

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until is not None and until <= self.at:
            raise forms.ValidationError(_("Give a time that is still to come."))
        return until


class BackForm(PeopleForm):
    leave = forms.ChoiceField(label=gettext_lazy("Who is back"))


class AccountForm(PeopleForm):
    officer = forms.ChoiceField(label=gettext_lazy("Officer"))
    name = forms.CharField(
        label=gettext_lazy("Name to sign in with"),
        max_length=60,
        widget=forms.TextInput(attrs=LINE),
    )
    password = forms.CharField(
        label=gettext_lazy("First password"),
        help_text=gettext_lazy(
            "At least twelve characters. Leave it empty, and the officer is invited to make a passkey."
        ),
        max_length=200,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )
    administers = forms.BooleanField(
        label=gettext_lazy("Keeps units, rosters and accounts"), required=False
    )


class PasswordForm(PeopleForm):
    account = forms.ChoiceField(label=gettext_lazy("Account"))
    password = forms.CharField(
        label=gettext_lazy("First password"),
        help_text=gettext_lazy("At least twelve characters; not one that everybody uses."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )


class OneAccount(PeopleForm):
    account = forms.ChoiceField(label=gettext_lazy("Account"))
