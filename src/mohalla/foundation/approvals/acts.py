"""Which acts need two bodies, and what is done when they agreed: filled by `site/wiring.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mohalla.foundation.approvals.models import Approval


@dataclass(frozen=True, kw_only=True)
class Act:
    """`do` runs in the transaction of the last yes; what it raises undoes the yes as well.

    `title` in the language of the page; `told(arguments, language)` says in words what exactly.
    """

    code: str
    title: Any
    do: Callable[[Approval, datetime], object]
    told: Callable[[Mapping[str, Any], str], str]


_known: dict[str, Act] = {}


def register(act: Act) -> None:
    """From now on this is what happens; the last one registered counts."""
    _known[act.code] = act


def get(code: str) -> Act:
    """Raises `KeyError` for what nobody registered."""
    return _known[code]
