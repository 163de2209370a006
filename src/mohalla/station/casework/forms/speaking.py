"""With the person: talks, messages, private calls. Nothing here saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mohalla.station.casework.forms.shape import YES_NO, Act, moment, words
from mohalla.station.casework.models.contact import Way
from mohalla.station.casework.names import Choices
from mohalla.station.casework.wordings import WORDINGS


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

    def __init__(self, *args: Any, wordings: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("template", [("", _("none")), *(wordings or [(c, c) for c in WORDINGS])])


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
    verdict = forms.ChoiceField(
        label=gettext_lazy("If an outcome waits: what does the person say of it?"),
        choices=[
            ("", gettext_lazy("Not asked, or no outcome waits")),
            ("confirm", gettext_lazy("Agrees")),
            ("dispute", gettext_lazy("Does not agree")),
        ],
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
