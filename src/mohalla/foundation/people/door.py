"""The browser's session and the row behind it: who is signed in here, since when, how surely.

The row decides. Ending it ends the session wherever it is open, at its next request; a session
without a row was not begun by us and opens nothing.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user, login, logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from mohalla.foundation import clock
from mohalla.foundation.people import actions
from mohalla.foundation.people.models import Account, Passkey, Session
from mohalla.foundation.people.rules import limits

BACKEND = "django.contrib.auth.backends.ModelBackend"
QUIET = frozenset({"/desk/alarms/strip"})  # asked by the page itself: nobody need sit there
ROW = "row"  # in the browser's session: which row
ENDED, FOUND = "mohalla.ended", "mohalla.row"  # in the request: why it is over; the row


def enter(
    request: HttpRequest, account: Account, *, means: str, passkey: Passkey | None = None
) -> int:
    """Signed in, in a session with a new key and nothing of before; how many tries were refused."""
    at = clock.now()
    session, refused = actions.begin_session(
        account=account, means=means, passkey=passkey,
        user_agent=request.headers.get("User-Agent", ""), at=at,
    )  # fmt: skip
    request.session.flush()
    login(request, account, backend=BACKEND)
    request.session[ROW] = str(session.pk)
    return refused


def leave(request: HttpRequest, *, why: str) -> None:
    """Signed out: the row ends, the browser's session is emptied."""
    row = session_of(request)
    if row is not None:
        actions.end_session(session=row.pk, account=row.account, why=why, at=clock.now())
    logout(request)


def person(request: HttpRequest) -> Account | AnonymousUser:
    """Who is signed in, asked once for each request; nobody where the row is over."""
    if SESSION_KEY not in request.session:
        return AnonymousUser()
    account, at = get_user(request), clock.now()
    row = session_of(request)
    why = _over(row, account, at)
    if why:
        request.META[ENDED] = why
        if row is not None:
            actions.end_session(session=row.pk, account=row.account, why=why, at=at)
        request.session.flush()
        return AnonymousUser()
    if row is not None and isinstance(account, Account):
        if request.path_info not in QUIET:
            actions.see_session(session=row, at=at)
        return account
    return AnonymousUser()


def _over(row: Session | None, account: object, at: datetime) -> str:
    if row is None or row.ended_at is not None or not isinstance(account, Account):
        return "ended"
    if row.account_id != account.pk:
        return "ended"
    if row.means == Session.Means.DEMO:
        return "" if settings.DEMO else "ended"  # its clock is moved by days
    return limits.over(settings.LIMITS, began_at=row.began_at, seen_at=row.seen_at, at=at)


def session_of(request: HttpRequest) -> Session | None:
    """The row of this browser's session, looked up once for each request."""
    told = str(request.session.get(ROW, ""))
    known: Session | None = request.META.get(FOUND)
    if known is None or str(known.pk) != told:
        try:
            key = UUID(told)
        except ValueError:
            return None
        known = Session.objects.select_related("account").filter(pk=key).first()
        request.META[FOUND] = known
    return known


def prove(request: HttpRequest, *, means: str) -> None:
    """A fresh proof, and a new key for the session."""
    row = session_of(request)
    if row is not None:
        actions.prove_again(session=row, means=means, at=clock.now())
        request.session.cycle_key()


def is_fresh(request: HttpRequest) -> bool:
    """Whether whoever sits there proved it lately. In the demonstration a click is a proof."""
    row = session_of(request)
    if row is None:
        return False
    if row.means == Session.Means.DEMO:
        return bool(settings.DEMO)
    return limits.fresh(settings.LIMITS, proved_at=row.proved_at, at=clock.now())


def browser_key(request: HttpRequest) -> str:
    """The key of this browser's session, made where there is none: questions are bound to it."""
    if request.session.session_key is None:
        request.session.create()
    return str(request.session.session_key)
