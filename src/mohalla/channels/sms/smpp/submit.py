"""Our own PDUs, written by aiosmpplib's message classes from values that we have checked."""

from __future__ import annotations

from typing import Final

from aiosmpplib.protocol import (
    BindTransceiver,
    DeliverSmResp,
    EnquireLink,
    EnquireLinkResp,
    GenericNack,
    SubmitSm,
    Unbind,
    UnbindResp,
)
from aiosmpplib.state import NPI, TON, PhoneNumber, SmppCommandStatus

from mohalla.channels.sms.address import SmsAddress
from mohalla.channels.sms.port import Limits, Outgoing, Refused
from mohalla.channels.sms.rules import concatenation, encoding

_UDHI: Final = 0x40
_ASK_FOR_RECEIPT: Final = 1
_LONGEST_ADDRESS: Final = 20


def bind(address: SmsAddress, *, sequence: int) -> bytes:
    """bind_transceiver: one link for both ways."""
    return _bytes(
        BindTransceiver(
            sequence_num=sequence,
            system_id=address.user,
            password=address.password,
            system_type=address.system_type,
        )
    )


def messages(outgoing: Outgoing, *, source: str, limits: Limits) -> list[SubmitSm]:
    """One submit_sm a part, in order, without sequence numbers yet. Raises Refused."""
    if not outgoing.text:
        raise Refused("an empty text")
    if not outgoing.to.isascii() or len(outgoing.to.lstrip("+")) > _LONGEST_ADDRESS:
        raise Refused("not an address that SMPP can carry")
    encoded = encoding.encode(outgoing.text)
    total = len(encoded.parts)
    if total > limits.parts:
        raise Refused(f"{total} parts; at most {limits.parts} can be sent")
    made: list[SubmitSm] = []
    for number, part in enumerate(encoded.parts, start=1):
        header = b""
        if total > 1:
            header = concatenation.header(reference=outgoing.reference, total=total, number=number)
        message = SubmitSm(
            short_message="-",  # the class wants a text; the bytes below are what goes out
            source=_phone(source),
            destination=_phone(outgoing.to),
            esm_class=_UDHI if header else 0,
            registered_delivery=_ASK_FOR_RECEIPT if outgoing.receipt else 0,
            encoding="ucs2" if encoded.data_coding == encoding.UCS2 else None,
        )
        message.set_encoded_message(header + part)
        made.append(message)
    return made


def numbered(message: SubmitSm, sequence: int) -> bytes:
    """The bytes of a submit_sm under its sequence number."""
    message.sequence_num = sequence
    return _bytes(message)


def taken(sequence: int, *, status: int) -> bytes:
    """deliver_sm_resp: it is durable (0), or keep it (another status)."""
    return _bytes(DeliverSmResp(sequence_num=sequence, command_status=SmppCommandStatus(status)))


def nack(sequence: int, *, status: int) -> bytes:
    """generic_nack: we could not read that."""
    return _bytes(GenericNack(sequence_num=sequence, command_status=SmppCommandStatus(status)))


def enquire(sequence: int) -> bytes:
    """enquire_link: are you there?"""
    return _bytes(EnquireLink(sequence_num=sequence))


def here(sequence: int) -> bytes:
    """enquire_link_resp: yes."""
    return _bytes(EnquireLinkResp(sequence_num=sequence))


def unbind(sequence: int) -> bytes:
    """unbind: we are going."""
    return _bytes(Unbind(sequence_num=sequence))


def unbound(sequence: int) -> bytes:
    """unbind_resp: go."""
    return _bytes(UnbindResp(sequence_num=sequence))


def _phone(address: str) -> PhoneNumber:
    if address.startswith("+"):
        return PhoneNumber(address[1:], TON.INTERNATIONAL, NPI.ISDN)
    if address.isdigit():
        return PhoneNumber(address, TON.UNKNOWN, NPI.UNKNOWN)
    return PhoneNumber(address, TON.ALPHANUMERIC, NPI.UNKNOWN)


def _bytes(message: object) -> bytes:
    pdu: bytes = message.pdu()  # type: ignore[attr-defined] # every message of the library has it
    return pdu
