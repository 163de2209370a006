"""News to the browser that follows a report: without a number, neutral, removable."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mohalla.channels.push import actions as push
from mohalla.channels.push import queries, vapid
from mohalla.channels.push.address import BadAddress
from mohalla.stages.access.rules.hours import HoursUnclear, safe_hours
from mohalla.station.casework.models import Case

Said = dict[str, str]


def shown(case: Case) -> dict[str, object]:
    """What the page needs: our public key, and whether some browser listens already."""
    return {"key": vapid.public(), "listens": queries.listens(case.reference)}


def listen(request: HttpRequest, case: Case, at: datetime) -> Said:
    """The browser made an address; it gets "there is news", in safe hours."""
    try:
        push.subscribe(
            told=request.POST.get("subscription", ""), subject=case.reference,
            language=get_language() or "ur", at=at,
            safe_hours=safe_hours(request.POST.get("safe_hours", "")),
        )  # fmt: skip
    except HoursUnclear:
        return {"problem": _("Write the safe hours like this: 14-16.")}
    except BadAddress:
        return {"problem": _("This browser gave no address that we can use. Nothing was changed.")}
    except push.TooMany:
        return {"problem": _("Five phones are told already. Stop them first.")}
    return {"said_now": _("From now on this phone hears when there is news, and nothing else.")}


def silence(request: HttpRequest, case: Case, at: datetime) -> Said:
    """No browser hears anything more."""
    push.end(subject=case.reference, why="asked", at=at)
    return {"said_now": _("No phone hears news of this any more, unless you left a number.")}
