"""A processor for each web worker.

Only one thread of a worker runs Python at a time. Left to the kernel its threads wander between
processors, and each finds the other's memory cold: with four threads a request took 1.7 times the
work that it takes with one. On one processor it takes the same.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

_held: list[int] = []  # locks, until this process ends


def settle(*, workers: int, home: Path) -> int | None:
    """Stay on the first processor that no other worker of this home has; which, or None.

    With fewer workers than processors the kernel chooses better: it knows what else runs there.
    """
    processors = sorted(os.sched_getaffinity(0))
    if workers < len(processors):
        return None
    for processor in processors:
        path = home / f"processor.{processor}"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)  # another worker's
            continue
        _held.append(handle)
        os.sched_setaffinity(0, {processor})
        return processor
    return None
