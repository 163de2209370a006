"""When a question of the dialogue need not be asked: the guards that `dialogue.toml` names."""

from __future__ import annotations

from collections.abc import Callable

from mohalla.foundation.reports import queries as reports
from mohalla.stages.access.actions import intake
from mohalla.station.casework.models import Case


def _endangered(case: Case) -> bool:
    return bool(case.danger)


def _matter_clear(case: Case) -> bool:
    """It has its category, or no answer of the sender would give it one."""
    return bool(case.category) or not intake.is_plain(case)


def _hours_clear(case: Case) -> bool:
    """Told before, or taken back: not asked again."""
    contact = reports.contact_of(case.report)
    return contact is None or contact.safe_from is not None or contact.way != "sms"


def _of_case(guard: Callable[[Case], bool]) -> Callable[[Case | None], bool]:
    """Without a case there is nothing to ask about."""
    return lambda case: case is None or guard(case)


def holds(guard: str, case: Case | None, *, door: str) -> bool:
    """Whether the question is passed over."""
    return door != "voice" if guard == "written" else GUARDS[guard](case)


GUARDS: dict[str, Callable[[Case | None], bool]] = {
    "endangered": _of_case(_endangered),
    "matter_clear": _of_case(_matter_clear),
    "hours_clear": _of_case(_hours_clear),
}
