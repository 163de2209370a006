"""SMPP 3.4 (being built)."""

from mohalla.channels.sms.address import SmsAddress
from mohalla.channels.sms.port import Accepted, Inlet, Limits, Outgoing, Unavailable


class SmppTransport:
    limits = Limits(parts=10, media=False, at_once=8, rate=10, reports_delivery=True)

    def __init__(self, address: SmsAddress) -> None:
        self._address = address

    def start(self, inlet: Inlet, /) -> None: ...

    def send(self, outgoing: Outgoing, /) -> Accepted:
        raise Unavailable("not built yet")

    def stop(self) -> None: ...
