"""The transport: a thread of its own with an event loop that keeps one link bound."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from typing import Final

from aiosmpplib.protocol import SubmitSm
from django.db import close_old_connections, connections

from mohalla.channels.sms.address import SmsAddress
from mohalla.channels.sms.port import (
    Accepted,
    Inlet,
    Limits,
    Outgoing,
    Receipt,
    Received,
    Refused,
    Unavailable,
)
from mohalla.channels.sms.smpp import submit
from mohalla.channels.sms.smpp.session import Keep, LinkLost, Session, Timing

_log = logging.getLogger(__name__)
_PARTS: Final = 10
_AT_ONCE: Final = 8
_STOP_WITHIN: Final = 4.0


class SmppTransport:
    """Binds as transceiver, asks whether the peer is there, binds again with growing pauses.

    The database stays off the loop: what arrives is stored on one thread of its own, in order.
    """

    def __init__(self, address: SmsAddress, *, timing: Timing | None = None) -> None:
        self._address = address
        self._timing = timing or Timing()
        self.limits = Limits(
            parts=_PARTS, media=False, at_once=_AT_ONCE, rate=address.rate, reports_delivery=True
        )
        self._loop: asyncio.AbstractEventLoop | None = None
        self._session: Session | None = None
        self._stopping: asyncio.Event | None = None
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._next_turn = 0.0

    @property
    def is_up(self) -> bool:
        """Bound, as far as we know."""
        return self._session is not None

    def start(self, inlet: Inlet, /) -> None:
        """Begin to bind, in the background."""
        if self._thread is not None:
            raise RuntimeError("started already")
        ready = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._main(inlet, ready)), name="sms-smpp", daemon=True
        )
        self._thread.start()
        ready.wait(_STOP_WITHIN)

    def send(self, outgoing: Outgoing, /) -> Accepted:
        """Raises Refused, or Unavailable: also where nobody knows whether it went."""
        parts = submit.messages(outgoing, source=self._address.source, limits=self.limits)
        loop = self._loop
        if loop is None or self._session is None or self._stopped.is_set():
            raise Unavailable("no link to the carrier")
        work = self._submit(parts)
        try:
            waiting: Future[Accepted] = asyncio.run_coroutine_threadsafe(work, loop)
        except RuntimeError:
            work.close()
            raise Unavailable("the link is being closed") from None
        longest = len(parts) * (self._timing.answer + 1) + _AT_ONCE * _PARTS / self._address.rate
        try:
            return waiting.result(longest)
        except (Refused, Unavailable):
            raise
        except NotInTime:
            waiting.cancel()
            raise Unavailable("the carrier did not answer in time") from None
        except BaseException as error:  # CancelledError is one: the loop is ending
            raise Unavailable(f"the link ended: {type(error).__name__}") from None

    def stop(self) -> None:
        """Unbind and end the thread."""
        self._stopped.set()
        loop, stopping, thread = self._loop, self._stopping, self._thread
        if loop is not None and stopping is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended already
                loop.call_soon_threadsafe(stopping.set)
        if thread is not None and thread is not threading.current_thread():
            thread.join(_STOP_WITHIN)

    async def _submit(self, parts: list[SubmitSm]) -> Accepted:
        taken: list[str] = []
        for part in parts:
            await self._turn()
            session = self._session
            if session is None or self._stopped.is_set():
                raise Unavailable("the link was lost")
            taken.append(await session.submit(part))
        return Accepted(tuple(taken))

    async def _turn(self) -> None:
        """The carrier's rate: one part each 1/rate seconds, in the order of asking."""
        now = asyncio.get_running_loop().time()
        mine = max(now, self._next_turn)
        self._next_turn = mine + 1 / self._address.rate
        await asyncio.sleep(mine - now)

    async def _main(self, inlet: Inlet, ready: threading.Event) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        keeper = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sms-keep")

        async def keep(thing: Received | Receipt | tuple[bytes, str]) -> None:
            await asyncio.get_running_loop().run_in_executor(keeper, _hand_over, inlet, thing)

        ready.set()
        linked = asyncio.create_task(self._stay_linked(keep))
        await self._stopping.wait()
        linked.cancel()
        await asyncio.gather(linked, return_exceptions=True)
        keeper.submit(connections.close_all)
        keeper.shutdown(wait=True)
        self._loop = None

    async def _stay_linked(self, keep: Keep) -> None:
        pause = self._timing.first_pause
        while True:
            session = Session(self._address, keep=keep, timing=self._timing)
            try:
                await session.open()
                _log.info("bound to the carrier")
                self._session, pause = session, self._timing.first_pause
                await session.run()
            except LinkLost as lost:
                _log.warning("no link to the carrier: %s; again in %g s", lost, pause)
            except Exception:
                _log.exception("the link ended in an unexpected way; again in %g s", pause)
            finally:
                self._session = None
                await asyncio.shield(session.close())
            await asyncio.sleep(pause)
            pause = min(pause * 2, self._timing.longest_pause)


def _hand_over(inlet: Inlet, thing: Received | Receipt | tuple[bytes, str]) -> None:
    """On the keeper's thread. A connection that broke is thrown away, so the next try is fresh."""
    close_old_connections()
    try:
        if isinstance(thing, Received):
            inlet.message(thing)
        elif isinstance(thing, Receipt):
            inlet.receipt(thing)
        else:
            inlet.unreadable(*thing)
    except Exception:
        close_old_connections()
        raise
