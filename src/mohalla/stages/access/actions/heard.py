"""One text, or some keys, of one phone; which case it is about, and how an answer came out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.models import Report
from mohalla.stages.access.models import Conversation
from mohalla.stages.access.rules.dialogue import Meaning
from mohalla.station.casework.models import Case


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One text of one phone, with its dialogue. `step`: the code of the question that was open;
    `filed`: the report that was made in this very call; `signed`: the receipt's digits were; `files`:
    a recording that is the answer. The number is empty where it was withheld."""

    key: UUID
    number: str
    text: str
    repeats: UUID | None
    at: datetime
    conversation: Conversation
    meant: Meaning
    step: str = ""
    door: str = "sms"
    filed: UUID | None = None
    signed: bool = False
    files: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Came:
    """How an act came out: a key of `on` in the step or word that named the act.

    `of`: the step whose `on` it is, where an answer turned out to be something else (a report).
    `due`: the moment that the answer names, where it is about no case.
    """

    outcome: str
    case: Case | None = None
    receipt: str = ""
    of: str = ""
    due: datetime | None = None
    count: int = 0


def latest(heard: Heard) -> Case | None:
    if not heard.number:
        return _of_this_call(heard)
    found = reports.of_phone(heard.number, limit=1)
    return case_of(found[0]) if found else None


def current(heard: Heard) -> Case | None:
    """The report that the dialogue is about, as long as this phone is how to reach its reporter."""
    if not heard.number:
        return _of_this_call(heard)
    report = heard.conversation.report
    if report is not None and reports.is_reached_at(report, heard.number):
        return case_of(report)
    return latest(heard)


def _of_this_call(heard: Heard) -> Case | None:
    """Who withholds the number can be told of nothing but what was told in this call."""
    report = Report.objects.filter(pk=heard.filed).first() if heard.filed else None
    return case_of(report) if report is not None else None


def case_of(report: Report) -> Case:
    return Case.objects.select_related("report", "unit").get(pk=report.pk)
