"""One bound link, from the bind to its end. Everything here runs on the transport's own loop."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from aiosmpplib.protocol import SubmitSm

from mohalla.channels.sms.address import SmsAddress
from mohalla.channels.sms.port import Receipt, Received, Unavailable
from mohalla.channels.sms.smpp import submit, words
from mohalla.channels.sms.smpp.deliver import Malformed, read_deliver
from mohalla.channels.sms.smpp.frames import BadFrame, Frame, read_frame

_log = logging.getLogger(__name__)

_GENERIC_NACK: Final = 0x80000000
_BIND_RESP: Final = 0x80000009
_SUBMIT_RESP: Final = 0x80000004
_DELIVER: Final = 0x00000005
_UNBIND, _UNBIND_RESP = 0x00000006, 0x80000006
_ENQUIRE, _ENQUIRE_RESP = 0x00000015, 0x80000015
_ALERT: Final = 0x00000102
_IS_RESPONSE: Final = 0x80000000
_WAITING: Final = 200
_LAST_ANSWERS: Final = 1.0


class LinkLost(Exception):
    """The link is over; says why. Another one may be made."""

    plain = True  # its words are ours alone: they may stand in a log


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. answer: how long we wait for any response. frame: from first to last byte of a PDU.

    enquire: pause between two "are you there". first_pause, longest_pause: between two binds.
    """

    answer: float = 10.0
    frame: float = 10.0
    enquire: float = 30.0
    first_pause: float = 1.0
    longest_pause: float = 60.0


Keep = Callable[[Received | Receipt | tuple[bytes, str]], Awaitable[None]]
"""Makes something durable away from the loop: a message, a receipt, or (bytes, why unreadable)."""


