"""`mohalla places`: real boundaries and lists of places."""

from __future__ import annotations

import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

places_app = typer.Typer(no_args_is_help=True, help="Provinces, districts, tehsils, mohallas.")
SHOWN = 20  # problems on the screen


class KindOf(StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"
    TEHSIL = "tehsil"
    MOHALLA = "mohalla"


@places_app.callback()
def places() -> None:
    """Provinces, districts, tehsils, mohallas."""


@places_app.command("load")
def load_file(
    file: Annotated[
        Path,
        typer.Argument(
            help="GeoJSON (also .gz) or CSV: code,name_en,name_ur,name_ps,parent,lat,lon."
        ),
    ],
    kind: Annotated[KindOf, typer.Option(help="What the file holds.")],
    valid_from: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="Since when these hold.")
    ],
    source: Annotated[str, typer.Option(help="Who published it, and where.")],
    licence: Annotated[str, typer.Option(help="Under which licence.")],
) -> None:
    """Load or renew places; the same file twice changes nothing."""
    from django.core.management import call_command

    from mohalla.foundation import clock
    from mohalla.foundation.places import actions
    from mohalla.foundation.places.rules.files import FileRefused
    from mohalla.foundation.units import actions as units

    if not source.strip() or not licence.strip():
        _stop("name the --source and its --licence: without them nobody may use the places")
    call_command("migrate", verbosity=0, interactive=False)
    since: date = valid_from.date()
    try:
        done = actions.load(
            path=file, kind=kind.value, valid_from=since, source=source.strip(),
            licence=licence.strip(), at=clock.now(), progress=_progress,
        )  # fmt: skip
    except FileRefused as refused:
        for problem in refused.problems[:SHOWN]:
            print(f"mohalla: {problem}", file=sys.stderr)
        _stop(f"{len(refused.problems)} problems, nothing was loaded")
    units.changed()  # every process reads the places anew
    print(f"mohalla: {done.new} new, {done.changed} changed, {done.same} as before")


def _progress(done: int, of: int) -> None:
    end = "\n" if done == of else ""
    print(f"\rmohalla: {done} of {of}", end=end, file=sys.stderr, flush=True)


def _stop(words: str) -> None:
    print(f"mohalla: {words}", file=sys.stderr)
    raise typer.Exit(1)
