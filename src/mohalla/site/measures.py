"""The figures of `/metrics`: totals, read from the database, the same whichever process is asked.

Nothing here is counted by desk, place, category or sensitivity: a confidential matter must not be
told from a figure that grows by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from django.db.models import Count, Min
from django_tasks_db.models import DBTaskResult

from mohalla.channels.notices import queries as notices
from mohalla.channels.sms.models import Delivery, DeliveryState
from mohalla.foundation.jobs import signs
from mohalla.foundation.jobs.models import Heartbeat, Tally
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports.models import Report

SETTLED = timedelta(minutes=10)  # no report that is older than this can still be on its way in
DAY = timedelta(days=1)
_doors: tuple[datetime | None, Counter[str]] = (None, Counter())
_lock = Lock()


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One line or more of one name: labels beside values."""

    name: str
    kind: str  # counter | gauge
    says: str
    rows: list[tuple[Mapping[str, str], float]]


def taken(at: datetime) -> list[Measure]:
    """All of them, in about ten statements."""
    signs.flush(now=True)
    return [
        *_reports(at),
        *_deliveries(at),
        *_notices(at),
        *_promises(at),
        *_jobs(at),
        *_processes(at),
    ]


def text(measures: Iterable[Measure]) -> str:
    """The Prometheus text format, version 0.0.4. Labels hold words of ours: nothing to escape."""
    lines = []
    for row in measures:
        lines += [f"# HELP {row.name} {row.says}", f"# TYPE {row.name} {row.kind}"]
        for labels, value in row.rows:
            shown = ",".join(f'{name}="{word}"' for name, word in labels.items())
            lines.append(f"{row.name}{{{shown}}} {value:g}" if shown else f"{row.name} {value:g}")
    return "\n".join(lines) + "\n"


def forget() -> None:
    """Empty the memory of this process (tests that roll back need it)."""
    global _doors
    _doors = (None, Counter())


def _reports(at: datetime) -> list[Measure]:
    refused = []
    for name, count in Tally.objects.filter(name__startswith="refused ").values_list(
        "name", "count"
    ):
        _refused, door, reason = name.split(" ")
        refused.append(({"door": door, "reason": reason}, float(count)))
    by_door: list[tuple[Mapping[str, str], float]] = [
        ({"door": door}, count) for door, count in sorted(_by_door(at).items())
    ]
    return [
        Measure(name="mohalla_reports_total", kind="counter", rows=by_door,
                says="Reports accepted durably, by door."),
        Measure(name="mohalla_refused_total", kind="counter", rows=sorted(refused, key=str),
                says="Requests to report that were refused, by door and reason."),
    ]  # fmt: skip


def _by_door(at: datetime) -> Counter[str]:
    """What is older than ten minutes stands still: it is counted once, and only the rest again."""
    global _doors
    with _lock:
        since, settled = _doors
        until = at - SETTLED
        if since is None or until > since:
            found = Report.objects.filter(received_at__lte=until)
            if since is not None:
                found = found.filter(received_at__gt=since)
            settled = settled + _doors_of(found)
            _doors = since, settled = until, settled
        return settled + _doors_of(Report.objects.filter(received_at__gt=since))


def _doors_of(found: object) -> Counter[str]:
    rows = found.values_list("door").annotate(n=Count("pk"))  # type: ignore[attr-defined]
    return Counter(dict(rows))


def _deliveries(at: datetime) -> list[Measure]:
    open_now = Delivery.objects.filter(state__in=(DeliveryState.WAITING, DeliveryState.SENDING))
    ended = Delivery.objects.filter(sent_at__gt=at - DAY)
    by_state = Counter(dict(open_now.values_list("state").annotate(n=Count("pk"))))
    by_state.update(dict(ended.values_list("state").annotate(n=Count("pk"))))
    due = Delivery.objects.due(at).aggregate(oldest=Min("next_try_at"))["oldest"]
    return [
        Measure(name="mohalla_deliveries", kind="gauge",
                rows=[({"state": state}, by_state[state]) for state in DeliveryState.values],
                says="Texts: waiting and sending now; other states of the last 24 hours."),
        _gauge("mohalla_delivery_oldest_seconds", _age(due, at),
               "How long the oldest text that may go has waited for its turn."),
    ]  # fmt: skip


def _notices(at: datetime) -> list[Measure]:
    """By kind, and not by area: an area with one listener would tell of one person."""
    held = notices.held(at=at)
    went = Counter[tuple[str, str]]()
    for row in notices.days(at=at):
        went[row.kind, "accepted"] += row.accepted
        went[row.kind, "failed"] += row.failed
    return [
        Measure(name="mohalla_notices", kind="gauge",
                rows=[({"kind": kind, "state": state}, count)
                      for (kind, state), count in sorted(went.items())],
                says="Notices of the last seven days, by kind."),
        _gauge("mohalla_sms_parts_day", held.parts, "SMS parts of the last 24 hours."),
        _gauge("mohalla_spend_stopped", held.stopped, "1 while the daily spend stop holds back."),
        _gauge("mohalla_spend_held", held.texts + held.broadcasts,
               "Texts and alerts that it holds back."),
    ]  # fmt: skip


def _promises(at: datetime) -> list[Measure]:
    owed = Promise.objects.open()
    return [
        _gauge("mohalla_promises_open", owed.count(), "Promises that are owed now."),
        _gauge("mohalla_promises_late", owed.filter(kind="decision").count(),
               "Decisions owed about promises that were broken."),
        _gauge("mohalla_promises_overdue",
               owed.filter(next_at__lte=at, due_at__lte=at).count(),
               "Open promises whose time is over and that the clock has not broken: should be 0."),
    ]  # fmt: skip


def _jobs(at: datetime) -> list[Measure]:
    ready = DBTaskResult.objects.filter(status="READY")
    first = ready.aggregate(first=Min("enqueued_at"))["first"]
    return [
        _gauge("mohalla_jobs_waiting", ready.count(), "Jobs in the queue."),
        _gauge(
            "mohalla_job_oldest_seconds", _age(first, at), "How long the oldest job has waited."
        ),
    ]


def _processes(at: datetime) -> list[Measure]:
    """A process that was never heard of has no line: an alert on `absent()` finds it."""
    found = {row.name: row for row in Heartbeat.objects.all()}
    measures = [
        Measure(name="mohalla_heartbeat_seconds", kind="gauge",
                rows=[({"process": name}, _age(row.at, at)) for name, row in sorted(found.items())],
                says="Age of the last sign of life of a process beside the web."),
    ]  # fmt: skip
    if "sms" in found:
        up = float(found["sms"].state == "up")
        measures.append(
            _gauge("mohalla_sms_link_up", up, "1 where the link to the carrier stood at that sign.")
        )
    return measures


def _gauge(name: str, value: float, says: str) -> Measure:
    return Measure(name=name, kind="gauge", says=says, rows=[({}, value)])


def _age(then: datetime | None, at: datetime) -> float:
    return max(0.0, (at - then).total_seconds()) if then else 0.0
