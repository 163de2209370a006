"""Passkeys: make, show, remove; and the invitation of a new officer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from mohalla.foundation import events, identifiers
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.people import ceremony
from mohalla.foundation.people.actions.ask import ask, take
from mohalla.foundation.people.events import PasskeyRemoved
from mohalla.foundation.people.models import Account, Invitation, Notice, Passkey

MOST = 10  # passkeys of one account
INVITED = timedelta(hours=24)
Answer = Mapping[str, Any]


class TooMany(Exception):
    """The account has as many passkeys as it may have."""


def ask_to_make(*, account: Account, purpose: str, browser: str, at: datetime) -> dict[str, Any]:
    """What the browser must be asked to make a passkey. Raises `TooMany`."""
    known = _open(account)
    if len(known) >= MOST:
        raise TooMany(account.pk)
    challenge = ask(purpose=purpose, browser=browser, account=account, at=at)
    return ceremony.questions_to_make(
        challenge=challenge, handle=account.handle.bytes, name=account.name, known=known
    )


def make_passkey(
    *, account: Account, answer: Answer, name: str, purpose: str, browser: str, at: datetime
) -> Passkey:
    """Raises `NotAccepted`, `TooMany`."""
    made = _made(account, answer, purpose=purpose, browser=browser, at=at)
    with transaction.atomic():
        return _keep(account, made, name, at)


def ask_to_show(
    *, purpose: str, browser: str, account: Account | None, at: datetime
) -> dict[str, Any]:
    """What the browser must be asked; without an account it may answer with any passkey of ours."""
    challenge = ask(purpose=purpose, browser=browser, account=account, at=at)
    known = _open(account) if account is not None else None
    return ceremony.questions_to_show(challenge=challenge, known=known)


def show_passkey(
    *, purpose: str, browser: str, account: Account | None, answer: Answer, at: datetime
) -> Passkey:
    """The passkey that answered, of this account where one is given. Raises `NotAccepted`.

    Failures of the password never close this way: nobody can lock an officer out from afar.
    """
    passkey: Passkey | None = None
    try:
        challenge = take(purpose=purpose, browser=browser, account=account, at=at)
        credential = ceremony.credential_of(answer)
        passkey = Passkey.objects.select_related("account").filter(credential=credential).first()
        if passkey is None:
            raise ceremony.NotAccepted("unknown")
        seen = ceremony.shown(
            answer, challenge=challenge, credential=passkey.credential,
            public_key=bytes(passkey.public_key),
        )  # fmt: skip
        _belongs(passkey, account, seen)
        _count(passkey, seen, at)
    except ceremony.NotAccepted as refused:
        owner = passkey.account_id if passkey else 0
        _note("passkey refused", owner, f"account:{owner}", at, why=refused.reason)
        raise
    return passkey


def remove_passkey(*, passkey: Passkey, by: str, at: datetime, but: UUID | None = None) -> None:
    """Opens nothing any more, and what it opened is shut, `but` for the session that removes it.

    The row stays: sealed keys refer to it.
    """
    own = by == f"account:{passkey.account_id}"
    what = Notice.What.PASSKEY_REMOVED if own else Notice.What.REMOVED_BY_KEEPER
    with transaction.atomic():
        if not Passkey.objects.filter(pk=passkey.pk, removed_at=None).update(removed_at=at):
            return
        opened = passkey.sessions.filter(ended_at=None)
        opened = opened.exclude(pk=but) if but else opened
        opened.update(ended_at=at, ended_why="passkey")
        _tell(passkey.account, what, passkey.name, at)
        _note("passkey removed", passkey.account_id, by, at, passkey=passkey.pk)
        officer = passkey.account.officer_id
        events.publish(PasskeyRemoved(passkey=passkey.pk, officer=officer, at=at))


def invite(*, account: Account, by: str, at: datetime) -> str:
    """Twenty digits, shown once. An earlier invitation of the account ends."""
    digits = f"{secrets.randbelow(10**identifiers.RECEIPT_LENGTH):020d}"
    with transaction.atomic():
        Invitation.objects.filter(account=account, used_at=None).delete()
        Invitation.objects.create(
            account=account, lookup=_lookup(digits), made_at=at, expires_at=at + INVITED
        )
        _tell(account, Notice.What.INVITED, "", at)
        _note("invitation made", account.pk, by, at)
    return digits


def invited(*, digits: str, at: datetime) -> Invitation | None:
    """The open invitation of these digits."""
    return (
        Invitation.objects.select_related("account")
        .filter(lookup=_lookup(identifiers.twenty_digits(digits)), used_at=None,
                expires_at__gt=at, account__is_active=True)
        .first()
    )  # fmt: skip


def accept_invitation(
    *, invitation: Invitation, answer: Answer, name: str, browser: str, at: datetime
) -> Passkey:
    """The first passkey of a new officer; the invitation is used up. Raises `NotAccepted`."""
    account = invitation.account
    made = _made(account, answer, purpose="invited", browser=browser, at=at)
    with transaction.atomic():
        if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=at):
            raise ceremony.NotAccepted("used")
        return _keep(account, made, name, at)


def _made(
    account: Account, answer: Answer, *, purpose: str, browser: str, at: datetime
) -> ceremony.Made:
    """Outside of any transaction: a challenge that was taken stays taken, whatever follows."""
    challenge = take(purpose=purpose, browser=browser, account=account, at=at)
    made = ceremony.made(answer, challenge=challenge)
    if len(_open(account)) >= MOST:
        raise TooMany(account.pk)
    if Passkey.objects.filter(credential=made.credential).exists():
        raise ceremony.NotAccepted("known")
    return made


def _keep(account: Account, made: ceremony.Made, name: str, at: datetime) -> Passkey:
    passkey = Passkey.objects.create(
        account=account, credential=made.credential, public_key=made.public_key,
        sign_count=made.sign_count, name=name, transports=list(made.transports), prf=made.prf,
        may_be_copied=made.may_be_copied, backed_up=made.backed_up, made_at=at,
    )  # fmt: skip
    _tell(account, Notice.What.PASSKEY_MADE, name, at)
    _note("passkey made", account.pk, f"account:{account.pk}", at, passkey=passkey.pk)
    return passkey


def _belongs(passkey: Passkey, account: Account | None, seen: ceremony.Shown) -> None:
    owner = passkey.account
    if passkey.removed_at is not None:
        raise ceremony.NotAccepted("removed")
    if not owner.is_active:
        raise ceremony.NotAccepted("closed")
    if account is not None and account.pk != owner.pk:
        raise ceremony.NotAccepted("other account")
    # a device that is asked for one of several may leave the handle out; never give another's
    if (seen.handle or account is None) and seen.handle != owner.handle.bytes:
        raise ceremony.NotAccepted("other account")
    if seen.may_be_copied != passkey.may_be_copied:
        raise ceremony.NotAccepted("changed")


def _count(passkey: Passkey, seen: ceremony.Shown, at: datetime) -> None:
    """Take the count; one that does not rise is another device with the same key."""
    rows = Passkey.objects.filter(pk=passkey.pk, removed_at=None)
    if seen.sign_count or passkey.sign_count:
        rows = rows.filter(sign_count__lt=seen.sign_count)
    if not rows.update(sign_count=seen.sign_count, backed_up=seen.backed_up, used_at=at):
        _tell(passkey.account, Notice.What.COUNTER_BACK, passkey.name, at)
        raise ceremony.NotAccepted("count")


def _open(account: Account) -> list[str]:
    return list(
        account.passkeys.filter(removed_at=None).order_by("pk").values_list("credential", flat=True)
    )


def _lookup(digits: str) -> str:
    return identifiers.contact_lookup(f"invitation:{digits}")


def _tell(account: Account, what: Notice.What, about: str, at: datetime) -> None:
    Notice.objects.create(account=account, what=what, about=about, at=at)


def _note(what: str, account: int, by: str, at: datetime, **facts: str | UUID) -> None:
    told = {name: str(fact) for name, fact in facts.items()}
    ledger.record(what=what, room="people", subject=account, by=by, at=at, **told)
