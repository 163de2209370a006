"""When a promise is due, when its owner is reminded, and what the clock must do next.

All moments are aware. Safe hours and office hours are wall-clock hours in Pakistan.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PKT = ZoneInfo("Asia/Karachi")
HALF, EIGHTY, BROKEN = "half", "eighty", "broken"
FRIDAY, SATURDAY, SUNDAY = 5, 6, 7
FRIDAY_CLOSE = time(13)


def is_safe(at: datetime, safe_from: int | None, safe_to: int | None) -> bool:
    """Whether the local hour lies in the safe hours; no hours given: always."""
    if safe_from is None or safe_to is None or safe_from == safe_to:
        return True
    hour = at.astimezone(PKT).hour
    if safe_from < safe_to:
        return safe_from <= hour < safe_to
    return hour >= safe_from or hour < safe_to


def first_safe(at: datetime, safe_from: int | None, safe_to: int | None) -> datetime:
    """`at` itself where it is safe, else the start of the next safe hour."""
    if is_safe(at, safe_from, safe_to):
        return at
    local = at.astimezone(PKT).replace(minute=0, second=0, microsecond=0)
    whole = local.astimezone(UTC)  # hours that pass, whatever the clock on the wall does meanwhile
    for hours in range(1, 50):
        moment = whole + timedelta(hours=hours)
        if is_safe(moment, safe_from, safe_to):
            return moment.astimezone(at.tzinfo)
    return at


def contact_due(
    made_at: datetime, span: timedelta, safe_from: int | None, safe_to: int | None
) -> datetime:
    """`span` later; where that is not a safe hour, the end of the first safe hour after it."""
    due = made_at + span
    if is_safe(due, safe_from, safe_to):
        return due
    return first_safe(due, safe_from, safe_to) + timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Season:
    """Days on which offices close earlier (Ramazan), the last one included."""

    from_on: date
    until_on: date
    closes: time
    friday_closes: time


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """When offices rest and close; stations never do."""

    holidays: frozenset[date] = frozenset()
    seasons: tuple[Season, ...] = ()

    def closes(self, day: date) -> time | None:
        """When an office closes on a day that it works; None: no earlier than usual."""
        friday = day.isoweekday() == FRIDAY
        for season in self.seasons:
            if season.from_on <= day <= season.until_on:
                return season.friday_closes if friday else season.closes
        return FRIDAY_CLOSE if friday else None


ORDINARY = Calendar()


def working_day_after(at: datetime, office_days: int, calendar: Calendar = ORDINARY) -> datetime:
    """The same time on the next day that the office works, no later than it closes; seven days: 24 h.

    Five- and six-day offices rest on Sunday (and Saturday), and close at 13:00 on Friday.
    """
    if office_days >= SUNDAY:
        return at + timedelta(days=1)
    local = at.astimezone(PKT) + timedelta(days=1)
    while local.isoweekday() > office_days or local.date() in calendar.holidays:
        local += timedelta(days=1)
    close = calendar.closes(local.date())
    if close is not None and local.time() > close:
        local = datetime.combine(local.date(), close, PKT)
    return local.astimezone(at.tzinfo)


def moments(made_at: datetime, due_at: datetime) -> dict[str, datetime]:
    """When the clock acts on a promise: reminders at half the time and at 80 %, then its end."""
    span = due_at - made_at
    return {HALF: made_at + span / 2, EIGHTY: made_at + span * 4 / 5, BROKEN: due_at}


def steps_due(
    made_at: datetime, due_at: datetime, at: datetime, done: Collection[str]
) -> list[str]:
    """What is to be done at `at`. A reminder that was slept through is not sent after the end."""
    due = moments(made_at, due_at)
    if at >= due[BROKEN]:
        return [] if BROKEN in done else [BROKEN]
    return [step for step in (HALF, EIGHTY) if at >= due[step] and step not in done][-1:]


def next_look(made_at: datetime, due_at: datetime, at: datetime) -> datetime:
    """The next moment after `at` at which the clock must look at an open promise."""
    later = [moment for moment in moments(made_at, due_at).values() if moment > at]
    return min(later, default=due_at)
