"""The kinds of notices, and what may hold each of them back: the one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mohalla.foundation.promises.rules import clocks

Hours = tuple[int | None, int | None]
ANY: Hours = (None, None)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`purpose` is what the outbox calls it (else its code). `personal`: about somebody's own matter, so her safe hours
    count; else the quiet hours do. `urgent`: no hour holds it. `owed`: the daily spend stop does
    not hold it. `gathers`: several due at once become one text."""

    code: str
    personal: bool = True
    urgent: bool = False
    owed: bool = False
    gathers: bool = False
    called: str = ""

    @property
    def purpose(self) -> str:
        return self.called or self.code


_ALL = (
    Kind(code="reply", urgent=True, owed=True),  # she wrote now
    Kind(code="sos", urgent=True, owed=True),
    Kind(code="danger", urgent=True, owed=True),  # also to an area
    Kind(code="trusted", urgent=True, owed=True),  # to those whom she named
    Kind(code="news", gathers=True),
    Kind(code="question", called="news"),  # opens a step of the dialogue: it must come as it is
    Kind(code="invite", personal=False),
    Kind(code="alert", personal=False),
)
KINDS = {kind.code: kind for kind in _ALL}


def hours(kind: Kind, *, safe: Hours, quiet: Hours) -> Hours:
    """The hours in which it may go; `quiet` are those in which nothing impersonal does."""
    if kind.urgent:
        return ANY
    return safe if kind.personal else (quiet[1], quiet[0])


def may_go(kind: Kind, *, quiet: Hours, at: datetime) -> bool:
    """Whether something for everybody may go now."""
    return clocks.is_safe(at, *hours(kind, safe=ANY, quiet=quiet))
