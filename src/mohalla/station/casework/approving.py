"""The acts on a case that two bodies agree on, in words, for the pages of desk and reporter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mohalla.foundation import catalogue
from mohalla.foundation.approvals import acts
from mohalla.foundation.approvals import queries as asked
from mohalla.foundation.approvals.acts import Act
from mohalla.foundation.approvals.models import Approval
from mohalla.foundation.units import queries as units
from mohalla.station.casework import actions, names
from mohalla.station.casework.rules.two_bodies import DESTROY, RECLASSIFY, REROUTE, UNMASK

STATES = {
    "waiting": gettext_lazy("waits for the answer"),
    "refused": gettext_lazy("the answer was no"),
    "expired": gettext_lazy("nobody answered in time"),
    "done": gettext_lazy("agreed and done"),
}


def _to_desk(arguments: Mapping[str, Any], language: str) -> str:
    return names.unit(units.directory(), int(arguments["to_unit"]), language)


def _to_category(arguments: Mapping[str, Any], language: str) -> str:
    found = catalogue.get().category(str(arguments["category"]))
    return f"{found.name(language)} ({found.sensitivity})"


def _nothing(arguments: Mapping[str, Any], language: str) -> str:
    return ""


ACTS = (
    Act(
        code=REROUTE, title=gettext_lazy("Send it to another desk"), do=actions.reroute_agreed,
        told=_to_desk,
    ),
    Act(
        code=RECLASSIFY, title=gettext_lazy("Give it another class"),
        do=actions.reclassify_agreed, told=_to_category,
    ),
    Act(
        code=DESTROY, title=gettext_lazy("Destroy the words"), do=actions.destroy_agreed,
        told=_nothing,
    ),
    Act(
        code=UNMASK, title=gettext_lazy("Open name and number"), do=actions.unmask_agreed,
        told=_nothing,
    ),
)  # fmt: skip


def row(approval: Approval, language: str, *, at: datetime) -> dict[str, Any]:
    """One request as the pages of the desk show it."""
    directory, act = units.directory(), acts.get(approval.act)
    state = asked.state(approval, at=at)
    return {
        "id": approval.pk,
        "title": act.title,
        "what": act.told(approval.arguments, language),
        "subject": approval.subject,
        "sensitivity": approval.sensitivity,
        "reason": asked.reason_of(approval),
        "by": names.officer(directory, approval.asked_by_id, language) or _("the keeper of the machine"),
        "desk": names.unit(directory, approval.asked_for_id, language),
        "of": names.unit(directory, approval.asked_of_id, language),
        "asked_at": approval.asked_at,
        "expires_at": approval.expires_at,
        "state": state,
        "state_name": STATES[state],
        "seen": asked.digest_of(approval),
        "answers": [
            {"by": names.officer(directory, said.officer_id, language), "yes": said.yes,
             "desk": names.unit(directory, said.unit_id, language), "at": said.at,
             "why": asked.why_of(approval, said)}
            for said in approval.answers.all()
        ],
    }  # fmt: skip
