"""SMPP 3.4: the real way to a carrier. Its words stay in this folder."""

from mohalla.channels.sms.smpp.transport import SmppTransport

__all__ = ["SmppTransport"]
