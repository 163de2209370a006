"""`mohalla account` and `mohalla move-to`: what an administrator does at the machine itself."""

from __future__ import annotations

import os
import secrets
import sys
from typing import Annotated

import pyotp
import typer

account_app = typer.Typer(no_args_is_help=True, help="Accounts of staff.")


@account_app.callback()
def account() -> None:
    """Accounts of staff."""


@account_app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="The name to sign in with.")],
    officer: Annotated[str, typer.Option(help="Belt number of the officer.")] = "",
    administers: Annotated[
        bool, typer.Option("--administers", help="Keeps units, rosters and accounts.")
    ] = False,
) -> None:
    """Make an account; password and code secret are printed once, and never again."""
    from mohalla.foundation import clock
    from mohalla.foundation.people import actions
    from mohalla.foundation.people.models import Officer

    if not officer and not administers:
        _stop("name the --officer by belt number, or make it an account that --administers")
    person = Officer.objects.filter(belt=officer).first() if officer else None
    if officer and person is None:
        _stop(f"no officer has the belt number {officer}; enter the officer first")
    password = secrets.token_urlsafe(12)
    try:
        _made, secret = actions.make_account(
            name=name, password=password, officer=person, administers=administers,
            by="system", at=clock.now(),
        )  # fmt: skip
    except actions.AccountExists:
        _stop(f"the name {name} is taken, or this officer has an account already")
    uri = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Mohalla")
    print(f"mohalla: account {name} made; hand these over in person, they are shown only now")
    print(f"password: {password}")
    print(f"code:     {uri}")


def move_to(
    url: Annotated[str, typer.Argument(help="postgres://user:password@host:port/name, empty.")],
) -> None:
    """Copy everything into an empty PostgreSQL database; stop `mohalla up` before."""
    from mohalla.site import moving, supervisor
    from mohalla.site.settings import HOME

    try:
        held = supervisor.lock(HOME)
    except supervisor.AlreadyRunning:
        _stop(f"mohalla is running on {HOME}; stop it first, so that nothing is written meanwhile")
    try:
        done = moving.move_to(url, progress=_progress, home=HOME)
    except moving.MovingRefused as refused:
        _stop(str(refused))
    os.close(held)
    print(f"mohalla: {done.total} rows of {len(done.rows)} tables moved and counted on both sides")
    print("mohalla: now set DATABASE_URL to the new address and start; the old file stays as it is")


database_app = typer.Typer(no_args_is_help=True, help="PostgreSQL.")


@database_app.callback()
def database() -> None:
    """PostgreSQL."""


@database_app.command("grants")
def grants(
    role: Annotated[str, typer.Argument(help="The role of web, texts and jobs.")],
) -> None:
    """Print the rights of a role that cannot change the record; run them as the owner."""
    from mohalla.site import grants

    try:
        lines = grants.statements(role)
    except grants.NoSuchRole:
        _stop(f"{role} is not a name of a role: small letters, digits and _")
    print("\n".join(lines))


def _progress(done: int, of: int) -> None:
    end = "\n" if done == of else ""
    print(f"\rmohalla: table {done} of {of}", end=end, file=sys.stderr, flush=True)


def _stop(words: str) -> None:
    print(f"mohalla: {words}", file=sys.stderr)
    raise typer.Exit(1)
