"""The `mohalla` command."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import django
import typer

from mohalla.site.cli_keys import keys_app
from mohalla.site.cli_log import log_app, tell_lost, witness_app
from mohalla.site.cli_office import account_app, database_app, move_to
from mohalla.site.cli_places import places_app
from mohalla.site.cli_settings import settings_app
from mohalla.site.cli_verify import verify

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Mohalla: digital community policing."
)
demo_app = typer.Typer(no_args_is_help=True, help="The demonstration district.")
app.add_typer(demo_app, name="demo")
app.add_typer(places_app, name="places")
app.add_typer(account_app, name="account")
app.add_typer(keys_app, name="keys")
app.add_typer(log_app, name="log")
app.add_typer(witness_app, name="witness")
app.add_typer(settings_app, name="settings")
app.add_typer(database_app, name="database")
app.command("move-to")(move_to)
app.command("verify")(verify)
OFFLINE = {"verify", "witness"}  # they need no home and make none


def main() -> None:
    """Entry point: settings first, then the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mohalla.site.settings")
    if not OFFLINE.intersection(sys.argv[1:2]):
        django.setup()
    app()


@app.command()
def up() -> None:
    """Serve: migrations, then web workers, scheduler, texts and jobs under one supervisor."""
    from mohalla.foundation import clock
    from mohalla.site import doctor, scripts, supervisor
    from mohalla.site.settings import HOME, OPTIONS

    try:
        held = supervisor.lock(HOME)
    except supervisor.AlreadyRunning:
        _stop(f"another mohalla is running on {HOME}; stop it first, or set MOHALLA_HOME")
    refusals = [row for row in doctor.examine() if row.stops and not OPTIONS.demo]
    for row in refusals:
        print(f"mohalla: {row.what}: {row.mend}", file=sys.stderr)
    if refusals:
        _stop("not started; `mohalla doctor` shows everything")
    _migrate()
    if not OPTIONS.demo:
        _uphold()
    _collect()
    if scripts.state(at=clock.now()):
        print("mohalla: the scripts of the pages changed; the register says so")
    os.environ["MOHALLA_HOME"] = str(HOME)
    print(f"mohalla: http://{OPTIONS.host}:{OPTIONS.port}", flush=True)
    supervisor.Supervisor(supervisor.commands(OPTIONS)).run()
    os.close(held)
    print("mohalla: stopped", flush=True)


@app.command()
def migrate() -> None:
    """Bring the database to this version."""
    _migrate()
    print("mohalla: the database is at this version")


@app.command("doctor")
def examine() -> None:
    """Name every setting or part that is missing, weak or unsafe, with the mend."""
    from mohalla.site import doctor

    rows = doctor.examine()
    for row in rows:
        mark = "STOP" if row.stops else "note"
        print(f"{mark}  {row.what}\n      {row.mend}")
    stopping = sum(row.stops for row in rows)
    print(f"mohalla: {len(rows)} findings, {stopping} of them stop production")
    raise typer.Exit(1 if stopping else 0)


@demo_app.command("load")
def demo_load() -> None:
    """Build the invented district with its cast and a month of history, once."""
    from mohalla.foundation import clock
    from mohalla.site.demo import load

    _migrate()
    try:
        made = load.load(now=clock.now())
    except load.NotEmpty:
        _stop("this home holds real units; the demonstration needs a MOHALLA_HOME of its own")
    print(f"mohalla: demonstration ready, {made} reports made" if made else "mohalla: ready")


@demo_app.command("reset")
def demo_reset() -> None:
    """Empty the demonstration and build it anew."""
    from mohalla.foundation import clock
    from mohalla.site.demo import load
    from mohalla.site.settings import DEMO

    if not DEMO:
        _stop("only a demonstration can be reset (MOHALLA_DEMO=1)")
    print(f"mohalla: demonstration made anew, {load.reset(now=clock.now())} reports")


@app.command()
def backup(folder: Annotated[Path, typer.Argument(help="An empty or new folder.")]) -> None:
    """Database and files, while running. The keys stay out: keep a copy of `keys/` elsewhere."""
    from mohalla.site import keeping

    try:
        done = keeping.backup(folder)
    except keeping.KeepingRefused as refused:
        _stop(str(refused))
    print(f"mohalla: {done}")


@app.command()
def restore(folder: Annotated[Path, typer.Argument(help="What `mohalla backup` made.")]) -> None:
    """Put a backup into an empty home; the keys come from their own safe copy.

    A home that still has its `log/` keeps it: what the backup does not hold is listed from it.
    """
    from mohalla.foundation.ledger import key, queries
    from mohalla.site import keeping

    try:
        done = keeping.restore(folder)
    except keeping.KeepingRefused as refused:
        _stop(str(refused))
    print(f"mohalla: {done}")
    lost = [act["event"] for _position, act in queries.missing()] if key.made() else []
    if lost:
        tell_lost(lost)
        _stop(
            f"{len(lost)} acts are in the log and not in this backup, see above; find a newer"
            " backup, or run `mohalla log recover` and file again what these people told"
        )


def _uphold() -> None:
    """What protects people is not weaker than at the last start, or two bodies allowed it."""
    from mohalla.foundation import clock
    from mohalla.site import doctor, upheld

    at = clock.now()
    for row in doctor.weaker(at):
        print(f"mohalla: {row.what}: {row.mend}", file=sys.stderr)
    if upheld.refused(at=at):
        _stop("not started; `mohalla settings show` shows what was accepted")
    changed = upheld.accept(at=at)
    for name, value in changed.items():
        print(f"mohalla: accepted and written down: {name} {value}")


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _collect() -> None:
    """Static files under hashed names, compressed; in a process that knows it is doing this."""
    import subprocess

    done = subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "-v", "0"],
        check=False,
    )
    if done.returncode:
        _stop("the static files could not be collected; see above")


def _stop(words: str) -> None:
    print(f"mohalla: {words}", file=sys.stderr)
    raise typer.Exit(1)
