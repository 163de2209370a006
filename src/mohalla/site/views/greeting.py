"""What an officer is told first after signing in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mohalla.foundation.people import queries as people
from mohalla.foundation.people.models import Account


def greet(request: HttpRequest, account: Account, *, refused: int) -> None:
    """Tries that failed meanwhile, and what changed around the account; nothing if nothing did."""
    if refused:
        said = ngettext(
            "%(number)s attempt to sign in as you failed since the last time. If it was not you, tell whoever keeps accounts.",
            "%(number)s attempts to sign in as you failed since the last time. If it was not you, tell whoever keeps accounts.",
            refused,
        )
        messages.error(request, said % {"number": refused})
    if people.untold(account):
        messages.error(
            request, _("Something changed on your account: open “My account” and look at it.")
        )
