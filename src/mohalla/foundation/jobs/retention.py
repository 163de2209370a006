"""How long each class of data that is not the record itself stays, and why: the one table.

Reports, promises, cases and the ledger are the record; what the law says of their end is not
decided here. A province changes this table after advice, and the page
`docs/operations/retention.md` with it; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True)
class Kept:
    """`span`: counted from the moment that `counted_from` names."""

    span: timedelta
    counted_from: str
    why: str

    def before(self, at: datetime) -> datetime:
        """What is older than this goes."""
        return at - self.span


TABLE: dict[str, Kept] = {
    "unclaimed file": Kept(
        span=timedelta(hours=48),
        counted_from="upload",
        why="The report it was meant for was never sent; a day and a night to finish it.",
    ),
    "idempotency key": Kept(
        span=timedelta(days=30),
        counted_from="the report",
        why="A phone that was without network for a month may still send the same form again.",
    ),
    "raw bytes of a text": Kept(
        span=timedelta(days=30),
        counted_from="handled",
        why="To read a text again where a carrier or our own reading was wrong.",
    ),
    "words of a handled text": Kept(
        span=timedelta(days=180),
        counted_from="handled",
        why="The report holds them; here they only explain the dialogue.",
    ),
    "words of an ended delivery": Kept(
        span=timedelta(days=180),
        counted_from="its end",
        why="To answer what was sent to a phone; cost and fate stay as figures.",
    ),
    "ended notice to a browser": Kept(
        span=timedelta(days=30),
        counted_from="its end",
        why="To see why a phone heard nothing; an ended subscription keeps no address.",
    ),
    "unreadable bytes": Kept(
        span=timedelta(days=180),
        counted_from="arrival",
        why="Nobody could read them in half a year.",
    ),
    "request for a receipt": Kept(
        span=timedelta(days=90),
        counted_from="its end",
        why="To answer who asked for whose receipt while the matter is fresh; the ledger keeps that it was.",
    ),
    "wish for area messages": Kept(
        span=timedelta(days=2),
        counted_from="the day a page asked for it",
        why="So long the phone may say yes; then nobody knows that it was asked.",
    ),
    "place in a call": Kept(
        span=timedelta(days=1),
        counted_from="its last key",
        why="A call that broke off goes on where it was; the report itself is kept elsewhere.",
    ),
    "place of an alarm": Kept(
        span=timedelta(hours=1),
        counted_from="when the phone last told it; at once when the alarm ends, or she stops it",
        why="To find somebody who is in danger now, and for nothing else.",
    ),
    "trial of a path to help": Kept(
        span=timedelta(days=90),
        counted_from="its beginning",
        why="To see when help did not work.",
    ),
    "safety card": Kept(
        span=timedelta(days=730),
        counted_from="the day it was made",
        why="Who is told changes with the years; a phone that nobody confirmed is dropped after a week.",
    ),
    "ended journey": Kept(
        span=timedelta(days=7),
        counted_from="its end",
        why="Nothing stands in it any more but two times; those show that it was watched.",
    ),
    "sound in the folder shared with an Asterisk": Kept(
        span=timedelta(days=1),
        counted_from="writing",
        why="What was said is taken out at once and kept with the report; only a crash leaves it here.",
    ),
    "ended sign-in": Kept(
        span=timedelta(days=90),
        counted_from="its end, or when it was last seen",
        why="An officer looks back where the account was open; the ledger keeps that it was.",
    ),
    "notice about an account": Kept(
        span=timedelta(days=365),
        counted_from="the day it was shown",
        why="To see a year of what happened around an account.",
    ),
    "result of a job": Kept(
        span=timedelta(days=14),
        counted_from="its end",
        why="To see what went wrong lately.",
    ),
}


def page() -> str:
    """The page `docs/operations/retention.md`."""
    lines = [
        "# How long what stays",
        "",
        "Made from `foundation/jobs/retention.py`. A job does it every hour; it may run twice.",
        "",
        "| what | how long | counted from | why |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {_said(row.span)} | {row.counted_from} | {row.why} |"
        for name, row in TABLE.items()
    ]
    return "\n".join(lines) + "\n"


def _said(span: timedelta) -> str:
    hours = int(span.total_seconds() // 3600)
    return f"{hours} hours" if hours < 72 else f"{span.days} days"
