"""What the answers inside a sealed envelope are called, for the script that shows them."""

from __future__ import annotations

from django.utils.translation import gettext as _


def envelope() -> dict[str, object]:
    """Names by field in the order in which they are shown, and words for the values of choices."""
    return {
        "fields": {
            "place": _("Place"),
            "landmark": _("Or a place everybody knows"),
            "happened": _("When"),
            "on": _("On which day?"),
            "danger": _("In danger now"),
            "about_officer": _("About the officer"),
            "name": _("Name"),
            "phone": _("Phone number"),
            "way": _("How may we reach you?"),
            "safe_from": _("Safe from"),
            "safe_to": _("until"),
            "lat": _("Latitude"),
            "lon": _("Longitude"),
        },
        "values": {
            "now": _("It is happening now, or just did"),
            "today": _("Earlier today"),
            "yesterday": _("Yesterday"),
            "often": _("It happens again and again"),
            "yes": _("Yes"),
            "no": _("No"),
            "sms": _("By SMS"),
            "call": _("By a call"),
            "none": _("Do not contact me; I will look here myself"),
        },
        "open": _("Open the file"),
        "picture": _("Photograph"),
        "broken": _("This file does not open."),
        "original": _("What the phone holds as its original has this hash"),
    }
