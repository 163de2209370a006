"""How the paths to help stand, for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from mohalla.stages.access.actions import rehearse
from mohalla.stages.access.models import Rehearsal
from mohalla.stages.access.rules import paths


@dataclass(frozen=True, kw_only=True)
class Path:
    """One path: its name, whether it worked within a day, when it last did."""

    code: str
    name: str
    works: bool
    worked_at: datetime | None


def seen(at: datetime) -> list[Path]:
    """Every path that is offered here: one statement."""
    names = {
        paths.WEB: _("The button on this page"), paths.SMS: _("SOS by SMS"),
        paths.USSD: _("The short code"), paths.MISSED: _("A missed call"),
        paths.TIMER: _("A journey that is not ended"),
    }  # fmt: skip
    good = Rehearsal.objects.filter(problem="", done_at__isnull=False)
    last = dict(good.values_list("path").annotate(Max("done_at")))
    return [
        Path(
            code=code,
            name=names[code],
            works=paths.works(last.get(code), at),
            worked_at=last.get(code),
        )
        for code in rehearse.offered()
    ]
