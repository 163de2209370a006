"""What a desk fills in about an alarm. Nothing here saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mohalla.station.response.actions.answer import MET, SPOKE


class SendForm(forms.Form):
    """Which desk goes, and what it must know."""

    use_required_attribute = False
    unit = forms.ChoiceField(label=_("Which desk is nearer?"))
    note = forms.CharField(
        label=_("What it must know to go there"),
        help_text=_("The place in words, how many, weapons. Not who told it."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, desks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = desks


class EndForm(forms.Form):
    """How it is known that she is safe."""

    use_required_attribute = False
    how = forms.ChoiceField(
        label=_("How do you know?"),
        choices=[(MET, _("We met the person")), (SPOKE, _("We spoke with the person, alone"))],
        widget=forms.RadioSelect,
    )
