"""Foreign SMSCs for tests, as children that can be killed and started again on the same port."""

from __future__ import annotations

import contextlib
import json
import queue
import socket
import subprocess
import threading
import time
from typing import Any


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Carrier:
    """`command` gets the port as `{port}`. Orders and events are lines of JSON."""

    def __init__(self, command: list[str]) -> None:
        self.command, self.port = command, free_port()
        self.submitted: list[dict[str, Any]] = []
        self._mode: dict[str, Any] = {}
        self._lock = threading.Lock()
        self._answers: dict[int, queue.Queue[int]] = {}
        self._count = 0
        self.start()

    def start(self) -> None:
        self._said = {"listening": threading.Event(), "bound": threading.Event()}
        self._obeyed: queue.Queue[bool] = queue.Queue()
        command = [part.format(port=self.port) for part in self.command]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()
        assert self._said["listening"].wait(15), "the SMSC does not start"
        if self._mode:
            self.mode(**self._mode)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(5)
        with self._lock:
            for answer in self._answers.values():
                answer.put(-1)

    def mode(self, **mode: Any) -> None:
        """receipts: before, after; times; stat; status: refuse with it; silent; stem of ids."""
        self._mode = mode
        self._say({"mode": mode})
        assert self._obeyed.get(timeout=5)

    def await_bound(self, seconds: float = 10) -> None:
        assert self._said["bound"].wait(seconds), "nobody has bound"

    def deliver(
        self,
        sender: str,
        payload: bytes,
        *,
        coding: int = 8,
        esm: int = 0,
        wait: float = 15,
        ton: int = 1,
    ) -> int:
        """Hand one PDU to whoever is bound; the status of the answer, -1 if none came."""
        return self.await_answer(self.post(sender, payload, coding=coding, esm=esm, ton=ton), wait)

    def post(
        self, sender: str, payload: bytes, *, coding: int = 8, esm: int = 0, ton: int = 1
    ) -> int:
        it = {"from": sender, "to": "1787", "hex": payload.hex(), "coding": coding, "esm": esm}
        return self.order(it | {"ton": ton})

    def order(self, it: dict[str, Any]) -> int:
        """Have the peer deliver something; the number to await its answer by."""
        with self._lock:
            self._count += 1
            number = self._count
            self._answers[number] = queue.Queue()
        self._say({"deliver": it, "n": number})
        return number

    def await_answer(self, number: int, wait: float = 15) -> int:
        try:
            return self._answers[number].get(timeout=wait)
        except queue.Empty:
            return -1

    def await_submitted(self, count: int, seconds: float = 10) -> list[dict[str, Any]]:
        end = time.monotonic() + seconds
        while len(self.submitted) < count and time.monotonic() < end:
            time.sleep(0.02)
        return self.submitted

    def _say(self, order: dict[str, Any]) -> None:
        with contextlib.suppress(OSError, ValueError):
            assert self.process.stdin is not None
            with self._lock:
                self.process.stdin.write(json.dumps(order) + "\n")

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            event = json.loads(line)
            if "submitted" in event:
                self.submitted.append(event["submitted"])
            elif "delivered" in event:
                self._answers[event["delivered"]].put(event["status"])
            elif "mode" in event:
                self._obeyed.put(True)
            elif event.keys() <= self._said.keys():
                for name in event:
                    self._said[name].set()
            else:
                self.hear(event)

    def hear(self, event: dict[str, Any]) -> None:
        """What only some peers tell."""
