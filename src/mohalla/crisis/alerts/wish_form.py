"""The shape of the wish for messages of an area. Nothing here saves."""

from __future__ import annotations

from typing import Any

import phonenumbers
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mohalla.stages.access.rules.phones import PhoneUnclear, canonical_phone

HOME = 92  # the country whose mobile numbers a page may make us write to


class WishForm(forms.Form):
    """A mohalla and a number; the phone itself must say yes."""

    use_required_attribute = False

    area = forms.ChoiceField(label=gettext_lazy("Your mohalla"))
    phone = forms.CharField(
        label=gettext_lazy("Mobile number"), max_length=40,
        widget=forms.TextInput(
            attrs={"dir": "ltr", "inputmode": "tel", "autocomplete": "off", "type": "tel"}
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = areas
        for one in self.fields.values():
            one.error_messages["required"] = _("This is needed.")
        field.error_messages["invalid_choice"] = _("Choose from the list.")

    def clean_phone(self) -> str:
        """A mobile number of this country: no other is ever written to because of a page."""
        try:
            number = canonical_phone(self.cleaned_data["phone"])
            parsed = phonenumbers.parse(number)
        except (PhoneUnclear, phonenumbers.NumberParseException):
            raise forms.ValidationError(_("This is not a mobile number we can write to.")) from None
        mobile = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE
        if parsed.country_code != HOME or not mobile:
            raise forms.ValidationError(_("This is not a mobile number we can write to."))
        return number
