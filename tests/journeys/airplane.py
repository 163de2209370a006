"""A line to the site that can be cut: for pages, workers and restarted browsers alike."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


class Line:
    """Hands bytes on to `port` of this machine; while `up` is false every connection breaks.

    `seen`: called with what came from the browser; where it says True the answer is swallowed, as
    when the phone is carried into a cellar just after it had sent.
    """

    def __init__(self, port: int) -> None:
        self.to, self.up = port, True
        self.seen: Callable[[bytes], bool] | None = None
        self._open: set[socket.socket] = set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        self.up = False
        for each in list(self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.up, self.seen = True, None

    def close(self) -> None:
        self.cut()
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _address = self._door.accept()
            except OSError:
                return
            if not self.up:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.to))
            self._open |= {near, far}
            threading.Thread(target=self._hand_on, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._hand_on, args=(far, near, False), daemon=True).start()

    def _hand_on(self, one: socket.socket, other: socket.socket, out: bool) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
                if out and self.seen is not None and self.seen(data):
                    self.up = False
                    other.shutdown(socket.SHUT_WR)
                    while other.recv(65536):  # the site has answered; nobody hears it
                        pass
                    break
        for each in (one, other):
            self._open.discard(each)
            with suppress(OSError):
                each.close()


@contextmanager
def line(url: str) -> Iterator[Line]:
    made = Line(int(url.rpartition(":")[2]))
    try:
        yield made
    finally:
        made.close()
