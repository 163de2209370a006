"""The shape of a report, one form for each page of the wizard. Nothing here saves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mohalla.foundation import clock
from mohalla.stages.access.rules.phones import PhoneUnclear, canonical_phone

TEXT_LIMIT = 20_000  # characters; about ten pages
SHORT = {"autocomplete": "off", "dir": "auto"}
TOO_LONG = _("This is too long: at most %(limit_value)d letters, and these are %(show_value)d.")
OLDEST = date(1947, 8, 14)
WHEN = [
    ("", _("I would rather not say")),
    ("now", _("It is happening now, or just did")),
    ("today", _("Earlier today")),
    ("yesterday", _("Yesterday")),
    ("on", _("On another day (write it below)")),
    ("often", _("It happens again and again")),
]
YES_NO = [("yes", _("Yes, now")), ("no", _("No")), ("", _("I do not know"))]
WAYS = [
    ("sms", _("By SMS")),
    ("call", _("By a call")),
    ("none", _("Do not contact me; I will look here myself")),
]
HOURS = [("", _("any time")), *((str(hour), f"{hour:02}:00") for hour in range(24))]


class Step(forms.Form):
    """A page: its fields are posted, all other values travel along in hidden fields."""

    use_required_attribute = False  # every refusal is ours, in the reader's language

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["max_length"] = TOO_LONG
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = _("Choose from the list, or leave it.")
            if isinstance(field, forms.FloatField):
                for code in ("invalid", "min_value", "max_value"):
                    field.error_messages[code] = _("Your phone gave no place that can be found.")


class Start(Step):
    """Nothing to fill in: what a person should know before the first word."""


class What(Step):
    """A category by its code; empty is an answer too."""

    category = forms.CharField(required=False, max_length=60)
    unsealed = forms.CharField(required=False, max_length=3)  # "yes": she chose to go on without


class Tell(Step):
    """The words. Files are kept by the view before this is checked."""

    text = forms.CharField(
        label=_("What happened?"),
        help_text=_("Write as you speak, in any language. A few words are enough."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 7, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, files: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files_kept = files

    def clean_text(self) -> str:
        """Some words, or at least one file; not more than we can keep in one piece."""
        text: str = self.cleaned_data["text"]
        if not text.strip() and not self.files_kept:
            raise forms.ValidationError(
                _("Tell us in a few words what happened, or add a voice note or a photograph.")
            )
        if len(text) > TEXT_LIMIT:
            raise forms.ValidationError(
                _("This is too long for one piece. Please shorten it; the rest can follow.")
            )
        return text


class Where(Step):
    """A mohalla from the list, a landmark in words, the phone's location: any of them or none."""

    place = forms.ChoiceField(
        label=_("Mohalla"),
        help_text=_("Choose the nearest one, if you find it."),
        required=False,
    )
    landmark = forms.CharField(
        label=_("Or a place everybody knows"),
        help_text=_("For example: behind the old mill, near the tandoor."),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=SHORT),
    )
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("I cannot find it")), *places]
        field.error_messages["invalid_choice"] = _("Choose a mohalla from the list, or leave it.")


class Danger(Step):
    """When, and whether anybody is in danger now."""

    danger = forms.ChoiceField(
        label=_("Is anybody in danger now?"),
        choices=YES_NO,
        required=False,
        widget=forms.RadioSelect,
    )
    happened = forms.ChoiceField(
        label=_("When did it happen?"), choices=WHEN, required=False, widget=forms.RadioSelect
    )
    on = forms.DateField(
        label=_("On which day?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "dir": "ltr", "autocomplete": "off"}),
        error_messages={"invalid": _("Write the day like this: 2026-03-25.")},
    )

    def clean_on(self) -> date | None:
        """A day that has been, not one to come."""
        day: date | None = self.cleaned_data["on"]
        if day is None:
            return None
        if day > timezone.localdate(clock.now(), clock.PKT):
            raise forms.ValidationError(_("This day is still to come. Please look at the date."))
        if day < OLDEST:
            raise forms.ValidationError(_("This day is too long ago. Please look at the date."))
        return day


class About(Step):
    """Which unit or officer a complaint is about: so that they can be kept out."""

    about_unit = forms.ChoiceField(
        label=_("Which station or office?"),
        help_text=_("It will not receive your report, nor will those who command it."),
        required=False,
    )
    about_officer = forms.CharField(
        label=_("Which officer?"),
        help_text=_("Name, rank, belt number, or how he looked: whatever you know."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=SHORT),
    )

    def __init__(self, *args: Any, units: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["about_unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("I do not know")), *units]


class Contact(Step):
    """How to reach the person safely, or not at all."""

    way = forms.ChoiceField(
        label=_("How may we reach you?"),
        choices=WAYS,
        initial="sms",
        required=False,
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("Only if you want to be reached. Any phone that you trust."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr", "autocomplete": "off"}),
    )
    safe_from = forms.ChoiceField(label=_("Safe from"), choices=HOURS, required=False)
    safe_to = forms.ChoiceField(label=_("until"), choices=HOURS, required=False)
    open_words = forms.BooleanField(
        label=_("Messages may say what they are about"),
        help_text=_("Otherwise they say only: there is news about your request."),
        required=False,
    )
    woman_officer = forms.BooleanField(
        label=_("I want to speak with a woman officer"),
        help_text=_("There are few of them: the first talk can take a day longer."),
        required=False,
    )
    name = forms.CharField(
        label=_("Your name, if you like"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs=SHORT),
    )

    def clean_phone(self) -> str:
        """A number that can be reached, however it was typed; empty is allowed."""
        typed = self.cleaned_data["phone"].strip()
        if not typed:
            return ""
        try:
            return canonical_phone(typed)
        except PhoneUnclear:
            raise forms.ValidationError(
                _("We cannot reach this number. Write it like 0300 1234567, or leave it empty.")
            ) from None


class Check(Step):
    """Nothing to fill in: everything read back."""


FORMS: Mapping[str, type[Step]] = {
    "start": Start,
    "what": What,
    "tell": Tell,
    "where": Where,
    "danger": Danger,
    "about": About,
    "contact": Contact,
    "check": Check,
}
CARRIED = tuple(name for form in FORMS.values() for name in form.base_fields)


def happened_at(choice: str, on: date | None, *, now: datetime) -> datetime | None:
    """The moment of the matter as far as it was told; None where only "now" or nothing was.

    Whole days only, so that the same form sent twice says the same twice.
    """
    today = timezone.localdate(now, clock.PKT)
    if choice == "today":
        return datetime.combine(today, time(), clock.PKT)
    if choice == "yesterday":
        return datetime.combine(today - timedelta(days=1), time(12), clock.PKT)
    if on is not None and choice in {"on", ""}:
        return datetime.combine(on, time(), clock.PKT)
    return None
