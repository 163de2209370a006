"""Where an Asterisk connects: `AGI(agi://mohalla:4573/secret)` in its dial plan."""

from __future__ import annotations

import contextlib
import hmac
import logging
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from mohalla.channels.voice.address import VoiceAddress
from mohalla.channels.voice.agi.call import AgiCall, NoAgi, headers
from mohalla.channels.voice.port import Call, HungUp
from mohalla.channels.voice.ringing import nobody_took
from mohalla.channels.voice.rules import callers
from mohalla.foundation import clock
from mohalla.foundation.jobs.retention import TABLE

_log = logging.getLogger(__name__)
HELLO = 5.0  # seconds for a new connection to say what it is
LONGEST = 300.0  # seconds for one answer: a recording, a long prompt
SWEEP = 600.0  # seconds between two looks for what is left over in the spool


class AgiLine:
    """`answer` runs one call; each connection has a thread, and there are so many and no more."""

    def __init__(
        self, address: VoiceAddress, answer: Callable[[Call], None], *,
        on_turn: Callable[[int], None] = lambda _talking: None,
    ) -> None:  # fmt: skip
        self._address, self._answer, self._on_turn = address, answer, on_turn
        self._free = threading.BoundedSemaphore(address.lines)
        self._open: set[socket.socket] = set()
        self.ready = threading.Event()
        self.port = 0

    def run(self, stop: threading.Event) -> None:
        """Until `stop` is set; whoever talks then is hung up, and what was said is kept."""
        swept = float("-inf")
        with socket.create_server((self._address.host, self._address.port)) as server:
            self.port = server.getsockname()[1]
            server.settimeout(0.2)
            self.ready.set()
            while not stop.is_set():
                self._on_turn(len(self._open))
                if time.monotonic() - swept > SWEEP:
                    swept = time.monotonic()
                    sweep(self._spool())
                with contextlib.suppress(TimeoutError):
                    self._taken(server.accept()[0])
        threads = [one for one in threading.enumerate() if one.name == "agi"]
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for one in threads:
            one.join(5)

    def _taken(self, connection: socket.socket) -> None:
        if not self._free.acquire(blocking=False):
            connection.close()  # the dial plan goes on: there it can be told to ring
            return
        self._open.add(connection)
        threading.Thread(target=self._one, args=(connection,), name="agi", daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        try:
            connection.settimeout(HELLO)
            with connection, connection.makefile("rb") as lines, connection.makefile("wb") as out:
                told = headers(lines)
                shown = told.get("agi_network_script", "").strip("/")
                if not hmac.compare_digest(shown.encode(), self._address.secret.encode()):
                    return
                connection.settimeout(LONGEST)
                called = told.get("agi_extension", "")
                if called in self._address.missed:
                    nobody_took(callers.number_of(told.get("agi_callerid", "")), called=called)
                    return
                self._answer(AgiCall(told, lines, out, self._spool()))
        except (NoAgi, HungUp, OSError):
            pass
        except Exception:
            _log.exception("a call of the Asterisk could not be answered")
        finally:
            self._open.discard(connection)
            self._free.release()

    def _spool(self) -> Path:
        assert self._address.spool is not None
        return self._address.spool


def sweep(spool: Path) -> int:
    """Recordings that nobody fetched (we ended in between), and prompts of former wordings."""
    before, done = TABLE["sound in the folder shared with an Asterisk"].before(clock.now()), 0
    for path in [*spool.glob("say-*.wav"), *spool.glob("heard-*.wav")]:
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before.timestamp():
                path.unlink()
                done += 1
    return done
