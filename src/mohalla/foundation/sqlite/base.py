"""Django's SQLite backend with a file lock taken before `BEGIN IMMEDIATE`.

SQLite's own busy handler sleeps up to 100 ms between tries, so several writer processes
starve each other. A lock in the kernel hands over at once and in order
(see docs/adr/0002-writes-on-sqlite.md for the measurement).
"""

from __future__ import annotations

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as DjangoWrapper


class DatabaseWrapper(DjangoWrapper):
    """Same database, but `atomic` waits for its turn instead of polling for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: int | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # the stubs do not know it
        except BaseException:
            self._pass_turn()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc] # the stubs do not know it
        finally:
            self._pass_turn()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc] # the stubs do not know it
        finally:
            self._pass_turn()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc] # the stubs do not know it
        finally:
            self._pass_turn()

    def _take_turn(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._turn is None and ":memory:" not in name and "mode=memory" not in name:
            turn = os.open(f"{name}.turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(turn, fcntl.LOCK_EX)
            self._turn = turn

    def _pass_turn(self) -> None:
        if self._turn is not None:
            os.close(self._turn)  # closing gives the lock back
            self._turn = None
