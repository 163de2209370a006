"""The shape of every act at the desk. Nothing here saves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mohalla.foundation import clock
from mohalla.station.casework.models import Note, Proof
from mohalla.station.casework.models.contact import Way
from mohalla.station.casework.names import Choices
from mohalla.station.casework.wordings import WORDINGS

WORDS = {"dir": "auto", "rows": 4, "autocomplete": "off"}
LINE = {"dir": "auto", "autocomplete": "off"}
CODE = {"dir": "ltr", "autocomplete": "off"}
TEXT_LIMIT = 20_000
YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
BOOKS = [Note.Kind.NOTE, Note.Kind.SHORTAGE, Note.Kind.STATEMENT]


def moment(label: Any, **extra: Any) -> forms.DateTimeField:
    """A local moment as phones and computers offer it."""
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", **CODE}
        ),
        error_messages={"invalid": gettext_lazy("Write it like this: 2026-03-25 17:30.")},
        **extra,
    )


def words(label: Any, *, required: bool = True, **extra: Any) -> forms.CharField:
    """Free words, kept as typed."""
    return forms.CharField(
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


class ContactForm(Act):
    """A talk, or an honest try."""

    way = forms.ChoiceField(
        label=gettext_lazy("How"), choices=Way.choices, widget=forms.RadioSelect
    )
    happened_at = moment(gettext_lazy("When"))
    reached = forms.ChoiceField(
        label=gettext_lazy("Did you speak with the person?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )
    note = words(gettext_lazy("Note for the file"), required=False)


class MessageForm(Act):
    """Words of one's own, a ready wording, or both."""

    template = forms.ChoiceField(
        label=gettext_lazy("Ready wording"),
        help_text=gettext_lazy("Goes out in the reporter's language. Alone it is not an answer."),
        required=False,
    )
    text = words(gettext_lazy("Your own words"), required=False)

    def __init__(self, *args: Any, wordings: Choices = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.choose("template", [("", _("none")), *(wordings or [(c, c) for c in WORDINGS])])


class FirForm(Act):
    """FIR: number, date, sections."""

    number = forms.CharField(
        label=gettext_lazy("FIR number"), max_length=40, widget=forms.TextInput(attrs=CODE)
    )
    dated_on = forms.DateField(
        label=gettext_lazy("Date"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **CODE}),
    )
    sections = forms.CharField(
        label=gettext_lazy("Sections"),
        help_text=gettext_lazy("For example: 379, 411 PPC."),
        max_length=200,
        widget=forms.TextInput(attrs=LINE),
    )

    def clean_dated_on(self) -> date:
        day: date = self.cleaned_data["dated_on"]
        self.not_ahead(day)
        return day


class DiaryForm(FirForm):
    """Roznamcha: number and date."""

    sections = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].label = _("Number in the roznamcha")


class RefusalForm(Act):
    """Why no FIR: reason and law, in writing."""

    reason = words(
        gettext_lazy("Reason"),
        help_text=gettext_lazy("The informant gets this in writing, with the next authority."),
    )
    law = forms.CharField(
        label=gettext_lazy("Law on which the refusal rests"),
        help_text=gettext_lazy("Act and section. Without a law there is no refusal."),
        max_length=200,
        widget=forms.TextInput(attrs=LINE),
    )


class LetterForm(Act):
    """What was done (s. 173)."""

    text = words(gettext_lazy("What was done, what comes next"))


class StageForm(Act):
    """A move by hand; backwards needs a reason."""

    to = forms.ChoiceField(label=gettext_lazy("Stage"), widget=forms.RadioSelect)
    why = words(
        gettext_lazy("Why"), required=False, help_text=gettext_lazy("Needed for a step backwards.")
    )

    def __init__(self, *args: Any, stages: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("to", stages)


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
            "Why it could not be established; body, reference and date of a referral."
        ),
    )
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


class NoteForm(Act):
    """Into the file."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[(kind.value, kind.label) for kind in BOOKS],
        initial=Note.Kind.NOTE,
        widget=forms.RadioSelect,
    )
    text = words(gettext_lazy("Words"))


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


class CallBackForm(Act):
    """After the call of another office: is it written as it was said?"""

    reached = forms.ChoiceField(
        label=gettext_lazy("Did you speak with the person?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )
    agrees = forms.ChoiceField(
        label=gettext_lazy("Is it written as the person said it?"),
        choices=YES_NO,
        required=False,
        widget=forms.RadioSelect,
    )


class FollowUpForm(Act):
    """After the second question, asked alone."""

    holds = forms.ChoiceField(
        label=gettext_lazy("Does the reconciliation hold, of the person's free will?"),
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


class Nothing(Act):
    """A press of one button."""
