"""Settings that a promise stands on: what was accepted last, what is weaker now, who allowed that.

What was accepted stands in the ledger. A start with something weaker is refused until two people of
two bodies allowed exactly that (`mohalla settings ask`, then the page “Two bodies”); something
stronger is accepted and written down. Figures that stand in the code count like settings: a release
that weakens one is asked about as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.db import transaction
from django.utils.translation import gettext_lazy

from mohalla.foundation import limiter
from mohalla.foundation.approvals import actions as approvals
from mohalla.foundation.approvals.acts import Act
from mohalla.foundation.approvals.models import Approval
from mohalla.foundation.approvals.rules.hands import LIFE
from mohalla.foundation.jobs import retention
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger.models import Entry
from mohalla.station.casework.rules import reading

ROOM, WEAKEN = "settings", "weaken"
ACCEPTED, ALLOWED = "settings accepted", "setting allowed"


@dataclass(frozen=True, kw_only=True)
class Upheld:
    """`lower`: whether a smaller figure is the weaker one. Yes and no are 1 and 0."""

    name: str
    promise: str
    lower: bool
    value: Callable[[], int]

    def weaker(self, now: int, before: int) -> bool:
        return now < before if self.lower else now > before


class NotWeaker(Exception):
    """Nobody need be asked for this: unknown, as it is, or stronger."""


def _lower(name: str, promise: str, value: Callable[[], int]) -> Upheld:
    return Upheld(name=name, promise=promise, lower=True, value=value)


def _higher(name: str, promise: str, value: Callable[[], int]) -> Upheld:
    return Upheld(name=name, promise=promise, lower=False, value=value)


def _minutes(name: str) -> Callable[[], int]:
    return lambda: int(getattr(settings.LIMITS, name).total_seconds() // 60)


def cost() -> int:
    """Rounds of the hash of passwords; 0 for one that is not made to be slow."""
    return int(getattr(get_hasher(), "iterations", 0))


LIST: tuple[Upheld, ...] = (
    _higher("MOHALLA_DEBUG", "P30", lambda: int(settings.DEBUG)),
    _lower("MOHALLA_HTTPS", "P10", lambda: int(settings.SESSION_COOKIE_SECURE)),
    _lower("MOHALLA_APPROVAL_BODIES", "P07", lambda: int(settings.APPROVAL_BODIES)),
    _lower("MOHALLA_WITNESSES", "P05", lambda: len(settings.WITNESSES)),
    _lower("MOHALLA_WITNESS_QUORUM", "P05", lambda: int(settings.WITNESS_QUORUM)),
    _higher("MOHALLA_IDLE_MINUTES", "P08", _minutes("idle")),
    _higher("MOHALLA_SESSION_HOURS", "P08", lambda: _minutes("most")() // 60),
    _higher("MOHALLA_PROOF_MINUTES", "P08", _minutes("proof")),
    _higher("MOHALLA_TRUSTED_PROXIES", "P13", lambda: int(settings.TRUSTED_PROXIES)),
    _lower("password hash rounds", "P08", cost),
    *(
        _higher(f"reading limit {code}", "P06", lambda code=code: reading.MOST[code])  # type: ignore[misc] # bound by its default
        for code in reading.MOST
    ),
    *(
        _higher(f"tries {what}", "P13", lambda what=what: limiter.BUDGETS[what][0].amount)  # type: ignore[misc] # bound by its default
        for what in ("receipt", "claim", "sign_in", "sign_in_refused")
    ),
    *(
        _higher(
            f"kept {name}"[:40],
            "P30",
            lambda row=row: int(row.span.total_seconds() // 3600),  # type: ignore[misc] # bound by its default
        )
        for name, row in retention.TABLE.items()
    ),
)
BY_NAME = {row.name: row for row in LIST}


def present() -> dict[str, int]:
    """As this process was started."""
    return {row.name: row.value() for row in LIST}


def accepted() -> dict[str, int]:
    """What stands in the ledger since the last start that changed something; empty: none did."""
    last = Entry.objects.filter(room=ROOM, what=ACCEPTED).order_by("at", "pk").last()
    return dict(last.facts["values"]) if last else {}


def refused(*, at: datetime) -> list[Upheld]:
    """What is weaker than what was accepted, and nobody allowed it."""
    before, now, allowed = accepted(), present(), _allowed(at)
    weaker = [
        row for row in LIST if row.name in before and row.weaker(now[row.name], before[row.name])
    ]
    return [
        row
        for row in weaker
        if row.name not in allowed or row.weaker(now[row.name], allowed[row.name][0])
    ]


def accept(*, at: datetime) -> dict[str, int]:
    """Called at each start where nothing is refused: what changed is written down; returns that."""
    before, now, allowed = accepted(), present(), _allowed(at)
    changed = {name: value for name, value in now.items() if before.get(name) != value}
    if changed or set(before) - set(now):
        used = [key for name, (_value, key) in allowed.items() if name in changed]
        ledger.record(
            what=ACCEPTED, room=ROOM, subject="-", by="system", at=at, values=now,
            changed=changed, used=used,
        )  # fmt: skip
    return changed


def ask(*, name: str, value: int, reason: str, at: datetime) -> Approval:
    """By the keeper of the machine, who is no body: two people of two bodies must agree.

    Raises `NotWeaker` and `ApprovalRefused`.
    """
    row, before = BY_NAME.get(name), accepted()
    if row is None or not row.weaker(value, before.get(name, row.value())):
        raise NotWeaker(name)
    return approvals.ask(
        act=WEAKEN, room=ROOM, subject=name, arguments={"value": value}, reason=reason, hand=None,
        of_unit=None, at=at, sensitivity="",
    )  # fmt: skip


def allow(approval: Approval, at: datetime) -> None:
    """Two bodies agreed: a start with this value, within three days, is not refused."""
    with transaction.atomic():
        ledger.record(
            what=ALLOWED, room=ROOM, subject=approval.subject, by="system", at=at,
            value=approval.arguments["value"], approval=str(approval.pk),
        )  # fmt: skip


def _allowed(at: datetime) -> dict[str, tuple[int, str]]:
    """Name to (value, approval), each good for one change."""
    used = {
        key
        for entry in Entry.objects.filter(room=ROOM, what=ACCEPTED)
        for key in entry.facts.get("used", ())
    }
    rows = Entry.objects.filter(room=ROOM, what=ALLOWED, at__gt=at - LIFE).order_by("at", "pk")
    return {
        row.subject: (int(row.facts["value"]), str(row.facts["approval"]))
        for row in rows
        if row.facts["approval"] not in used
    }


def _told(arguments: Mapping[str, Any], language: str) -> str:
    return str(arguments["value"])


ACT = Act(
    code=WEAKEN, title=gettext_lazy("Weaken a setting that protects people"), do=allow, told=_told
)
