"""What a proposal needs before the reporter is asked, and what an answer brings."""

from __future__ import annotations

from datetime import datetime, timedelta

from mohalla.foundation.catalogue import OutcomeKind

REMIND_AFTER = (timedelta(days=3), timedelta(days=7))
SILENT_AFTER = timedelta(days=14)
# what a kind needs in words of its own: they stand in the reason
NEEDS_WORDS = frozenset({"reason", "terms", "original", "tries"})


class OutcomeRefused(Exception):
    """`reason`: kind, proof, reason, referral, same_again, waiting, words. Nothing was stored."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check(
    kind: OutcomeKind | None,
    *,
    allowed: tuple[str, ...],
    what_done: str,
    reason: str,
    proofs: int,
    referred: bool,
    disputed: frozenset[tuple[str, str]],
) -> None:
    """Raise `OutcomeRefused` where the proposal lacks something.

    `disputed` holds (kind, words) of earlier proposals that the reporter disputed: the same
    outcome only with something new.
    """
    if kind is None or (allowed and kind.code not in allowed):
        raise OutcomeRefused("kind")
    if not what_done.strip():
        raise OutcomeRefused("words")
    if "proof" in kind.needs and not proofs:
        raise OutcomeRefused("proof")
    if NEEDS_WORDS & set(kind.needs) and not reason.strip():
        raise OutcomeRefused("reason")
    if "body" in kind.needs and not referred:
        raise OutcomeRefused("referral")
    if (kind.code, what_done.strip()) in disputed:
        raise OutcomeRefused("same_again")


def reminders_due(asked_at: datetime, at: datetime) -> int:
    """How many reminders a silent reporter of a C1 matter should have had by now: 0, 1 or 2."""
    return sum(at >= asked_at + span for span in REMIND_AFTER)


def reply_until(kind: OutcomeKind | None, asked_at: datetime) -> datetime | None:
    """Until when the reporter may answer what was not established; None where no term runs."""
    days = kind.right_of_reply_days if kind else None
    return asked_at + timedelta(days=days) if days else None


def silence_ends(asked_at: datetime, at: datetime) -> bool:
    """After 14 days a C1 case closes as unconfirmed, never as a success."""
    return at >= asked_at + SILENT_AFTER
