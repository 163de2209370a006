"""In front of the application: bodies are read whole before a thread is given to them.

The application works in a few threads. If they read from the sockets themselves, a dozen senders
of one byte a second (or a dozen villages with a slow line, each sending a photograph) would stop
it for everybody. Here a body that is still on its way costs no thread; it has a time in which it
must come, and what announces itself as too large is refused before it is read.

granian calls `application` (RSGI); under gunicorn `mohalla.site.wsgi` is served without this, and
the proxy in front must hold request bodies back itself.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import IO, Any

from mohalla.foundation import limiter
from mohalla.site import body, processors
from mohalla.site.settings import HOME, OPTIONS
from mohalla.site.wsgi import application as inner

IN_MEMORY = 1024 * 1024
SMALL = 64 * 1024  # what is no larger always finds room: words come in while files must wait
# bytes of larger bodies, on their way or being worked on, in a process; one network may hold as much
# as is free beside it: alone it fills half, and whoever comes after it still finds room
ROOM = 512 * 1024 * 1024
_log = logging.getLogger(__name__)
_threads = ThreadPoolExecutor(OPTIONS.web_threads, "web")
Headers = list[tuple[str, str]]


class _Gone(Exception):
    """The sender went away before all of it was here."""


class _Full(Exception):
    """There is no room for it now."""


class _Body:
    """How much room one body takes, and from which network it comes (where it is large)."""

    held = 0
    network = ""


class Application:
    """What granian asks for: a coroutine for each request."""

    def __init__(self) -> None:
        self.held = 0
        self.shares: Counter[str] = Counter()  # of `held`, by network

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Once in each worker, before its first request."""
        processors.settle(workers=OPTIONS.web_workers, home=HOME)
        gc.freeze()  # what is loaded by now stays: looking through it again finds nothing

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        if scope.proto != "http":
            return
        environ = _environ(scope)
        given = _Body()
        try:
            environ["wsgi.input"] = await self._input(environ, protocol, given)
            loop = asyncio.get_running_loop()
            status, headers, content = await loop.run_in_executor(_threads, _run, environ)
        except _Gone:
            return
        except Exception:  # the server would print its words
            _log.exception("a request broke before it reached the pages")
            status, headers, content = 500, [], b""
        finally:
            self._let_go(given)
        if content:
            protocol.response_bytes(status, headers, content)
        else:
            protocol.response_empty(status, headers)

    async def _input(self, environ: dict[str, Any], protocol: Any, given: _Body) -> IO[bytes]:
        """The whole body, or nothing of it where it is refused anyway; raises `_Gone`."""
        length = body.length(environ)
        if not length or length > body.most(environ["PATH_INFO"]) or body.unmeasured(environ):
            return BytesIO()
        try:
            async with asyncio.timeout(body.seconds(length)):
                if length > SMALL:
                    given.network = limiter.network(environ)
                    return await self._kept(protocol, length, given)
                content = await protocol()
        except TimeoutError:
            environ[body.LATE] = True
        except _Full:
            environ[body.FULL] = True
        except OSError:
            raise _Gone from None
        else:
            if len(content) != length:  # half a message is not a short one
                raise _Gone
            return BytesIO(content)
        return BytesIO()

    async def _kept(self, protocol: Any, length: int, given: _Body) -> IO[bytes]:
        """Written to disk where it is large; raises `_Full` and `_Gone`."""
        kept: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - `_run` closes it
        try:
            async for chunk in protocol:
                given.held += len(chunk)
                self.held += len(chunk)
                self.shares[given.network] += len(chunk)
                if self.shares[given.network] > ROOM - self.held:
                    raise _Full
                kept.write(chunk)
            if given.held != length:
                raise _Gone
        except BaseException:
            kept.close()
            raise
        kept.seek(0)
        return kept

    def _let_go(self, given: _Body) -> None:
        self.held -= given.held
        self.shares[given.network] -= given.held
        if not self.shares[given.network]:
            del self.shares[given.network]


def _environ(scope: Any) -> dict[str, Any]:
    """PEP 3333's dictionary."""
    host, _colon, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        # granian has decoded it: done twice, %252e would pass a proxy's rules and mean a dot here
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue  # X_Forwarded_For would pass for X-Forwarded-For
        key = name.upper().replace("-", "_")
        key = key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","  # HTTP/2 sends a header for each cookie
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    if scope.authority:
        environ.setdefault("HTTP_HOST", scope.authority)  # what HTTP/2 has in the place of Host
    return environ


def _run(environ: dict[str, Any]) -> tuple[int, Headers, bytes]:
    """In a thread: the application from beginning to end; a slow reader holds no thread either."""
    said: list[tuple[str, Headers]] = []

    def start(status: str, headers: Headers, error: object = None) -> Any:
        said.append((status, headers))

    answer: Iterable[bytes] = inner(environ, start)
    try:
        content = b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close is not None:
            close()
        environ["wsgi.input"].close()
    status, headers = said[-1]
    return int(status[:3]), headers, content


application = Application()
