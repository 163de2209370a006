"""Ends what is left of an installation when its supervisor is gone, however it went."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time


def main(leash: int) -> None:
    """Read process ids from the leash until it closes; then end those and all below them."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    seen = b""
    while chunk := os.read(leash, 4096):
        seen += chunk
    roots = {int(word) for word in seen.split()}
    for number, wait in ((signal.SIGTERM, 2.0), (signal.SIGKILL, 0.0)):
        for process in _below(roots):
            try:
                os.kill(process, number)
            except ProcessLookupError:
                continue
        time.sleep(wait if _below(roots) else 0)


def _below(roots: set[int]) -> set[int]:
    """The processes among `roots` that are still ours, and all their descendants.

    The supervisor is gone: its children hang on process 1 (or a subreaper); a number that was
    given to somebody else meanwhile does not carry our command.
    """
    try:
        listing = subprocess.run(
            ["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return roots  # no `ps` on this machine; what hangs below looks after itself (tether)
    parents: dict[int, int] = {}
    ours: set[int] = set()
    for line in listing.stdout.splitlines():
        pid, parent, *command = line.split(None, 2)
        parents[int(pid)] = int(parent)
        if int(pid) in roots and "mohalla" in " ".join(command):
            ours.add(int(pid))
    found = set(ours)
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {os.getpid()}


if __name__ == "__main__":
    main(int(sys.argv[1]))
