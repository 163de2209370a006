"""Who may see the name and number of whoever spoke in a C3 matter: nobody, until two bodies agreed."""

from __future__ import annotations

from datetime import datetime

from mohalla.foundation.approvals.models import Approval
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.actions import OPEN_FOR
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules.two_bodies import DESTROY, GRAVEST, UNMASK


def is_open(case: Case, viewer: Viewer, *, at: datetime) -> bool:
    """C1 and C2: to whom the case is addressed. C3: to the desk that asked, for three days."""
    if case.sensitivity != GRAVEST:
        return True
    agreed = Approval.objects.filter(room=ROOM, subject=case.reference, act=UNMASK)
    return agreed.filter(done_at__gt=at - OPEN_FOR, asked_for__in=viewer.units).exists()


def words_destroyed(case: Case) -> bool:
    """Whether nothing of what was said is left."""
    done = Approval.objects.filter(room=ROOM, subject=case.reference, act=DESTROY)
    return done.filter(done_at__isnull=False).exists()
