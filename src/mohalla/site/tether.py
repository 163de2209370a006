"""A process of an installation ends when the one that started it is gone, however it went.

The warden ends what hangs below the supervisor; but a web worker whose own parent was killed
first hangs below nobody. So each process looks, once a second, whether its parent and the
supervisor are still there.
"""

from __future__ import annotations

import os
import signal
import threading
import time

SUPERVISOR = "MOHALLA_SUPERVISOR"  # process id, set by the supervisor for its children
LOOK, GRACE = 1.0, 5.0  # seconds


def hold() -> None:
    """Watch from a thread of this process; does nothing where no supervisor started it."""
    supervisor = int(os.environ.get(SUPERVISOR, "0"))
    if supervisor:
        threading.Thread(target=_watch, args=(supervisor, os.getppid()), daemon=True).start()


def _watch(supervisor: int, parent: int) -> None:
    orphan = parent == 1 != supervisor
    while not orphan and os.getppid() == parent and _alive(supervisor):
        time.sleep(LOOK)
    if os.getppid() == parent not in {1, supervisor}:
        _tell(parent)  # a web master that outlived the supervisor starts no more workers
    _tell(os.getpid())
    time.sleep(GRACE)
    os._exit(1)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _tell(process: int) -> None:
    try:
        os.kill(process, signal.SIGTERM)
    except (ProcessLookupError, PermissionError):
        return