class Session:
    """Bound after `open`; `run` reads until the link is lost."""

    def __init__(self, address: SmsAddress, *, keep: Keep, timing: Timing) -> None:
        self._address, self._keep, self._timing = address, keep, timing
        self._sequence = itertools.cycle(range(1, 0x7FFFFFFF))
        self._answers: dict[int, asyncio.Future[Frame]] = {}
        self._arrived: asyncio.Queue[Frame] = asyncio.Queue(_WAITING)
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter
        self._loops: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Connect and bind. Raises LinkLost."""
        try:
            async with asyncio.timeout(self._timing.answer):
                self._reader, self._writer = await asyncio.open_connection(
                    self._address.host, self._address.port
                )
        except (OSError, TimeoutError) as error:
            raise LinkLost(f"cannot connect: {type(error).__name__}") from None
        self._loops = [asyncio.create_task(self._read(), name="sms-read")]
        number = next(self._sequence)
        answer = await self._ask(number, submit.bind(self._address, sequence=number))
        if answer.command != _BIND_RESP or answer.status != words.OK:
            raise LinkLost(f"bind refused: {words.status_name(answer.status)}")
        self._loops += [
            asyncio.create_task(self._store(), name="sms-store"),
            asyncio.create_task(self._enquire(), name="sms-enquire"),
        ]

    async def run(self) -> None:
        """Until the link is lost: then raises LinkLost."""
        done, _ = await asyncio.wait(self._loops, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            error = task.exception()
            if error is not None and not isinstance(error, LinkLost):
                _log.error("a loop of the link broke", exc_info=error)
            lost = error if isinstance(error, LinkLost) else type(error).__name__
            raise LinkLost(str(lost) if error else "ended")

    async def submit(self, message: SubmitSm) -> str:
        """Send one part; the carrier's id for it. Raises Refused or Unavailable."""
        number = next(self._sequence)
        try:
            answer = await self._ask(number, submit.numbered(message, number))
        except LinkLost as lost:
            raise Unavailable(str(lost)) from None
        if answer.status != words.OK or answer.command != _SUBMIT_RESP:
            raise words.failure(answer.status)
        return answer.body.split(b"\0", 1)[0].decode("latin-1")[:80]

    async def close(self) -> None:
        """Say good-bye where somebody listens, and let go of everything."""
        if not hasattr(self, "_writer"):
            return
        if not self._writer.is_closing() and self._loops and not self._loops[0].done():
            await self._say_goodbye()
        for task in self._loops:
            task.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        self._fail_all("the link was closed")
        self._writer.close()

    async def _say_goodbye(self) -> None:
        """Answers that are on their way may still come; then unbind."""
        number = next(self._sequence)
        if self._answers:
            await asyncio.wait(list(self._answers.values()), timeout=_LAST_ANSWERS)
        with contextlib.suppress(LinkLost, TimeoutError):
            async with asyncio.timeout(_LAST_ANSWERS):
                await self._ask(number, submit.unbind(number))

    async def _ask(self, number: int, pdu: bytes) -> Frame:
        answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        try:
            async with asyncio.timeout(self._timing.answer):
                await self._write(pdu)
                return await answer
        except TimeoutError:
            raise LinkLost(f"no answer within {self._timing.answer:g} s") from None
        finally:
            self._answers.pop(number, None)

    async def _write(self, pdu: bytes) -> None:
        try:
            self._writer.write(pdu)
            await self._writer.drain()
        except (OSError, RuntimeError) as error:
            raise LinkLost(f"cannot write: {type(error).__name__}") from None

    async def _read(self) -> None:
        try:
            while True:
                frame = await read_frame(self._reader, deadline=self._timing.frame)
                if frame is None:
                    raise LinkLost("the carrier closed the link")
                await self._take(frame)
        except BadFrame as bad:
            await self._keep((bad.seen, str(bad)))
            await self._write(submit.nack(0, status=words.INVALID_LENGTH))
            raise LinkLost(f"lost the thread: {bad}") from None
        except OSError as error:
            raise LinkLost(f"cannot read: {type(error).__name__}") from None
        finally:
            self._fail_all("the link was lost before the answer")

    async def _take(self, frame: Frame) -> None:
        if frame.command & _IS_RESPONSE:
            answer = self._answers.get(frame.sequence)
            if answer is not None and not answer.done():
                answer.set_result(frame)
        elif frame.command == _ENQUIRE:
            await self._write(submit.here(frame.sequence))
        elif frame.command == _UNBIND:
            await self._write(submit.unbound(frame.sequence))
            raise LinkLost("the carrier unbound us")
        elif frame.command != _ALERT:
            await self._queue(frame)

    async def _queue(self, frame: Frame) -> None:
        try:
            self._arrived.put_nowait(frame)
        except asyncio.QueueFull:
            await self._write(submit.taken(frame.sequence, status=words.QUEUE_FULL))

    async def _store(self) -> None:
        """One after the other, so that a phone's texts keep their order."""
        while True:
            frame = await self._arrived.get()
            await self._write(await self._stored(frame))

    async def _stored(self, frame: Frame) -> bytes:
        """The answer, once the thing is durable."""
        try:
            if frame.command != _DELIVER:
                await self._keep((frame.pdu, f"command {frame.command:#x} is not for us"))
                return submit.nack(frame.sequence, status=words.INVALID_COMMAND)
            try:
                arrived = read_deliver(frame.body, pdu=frame.pdu)
            except (Malformed, ValueError, IndexError, struct.error) as bad:
                await self._keep((frame.pdu, f"deliver_sm: {bad}"))
                return submit.nack(frame.sequence, status=words.INVALID_LENGTH)
            await self._keep(arrived)
            return submit.taken(frame.sequence, status=words.OK)
        except Exception:
            _log.exception("could not store what the carrier brought; it is asked to keep it")
            return submit.taken(frame.sequence, status=words.TEMPORARY)

    async def _enquire(self) -> None:
        while True:
            await asyncio.sleep(self._timing.enquire)
            number = next(self._sequence)
            await self._ask(number, submit.enquire(number))

    def _fail_all(self, why: str) -> None:
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(LinkLost(why))
