"""What a desk asks of another body. Nothing here saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from mohalla.station.casework.forms.shape import Act, words
from mohalla.station.casework.names import Choices


class AskForm(Act):
    """Which body is asked, and why."""

    of_unit = forms.ChoiceField(
        label=gettext_lazy("Whom we ask"),
        help_text=gettext_lazy("Another body than ours; it answers within three days."),
    )
    reason = words(
        gettext_lazy("Reason, in writing"),
        help_text=gettext_lazy(
            "The other body decides by these words. Tell no more than it needs."
        ),
    )

    def __init__(self, *args: Any, desks: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("of_unit", [("", "–"), *desks])


class AskRouteForm(AskForm):
    """To which desk it should go."""

    to_unit = forms.ChoiceField(label=gettext_lazy("To which desk"))
    field_order = ["to_unit", "of_unit", "reason"]

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("to_unit", [("", "–"), *units])


class AskClassForm(AskForm):
    """What it is instead."""

    category = forms.ChoiceField(label=gettext_lazy("Matter"))
    field_order = ["category", "of_unit", "reason"]

    def __init__(self, *args: Any, categories: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("category", [("", "–"), *categories])


class AnswerForm(Act):
    """Yes or no to exactly what stands on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[("yes", gettext_lazy("Yes, do it")), ("no", gettext_lazy("No"))],
        widget=forms.RadioSelect,
    )
    why = words(gettext_lazy("Why"), required=False)
