"""The stack and its calls: which are taken, which ring, which end. Everything here runs on one loop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import baresip
from baresip import Account, BaresipError, Config, Runtime, UserAgent
from baresip.events import Event, StackEvent

from mohalla.channels.voice.address import VoiceAddress
from mohalla.channels.voice.port import Call
from mohalla.channels.voice.ringing import nobody_took
from mohalla.channels.voice.rules import callers
from mohalla.channels.voice.sip.call import SipCall

_log = logging.getLogger(__name__)
SPARE = 20  # calls beyond our lines that may ring and be missed
LONGEST_RING = 45.0
GONE = 60  # seconds without any sound from the other side: it vanished without a word


class StackDied(Exception):
    """It cannot be started again in the same process: the supervisor starts another one."""


class SipLine:
    """`answer` runs one call in a thread; `on_turn` is called now and then, with how many talk."""

    def __init__(
        self, address: VoiceAddress, answer: Callable[[Call], None], *,
        on_turn: Callable[[int], None] = lambda _talking: None,
    ) -> None:  # fmt: skip
        self._address, self._answer, self._on_turn = address, answer, on_turn
        self._talking: dict[int, SipCall] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._pool = ThreadPoolExecutor(address.lines + 2, "call")
        self._dead = False
        self.ready = threading.Event()

    def run(self, stop: threading.Event) -> None:
        """Until `stop` is set; calls that are under way are ended then, and what was said is kept.

        Raises StackDied, and BaresipError where the address cannot be listened on.
        """
        asyncio.run(self._run(stop))
        self._pool.shutdown(wait=True)

    async def _run(self, stop: threading.Event) -> None:
        runtime = Runtime()
        runtime.on_dead = self._died
        await runtime.start(self._config())
        try:
            await self._listen(runtime)
            while not stop.is_set() and not self._dead:
                await asyncio.sleep(0.2)
                await asyncio.to_thread(self._on_turn, len(self._talking))
            for call in list(self._talking.values()):
                call.ended()
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=5)
        finally:
            if not self._dead:
                with contextlib.suppress(BaresipError):
                    await runtime.close()
        if self._dead:
            raise StackDied

    def _config(self) -> Config:
        """`net_interface` is named: the stack does not find loopback by itself."""
        address, (low, high) = self._address, self._address.rtp
        return Config(
            net_interface=address.host,
            native_log_level="error",
            max_concurrent_calls=address.lines + SPARE,
            rtp_timeout=GONE,
            expose_headers=("To",),
            extra_config_text=f"sip_listen {address.host}:{address.port}\nrtp_ports {low}-{high}\n",
        )

    async def _listen(self, runtime: Runtime) -> None:
        here = f"{self._address.host}:{self._address.port}"
        account = Account(
            user="mohalla", domain=here, password="", reg_interval=0, extra_params=("catchall=yes",)
        )
        agent = await UserAgent.create(runtime, account, transfer_policy="reject")
        agent.on_incoming(self._came)
        self.ready.set()

    def _died(self) -> None:
        self._dead = True

    def _came(self, call: baresip.Call) -> None:
        task = asyncio.get_running_loop().create_task(self._one(call))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _one(self, call: baresip.Call) -> None:
        """From the first ring to the end; a fault of one call is no fault of the others."""
        number = callers.number_of(callers.user_of(call.peer or ""))
        over = asyncio.Event()
        taken: list[SipCall] = []

        def heard(event: StackEvent) -> None:
            if event.event is Event.CALL_CLOSED:
                over.set()
                for one in taken:
                    one.ended()

        call.on(heard)
        try:
            called = callers.user_of(call.headers.get("To", ""))
            if called in self._address.missed or not await self._take(call, over):
                await self._missed(call, number, called, over)
                return
            taken.append(SipCall(call, number, asyncio.get_running_loop()))
            if over.is_set():
                taken[0].ended()
            self._talking[id(call)] = taken[0]
            await asyncio.get_running_loop().run_in_executor(self._pool, self._answer, taken[0])
        except Exception:
            _log.exception("a call could not be answered")
        finally:
            self._talking.pop(id(call), None)

    async def _take(self, call: baresip.Call, over: asyncio.Event) -> bool:
        """Pick up after some rings; False where the caller was gone before, or every line talks."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), self._address.ring)
        if over.is_set() or len(self._talking) >= self._address.lines:
            return False
        try:
            await call.answer()
        except BaresipError:
            return False
        return True

    async def _missed(
        self, call: baresip.Call, number: str, called: str, over: asyncio.Event
    ) -> None:
        """It rings until the caller hangs up; that costs the caller nothing."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), LONGEST_RING)
        if not over.is_set():
            with contextlib.suppress(BaresipError):
                await call.reject()
        await asyncio.to_thread(nobody_took, number, called=called)
