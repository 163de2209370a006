"""Group commit: threads that want to store something at the same moment share one transaction.

The first to get its turn stores for all who wait; they find their act done when their turn comes.
A commit must reach the disk, and only one writer can hold the database, so a transaction for each
act would make everybody wait for everybody's disk.
"""

from __future__ import annotations

from threading import Lock

from django.db import InterfaceError, OperationalError, connection, transaction

from mohalla.foundation.rows.acts import Act, insert

AWAY = (OperationalError, InterfaceError)
MOST = 64  # acts in one transaction: bounds what a refused one makes us do again


class _Waiting:
    def __init__(self, act: Act) -> None:
        self.act = act
        self.done = False
        self.error: BaseException | None = None


_queue: list[_Waiting] = []
_turn = Lock()


def commit(act: Act) -> None:
    """Returns when the act is durable; raises what refused it, and then nothing of it is stored.

    Inside a transaction of the caller the act joins that one.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            insert([act])
        return
    waiting = _Waiting(act)
    _queue.append(waiting)  # appending and cutting a list are atomic
    with _turn:
        while not waiting.done:  # else somebody before us stored it
            _store([])
    if waiting.error is not None:
        raise waiting.error


def _store(batch: list[_Waiting]) -> None:
    """All together; where one of them is refused, each by itself, so that it harms nobody else.

    An empty batch is filled when the database is ours: whoever came while we waited for other
    processes is taken along. A database that is away or full refuses all of them alike: nobody
    waits for it once more.
    """
    try:
        with transaction.atomic():
            batch = batch or _next()
            insert([waiting.act for waiting in batch])
    except BaseException as error:
        batch = batch or _next()  # not even begun
        if len(batch) == 1 or not isinstance(error, Exception) or isinstance(error, AWAY):
            for waiting in batch:
                waiting.error, waiting.done = error, True
        else:
            for waiting in batch:
                _store([waiting])
    else:
        for waiting in batch:
            waiting.done = True


def _next() -> list[_Waiting]:
    """Those who wait longest; never nobody, for whoever asks is among those who wait."""
    batch = _queue[:MOST]
    del _queue[: len(batch)]
    return batch
