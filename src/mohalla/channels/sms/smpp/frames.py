"""Reading PDUs off the wire, before any library sees them.

The length is checked first (16 bytes to 64 kB), and a PDU that has begun must end within a total
deadline, however slowly its bytes come.
"""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass
from typing import Final

HEADER: Final = 16
LONGEST: Final = 64 * 1024


class BadFrame(Exception):
    """The stream cannot be followed any further; `seen` is what was read of the PDU."""

    def __init__(self, why: str, seen: bytes) -> None:
        super().__init__(why)
        self.seen = seen


@dataclass(frozen=True, slots=True)
class Frame:
    """One PDU: the four numbers of its header, its body, and all of its bytes."""

    command: int
    status: int
    sequence: int
    pdu: bytes

    @property
    def body(self) -> bytes:
        return self.pdu[HEADER:]


async def read_frame(reader: asyncio.StreamReader, *, deadline: float) -> Frame | None:
    """The next PDU; None where the peer closed between two. Waits without end for the first byte.

    `deadline`: seconds from the first byte to the last. Raises BadFrame.
    """
    seen = bytearray(await reader.read(1))
    if not seen:
        return None
    try:
        async with asyncio.timeout(deadline):
            await _fill(reader, seen, 4)
            length = int.from_bytes(seen, "big")
            if not HEADER <= length <= LONGEST:
                raise BadFrame(
                    f"length {length} is not between {HEADER} and {LONGEST}", bytes(seen)
                )
            await _fill(reader, seen, length)
    except TimeoutError:
        raise BadFrame(f"not complete within {deadline:g} s", bytes(seen)) from None
    command, status, sequence = struct.unpack_from("!III", seen, 4)
    return Frame(command, status, sequence, bytes(seen))


async def _fill(reader: asyncio.StreamReader, seen: bytearray, size: int) -> None:
    while len(seen) < size:
        more = await reader.read(size - len(seen))
        if not more:
            raise BadFrame("the peer closed in the middle", bytes(seen))
        seen += more
