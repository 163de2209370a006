"""A job that fails is kept with what went wrong, as plain text in the database: without its words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_log = logging.getLogger(__name__)


class JobFailed(Exception):
    """The kind of what was raised; where, stands in the log."""


def plainly(work: Callable[P, T]) -> Callable[P, T]:
    """Stands below `@task`: an exception may quote what somebody told us in confidence."""

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work(*args, **kwargs)
        except Exception as error:
            _log.exception("a job failed")
            raise JobFailed(type(error).__name__) from None

    return run
