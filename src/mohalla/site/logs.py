"""What may stand in a log: allow-listed kinds of values, and where in the code it happened.

A log is read by whoever keeps the machine, is copied, and is kept longer than anybody thinks. So no
words come into it that a person told or typed: of an exception its kind and the lines it went through,
never its message; of a request its method, the pattern of its address and the status, never the
address; of our own sentences the values that cannot be words. Of other programs' sentences only those
values, the place says the rest.
"""

from __future__ import annotations

import errno
import logging
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import UUID

from django.http import HttpRequest

OURS = "mohalla"
HIDDEN = "…"
PACKAGES = Path(__file__).resolve().parents[2]
LONGEST = 10**9
FRAMES = 30  # of one exception, the innermost
CHAIN = 5  # exceptions that led to each other


class Plain(logging.Formatter):
    """One line for each record, then one for each frame of what was raised."""

    def format(self, record: logging.LogRecord) -> str:
        head = f"{self.formatTime(record, self.datefmt)} {record.levelname} {record.name}"
        lines = [f"{head} {_request(record) or _words(record)}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines += _raised(record.exc_info[1])
        return "\n".join(lines)


def _words(record: logging.LogRecord) -> str:
    """The sentence as it stands in the code, filled in with what may be shown.

    A sentence without values may have been put together before: of others it is not shown.
    """
    place = f"at {_path(record.pathname)}:{record.lineno}"
    ours = record.name == OURS or record.name.startswith(f"{OURS}.")
    if not isinstance(record.msg, str) or not (ours or record.args):
        return place
    given = record.args
    try:
        if isinstance(given, Mapping):
            return record.msg % {name: shown(value) for name, value in given.items()}
        return record.msg % tuple(shown(value) for value in given or ()) if given else record.msg
    except (TypeError, ValueError, KeyError):
        return place


def shown(value: object) -> object:
    """The value, where it cannot be words of a person."""
    if isinstance(value, (int, float)):
        return value if abs(value) < LONGEST else HIDDEN  # longer ones are telephones and receipts
    if value is None or isinstance(value, (UUID, date)):
        return value
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, BaseException):
        return _kind(value)
    return HIDDEN


def _kind(error: BaseException) -> str:
    """Its class; its words where they are ours alone (`plain`); the system's number of a fault."""
    name = type(error).__name__
    if getattr(type(error), "plain", False):
        return f"{name}: {error}"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name} {errno.errorcode.get(error.errno, '')}".rstrip()
    state = getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None)
    return f"{name} {state}" if state else name


def _request(record: logging.LogRecord) -> str:
    """Method, status and the pattern of the address: never what was typed into it."""
    request, status = getattr(record, "request", None), getattr(record, "status_code", "")
    if not isinstance(request, HttpRequest):
        return ""  # no answer to somebody
    route = getattr(request.resolver_match, "route", None)
    known = request.method if request.method in {"GET", "HEAD", "POST"} else HIDDEN
    where = f"/{route}" if route is not None else "(no such address)"
    return f"{known} {where} {status}".rstrip()


def _raised(error: BaseException) -> Iterator[str]:
    """The exceptions, the last first, with their places in the code."""
    seen: BaseException | None = error
    for _link in range(CHAIN):
        if seen is None:
            return
        yield f"  {_kind(seen)}"
        yield from _frames(seen.__traceback__)
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def _frames(begun: TracebackType | None) -> Iterator[str]:
    for frame, line in list(traceback.walk_tb(begun))[-FRAMES:]:
        code = frame.f_code
        yield f"    {_path(code.co_filename)}:{line} {code.co_name}"


def _path(name: str) -> str:
    """Without what comes before the packages."""
    for mark in (f"{PACKAGES}/", "site-packages/"):
        if mark in name:
            return name.partition(mark)[2]
    return Path(name).name


def install() -> None:
    """In a process that serves or works: whatever prints by itself comes this way too.

    That are exceptions that nobody caught, in any thread, warnings, and the handlers of the server.
    """
    logging.captureWarnings(True)
    log = logging.getLogger(f"{OURS}.uncaught")
    sys.excepthook = lambda kind, error, trace: _uncaught(log, error)
    threading.excepthook = lambda told: _uncaught(log, told.exc_value)
    sys.unraisablehook = lambda told: _uncaught(log, told.exc_value)
    loggers: list[Any] = [logging.root, *logging.root.manager.loggerDict.values()]
    for one in loggers:
        for handler in getattr(one, "handlers", ()):
            handler.setFormatter(Plain())


def _uncaught(log: logging.Logger, error: BaseException | None) -> None:
    if error is not None and not isinstance(error, (KeyboardInterrupt, SystemExit)):
        log.critical("nobody caught this", exc_info=error)
