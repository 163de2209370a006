"""`mohalla verify`, `mohalla log` and `mohalla witness`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from mohalla.foundation.ledger.rules.encoding import BadNote
from mohalla.foundation.ledger.rules.notes import Verifier

log_app = typer.Typer(no_args_is_help=True, help="The public log.")
witness_app = typer.Typer(no_args_is_help=True, help="Watch logs from outside, and cosign them.")
Folder = Annotated[Path, typer.Argument(help="Folder of the witness; a copy of it is no backup.")]


def verify(
    files: Annotated[list[Path], typer.Argument(help="Receipt files.")],
    key: Annotated[str, typer.Option(help="Key of the log, from a place that you trust.")],
    witness: Annotated[list[str] | None, typer.Option(help="Key of a witness; repeatable.")] = None,
    quorum: Annotated[int, typer.Option(help="How many of them must have cosigned.")] = 0,
    against: Annotated[
        str, typer.Option(help="Folder or address of the log, to see that it still says the same.")
    ] = "",
) -> None:
    """Check receipts: no database, and no network unless `--against` names one. Exit 1 if one is
    not genuine, or if two of them, or one and the log, tell different pasts."""
    from mohalla.foundation.ledger.elsewhere import Published
    from mohalla.stages.access.rules import filing

    wrong = 0
    roots: dict[int, bytes] = {}
    try:
        own, others = Verifier.parse(key), [Verifier.parse(row) for row in witness or []]
    except BadNote as bad:
        _stop(str(bad))
    for path in files:
        try:
            found = filing.verify(path.read_text(), own, others)
            if found.tree is not None:
                if roots.setdefault(found.tree.size, found.tree.root) != found.tree.root:
                    raise BadNote("the log told somebody else another past of the same size")
                if against:
                    Published(against).holds(found.tree, own)
        except OSError as error:
            wrong += 1
            print(f"CANNOT READ  {path}: {error.strerror}; look at the name")
            continue
        except UnicodeDecodeError:
            wrong += 1
            print(f"NOT GENUINE  {path}: not a text")
            continue
        except BadNote as bad:
            wrong += 1
            print(f"NOT GENUINE  {path}: {bad}")
            continue
        said = f"{path}: {found.filing.reference}, received {found.filing.received}"
        if len(found.witnesses) < quorum:
            wrong += 1
            print(f"PENDING      {said}: {len(found.witnesses)} of {quorum} witnesses")
        elif found.tree is None:
            print(f"SIGNED       {said}; kept before it had a place in the log")
        else:
            seen = f", seen by {', '.join(found.witnesses)}" if found.witnesses else ""
            print(f"GENUINE      {said}, place {found.position} of {found.tree.size}{seen}")
    raise typer.Exit(1 if wrong else 0)


@log_app.command("key")
def log_key() -> None:
    """Print the log's key: for the notice board, for witnesses, for those who check."""
    from mohalla.foundation.ledger import key

    print(key.signer().verifier)


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
