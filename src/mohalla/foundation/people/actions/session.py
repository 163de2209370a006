"""Sessions of an account: begin, prove again, see, end."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.people.models import Account, Notice, Passkey, Session
from mohalla.foundation.people.rules.device import device

SEEN_EVERY = timedelta(minutes=1)  # not a write with every page


def begin_session(
    *, account: Account, means: str, passkey: Passkey | None, user_agent: str, at: datetime
) -> tuple[Session, int]:
    """The session, and how many tries were refused since the last one."""
    with transaction.atomic():
        refused = Account.objects.values_list("refused", flat=True).get(pk=account.pk)
        Account.objects.filter(pk=account.pk).update(refused=F("refused") - refused)
        session = Session.objects.create(
            account=account, means=means, passkey=passkey, device=device(user_agent),
            began_at=at, seen_at=at, proved_at=at,
        )  # fmt: skip
        _note("signed in", account.pk, account, at, means=means)
    return session, refused


def prove_again(*, session: Session, means: str, at: datetime) -> None:
    """The officer has just shown again who sits there."""
    with transaction.atomic():
        Session.objects.filter(pk=session.pk).update(proved_at=at, seen_at=at)
        _note("proof given", session.account_id, session.account, at, means=means)


def see_session(*, session: Session, at: datetime) -> None:
    """Somebody used it; written once a minute at most."""
    if at - session.seen_at >= SEEN_EVERY:
        Session.objects.filter(pk=session.pk, seen_at__lt=at).update(seen_at=at)


def end_session(*, session: UUID, account: Account, why: str, at: datetime) -> bool:
    """False where this account has no such session, or it has ended."""
    with transaction.atomic():
        rows = Session.objects.filter(pk=session, account=account, ended_at=None)
        ended = rows.update(ended_at=at, ended_why=why)
        if ended:
            _note("session ended", account.pk, account, at, why=why)
    return bool(ended)


def end_sessions(*, account: int, why: str, at: datetime, by: str, but: UUID | None = None) -> int:
    """All of the account, or all but one; how many."""
    with transaction.atomic():
        rows = Session.objects.filter(account=account, ended_at=None)
        rows = rows.exclude(pk=but) if but else rows
        ended: int = rows.update(ended_at=at, ended_why=why)
        if ended:
            ledger.record(
                what="sessions ended", room="people", subject=account, by=by, at=at,
                why=why, number=ended,
            )  # fmt: skip
    return ended


def end_sessions_of(*, officer: int, why: str, at: datetime) -> int:
    """Of the officer's account, where there is one: a transfer, a suspension."""
    account = Account.objects.filter(officer=officer).first()
    return end_sessions(account=account.pk, why=why, at=at, by="system") if account else 0


def tell_notices(*, account: Account, at: datetime) -> None:
    """The officer has them on the screen."""
    Notice.objects.filter(account=account, told_at=None).update(told_at=at)


def _note(what: str, subject: int, account: Account, at: datetime, **facts: str) -> None:
    ledger.record(
        what=what, room="people", subject=subject, by=f"account:{account.pk}", at=at, **facts
    )
