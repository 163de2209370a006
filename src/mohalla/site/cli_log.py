"""`mohalla log` and `mohalla witness`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from mohalla.foundation.ledger.rules.encoding import BadNote

log_app = typer.Typer(no_args_is_help=True, help="The public log.")
witness_app = typer.Typer(no_args_is_help=True, help="Watch logs from outside, and cosign them.")
Folder = Annotated[Path, typer.Argument(help="Folder of the witness; a copy of it is no backup.")]


@log_app.command("key")
def log_key() -> None:
    """Print the log's key: for the notice board, for witnesses, for those who check."""
    from mohalla.foundation.ledger import key

    print(key.signer().verifier)


@log_app.command("rotate")
def log_rotate() -> None:
    """Make a new key for the log; the old one says so in public, then it is gone."""
    from mohalla.foundation import clock
    from mohalla.foundation.ledger import actions
    from mohalla.foundation.ledger.store import Busy

    try:
        new = actions.rotate(by="system", at=clock.now())
    except Busy:
        _stop("the log is being written; stop `mohalla up` first")
    except actions.NoLog:
        _stop("there is no log yet: nothing to hand over")
    print(f"mohalla: from now on {new.verifier}; tell the witnesses and renew the notice board")


@log_app.command("check")
def log_check() -> None:
    """Compare rows and log, first to last. Exit 1 where they differ."""
    from mohalla.foundation.ledger import key, queries

    found = 0
    for row in queries.differences():
        found += 1
        said = " ".join(str(row.event.get(name, "")) for name in ("at", "what", "room", "subject"))
        place = "" if row.position is None else f" {row.position}"
        print(f"{row.kind.upper()}{place}: {said.strip()}")
    tree = key.store().tree(key.signer().verifier)
    print(f"mohalla: {tree.size if tree else 0} marks compared, {found} differences")
    raise typer.Exit(1 if found else 0)


@log_app.command("recover")
def log_recover() -> None:
    """After an old backup was put back: list the acts it lost and take them from the log."""
    from mohalla.foundation import clock
    from mohalla.foundation.ledger import actions
    from mohalla.foundation.ledger.store import Busy

    try:
        lost = actions.recover(at=clock.now())
    except Busy:
        _stop("the log is being written; stop `mohalla up` first")
    tell_lost(lost)
    print(f"mohalla: {len(lost)} acts taken from the log; their words and files were not in it")


def tell_lost(events: list[dict[str, Any]]) -> None:
    """One line an act that the database does not hold."""
    for event in events:
        print(f"LOST {event['at']} {event['what']} {event['room']} {event['subject']}")


@witness_app.command("begin")
def witness_begin(
    folder: Folder, name: Annotated[str, typer.Option(help="Such as bar-association.example/w1")]
) -> None:
    """Make the witness's key and print what a log must be told."""
    from mohalla.foundation.ledger.witness import Witness

    try:
        print(Witness(folder).begin(name).verifier)
    except BadNote as bad:
        _stop(str(bad))


@witness_app.command("key")
def witness_key(folder: Folder) -> None:
    """Print the witness's key."""
    from mohalla.foundation.ledger.witness import Witness

    try:
        print(Witness(folder).signer.verifier)
    except BadNote as bad:
        _stop(str(bad))


@witness_app.command("trust")
def witness_trust(
    folder: Folder, key: Annotated[str, typer.Argument(help="What `mohalla log key` printed.")]
) -> None:
    """Watch one more log."""
    from mohalla.foundation.ledger.witness import Witness

    try:
        print(f"mohalla: {Witness(folder).trust(key).name} is watched from now on")
    except BadNote as bad:
        _stop(str(bad))


@witness_app.command("serve")
def witness_serve(
    folder: Folder,
    port: Annotated[int, typer.Option(help="Port.")] = 8100,
    host: Annotated[str, typer.Option(help="Address.")] = "127.0.0.1",
) -> None:
    """Answer logs until Ctrl-C; put a proxy with TLS in front."""
    witness_key(folder)
    os.environ["MOHALLA_WITNESS"] = str(folder.absolute())
    os.execv(sys.executable, [  # noqa: S606 - our own interpreter and arguments
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", "1", "--no-ws", "--log-level", "warning",
        "mohalla.foundation.ledger.witness:application",
    ])  # fmt: skip


def _stop(words: str) -> None:
    print(f"mohalla: {words}", file=sys.stderr)
    raise typer.Exit(1)
