"""The carrier's numbers and abbreviations, in our words (SMPP 3.4, 5.1.3, 5.2.28, appendix B)."""

from __future__ import annotations

import re
from typing import Final

from aiosmpplib.state import SmppCommandStatus

from mohalla.channels.sms.port import Fate, Refused, Unavailable

OK: Final = 0
INVALID_LENGTH: Final = 0x02
INVALID_COMMAND: Final = 0x03
QUEUE_FULL: Final = 0x14
TEMPORARY: Final = 0x64
"""ESME_RX_T_APPN: we could not store it now, keep it and come again."""

_NEVER: Final = frozenset(
    {
        0x01,  # message length
        0x0B,  # destination address
        0x33,  # number of destinations
        0x34,  # distribution list
        0x40,  # destination flag
        0x43,  # esm_class
        0x50,  # destination TON
        0x51,  # destination NPI
        0x62,  # validity period
        0x65,  # permanent application error
        0xC2,  # parameter length
        0xFE,  # delivery failure
    }
)
_FATES: Final = {
    "DELIVRD": Fate.DELIVERED,
    "EXPIRED": Fate.FAILED,
    "DELETED": Fate.FAILED,
    "UNDELIV": Fate.FAILED,
    "REJECTD": Fate.FAILED,
}
_STATES: Final = {
    2: Fate.DELIVERED,
    3: Fate.FAILED,
    4: Fate.FAILED,
    5: Fate.FAILED,
    8: Fate.FAILED,
}
_ID = re.compile(r"\bid:\s*(\S{1,80})", re.IGNORECASE | re.ASCII)
_STAT = re.compile(r"\bstat:\s*([A-Z]{1,10})", re.IGNORECASE | re.ASCII)
_ERR = re.compile(r"\berr:\s*(\S{1,10})", re.IGNORECASE | re.ASCII)


def status_name(status: int) -> str:
    """`ESME_RTHROTTLED (0x58)`; vendors invent numbers, so an unknown one is only a number."""
    try:
        return f"{SmppCommandStatus(status).name} ({status:#x})"
    except ValueError:
        return f"status {status:#x}"


def failure(status: int) -> Refused | Unavailable:
    """What a non-zero answer to a submission means: never, or later.

    What we do not know for sure to be about this one message (the account, the source address,
    the queue, a vendor's own number) is tried again: an operator may mend it meanwhile.
    """
    name = status_name(status)
    return Refused(name) if status in _NEVER else Unavailable(name)


def receipt_words(text: str) -> tuple[str, Fate, str]:
    """(message id or empty, fate, detail) of a receipt's text; any text is read.

    The first 20 characters of the message itself stand behind `text:` and are not looked at.
    """
    head = re.split(r"\btext:", text, maxsplit=1, flags=re.IGNORECASE)[0]
    carrier_id, stat, err = _ID.search(head), _STAT.search(head), _ERR.search(head)
    word = stat.group(1).upper() if stat else ""
    detail = " ".join(filter(None, [word, f"err {err.group(1)}" if err else ""]))
    return carrier_id.group(1) if carrier_id else "", _FATES.get(word, Fate.PENDING), detail


def state_fate(state: int) -> Fate:
    """The `message_state` parameter; what is no end is pending."""
    return _STATES.get(state, Fate.PENDING)
