"""Words that ask for nothing else are a report: the act that all doors without pages begin with."""

from __future__ import annotations

from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.submission import Submission
from mohalla.stages.access.actions import intake, said
from mohalla.stages.access.actions.accept import TEXT_LIMIT, accept
from mohalla.stages.access.actions.heard import Came, Heard, latest
from mohalla.stages.access.models import Conversation
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case


def report(heard: Heard) -> Came:
    """placed, unplaced, again."""
    if heard.repeats is not None:
        known = latest(heard)
        if known is not None and reports.opened(known.report, known.report.body) == heard.text:
            return Came(outcome="again", case=known)
    case = accepted(heard, danger=None)
    place = said.place_in(heard.text, at=heard.at)
    if place is None:
        return Came(outcome="unplaced", case=case)
    said.put_place(case=case, place=place, at=heard.at)
    return Came(outcome="placed", case=case)


def accepted(heard: Heard, *, danger: bool | None, category: str = "") -> Case:
    done = accept(
        submission=Submission(
            door=heard.door,
            language=heard.conversation.language,
            text=heard.text[:TEXT_LIMIT],
            danger=danger,
            category=category,
            contact=intake.wish_for(heard.number) if heard.number else None,
            attachments=heard.files,
            idempotency_key=f"{heard.door}-{heard.key}",
        ),
        at=heard.at,
        body_hash=heard.door,
    )
    Conversation.objects.filter(pk=heard.conversation.pk).update(report_id=done.report)
    case = Case.objects.select_related("report", "unit").get(pk=done.report)
    rest = heard.text[TEXT_LIMIT:]
    if rest:
        casework.say(case=case, text=rest, door=heard.door, at=heard.at, owes=False)
    return case
