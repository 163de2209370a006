"""The doors that notices go out by. Push and voice register theirs when they come."""

from __future__ import annotations

from mohalla.channels.notices.doors.sms import SmsDoor
from mohalla.channels.notices.port import Door

DOORS: dict[str, Door] = {"sms": SmsDoor()}
