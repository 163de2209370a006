"""`mohalla keys`: the keys of desks, as whoever keeps the machine may see and stop them.

No private half is here: a key is revoked by command, and made anew by one of its holders.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

keys_app = typer.Typer(no_args_is_help=True, help="Keys of desks, to which reports are sealed.")


@keys_app.callback()
def keys() -> None:
    """Keys of desks, to which reports are sealed."""


@keys_app.command("list")
def show() -> None:
    """Every desk with its key, in force or revoked."""
    from mohalla.foundation.keys import queries

    rows = queries.newest()
    for key in rows:
        state = "revoked" if key.revoked_at else "in force"
        print(f"{key.unit.code}  version {key.version}  {state}  {key.recipient}")
    print(f"mohalla: {len(rows)} desks have a key")


@keys_app.command()
def revoke(
    desk: Annotated[str, typer.Argument(help="Code of the desk, as `mohalla keys list` shows it.")],
    why: Annotated[str, typer.Option(help="The reason; kept, and shown to nobody outside.")],
) -> None:
    """Nothing new is sealed to the key of this desk from this moment.

    What is sealed to it stays open to those who hold it. A new version is made by one of them at
    /desk/keys/, in the browser: this machine holds no private key and can make none for them.
    """
    from mohalla.foundation import clock
    from mohalla.foundation.keys import actions
    from mohalla.foundation.units import queries as units

    unit = units.directory().by_code.get(desk)
    if unit is None:
        _stop(f"no desk has the code {desk}; see `mohalla keys list`")
        return
    try:
        key = actions.revoke_desk_key(unit=unit.id, why=why, at=clock.now())
    except actions.KeyRefused:
        _stop(f"{desk} has no key in force")
        return
    print(f"mohalla: {desk}, version {key.version}: revoked; nothing new is sealed to it")
    print("mohalla: one of its holders must make a new version at /desk/keys/ (nobody else can)")


@keys_app.command("rotate-due")
def rotate_due() -> None:
    """Desks whose key must be made anew, and why; a holder does it at /desk/keys/."""
    from mohalla.foundation.keys import queries

    rows = [row for row in queries.due(queries.newest()) if row.reasons]
    for row in rows:
        words = "; ".join(WORDS[reason] for reason in row.reasons)
        print(f"{row.key.unit.code}  version {row.key.version}  {words}")
    print(f"mohalla: {len(rows)} desks need a new key; one of their holders makes it")
    raise typer.Exit(1 if rows else 0)


@keys_app.command()
def drills() -> None:
    """When the recovery of each desk was last tried."""
    from mohalla.foundation import clock
    from mohalla.foundation.keys import queries

    late = {row.key.pk for row in queries.drills(at=clock.now())}
    for row in queries.due(queries.newest()):
        if row.key.needed:
            tried = f"{row.drilled_at:%Y-%m-%d}" if row.drilled_at else "never"
            print(f"{row.key.unit.code}  {tried}{'  LATE' if row.key.pk in late else ''}")
        else:
            print(f"{row.key.unit.code}  no shares: if nobody holds it, what is sealed is lost")
    print(f"mohalla: {len(late)} drills are late (older than 180 days)")


WORDS = {
    "left": "somebody who held it may hold it no more",
    "revoked": "revoked",
    "short": "too few of its shares can still be opened",
}


def _stop(words: str) -> None:
    print(f"mohalla: {words}", file=sys.stderr)
    raise typer.Exit(1)
