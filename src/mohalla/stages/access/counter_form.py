"""What staff fill in for a caller or a visitor: one page, one minute. Nothing here saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mohalla.stages.access.forms import HOURS, SHORT, TEXT_LIMIT, Contact, Step

DOORS = [("counter", _("A visitor at the counter")), ("phone", _("A caller on the phone"))]
SPOKEN = [("ur", _("Urdu")), ("ps", _("Pashto")), ("en", _("English"))]
DANGER = [("no", _("No")), ("yes", _("Yes, now")), ("", _("Not known"))]
WAYS = [("call", _("By a call")), ("sms", _("By SMS")), ("none", _("Not at all"))]


class Counter(Step):
    """Words and a door are enough; all else may stay open and be asked later."""

    door = forms.ChoiceField(
        label=_("Who is telling it?"), choices=DOORS, initial="counter", widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("In the person's own words"),
        help_text=_("Write it as it is told, in the same language; read it back before you save."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 5, "autofocus": True}),
    )
    danger = forms.ChoiceField(
        label=_("Is anybody in danger now?"), choices=DANGER, required=False, initial="no",
        widget=forms.RadioSelect,
    )  # fmt: skip
    query = forms.CharField(
        label=_("Search the matter"),
        help_text=_("A word or two and Enter: the list below begins with what fits."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=SHORT),
    )
    category = forms.ChoiceField(
        label=_("Matter"),
        help_text=_("Not sure? Leave it open: the triage desk sorts it, the clock runs."),
        required=False,
    )
    place = forms.ChoiceField(label=_("Mohalla"), required=False)
    landmark = forms.CharField(
        label=_("Or a place everybody knows"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=SHORT),
    )
    phone = forms.CharField(
        label=_("The person's number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr", "autocomplete": "off"}),
    )
    way = forms.ChoiceField(label=_("To be reached"), choices=WAYS, initial="call", required=False)
    safe_from = forms.ChoiceField(label=_("Safe from"), choices=HOURS, required=False)
    safe_to = forms.ChoiceField(label=_("until"), choices=HOURS, required=False)
    language = forms.ChoiceField(label=_("Language of the person"), choices=SPOKEN, initial="ur")
    name = forms.CharField(
        label=_("Name, if the person likes to give it"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs=SHORT),
    )
    woman_officer = forms.BooleanField(
        label=_("Wants to speak with a woman officer"), required=False
    )
    about_unit = forms.ChoiceField(
        label=_("A complaint about which station or office?"),
        help_text=_("It will not receive the report. If it is yours, you cannot open it again."),
        required=False,
    )
    about_officer = forms.CharField(
        label=_("About which officer?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=SHORT),
    )

    def __init__(
        self, *args: Any, categories: Any = (), places: Any = (), units: Any = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("category", _("Still to be sorted"), categories)
        self._offer("place", _("Not on the list, or not known"), places)
        self._offer("about_unit", _("No complaint about the police"), units)

    def _offer(self, name: str, empty: Any, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", empty), *choices]
        field.error_messages["invalid_choice"] = _("Choose from the list, or leave it.")

    def clean_text(self) -> str:
        """Some words, and not more than is kept in one piece."""
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(_("Write down what was told; a few words are enough."))
        if len(text) > TEXT_LIMIT:
            raise forms.ValidationError(
                _("This is too long for one piece. Please shorten it; the rest can follow.")
            )
        return text

    clean_phone = Contact.clean_phone
