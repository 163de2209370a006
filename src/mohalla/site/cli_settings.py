"""`mohalla settings`: what protects people, what was accepted, and how a weaker value is asked for."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

settings_app = typer.Typer(no_args_is_help=True, help="Settings that a promise stands on.")


@settings_app.command("show")
def show() -> None:
    """Each with its promise, what was accepted last, and what this environment says."""
    from mohalla.site import upheld

    before, now = upheld.accepted(), upheld.present()
    for row in upheld.LIST:
        weaker = row.name in before and row.weaker(now[row.name], before[row.name])
        mark = "  weaker" if weaker else ""
        print(
            f"{row.promise}  {row.name}: accepted {before.get(row.name, '-')}, now {now[row.name]}{mark}"
        )
    print(f"mohalla: {len(now)} settings")


@settings_app.command("ask")
def ask(
    name: Annotated[str, typer.Argument(help="As `mohalla settings show` names it.")],
    value: Annotated[int, typer.Argument(help="The weaker value; yes is 1, no is 0.")],
    reason: Annotated[str, typer.Option(help="Read by those who decide.")],
) -> None:
    """Ask two bodies to allow a weaker value; they answer on the page “Two bodies”."""
    from mohalla.foundation import clock
    from mohalla.foundation.approvals.actions import ApprovalRefused
    from mohalla.site import upheld

    try:
        row = upheld.ask(name=name, value=value, reason=reason, at=clock.now())
    except upheld.NotWeaker:
        _stop(f"{name} {value} is not weaker than what was accepted: nobody need be asked")
    except ApprovalRefused as refused:
        _stop(f"not asked: {refused.reason}")
    print(
        f"mohalla: asked as {row.pk}; two people of two bodies must agree until {row.expires_at:%Y-%m-%d %H:%M}"
    )


def _stop(words: str) -> None:
    print(f"mohalla: {words}", file=sys.stderr)
    raise typer.Exit(1)
