from mohalla.station.response.actions.answer import (
    AlarmOver,
    Unreachable,
    arrive,
    end,
    go,
    see,
    send,
)
from mohalla.station.response.actions.climb import climb_due
from mohalla.station.response.actions.forget import forget_places
from mohalla.station.response.actions.place import show_place, stop_place
from mohalla.station.response.actions.raise_alarm import raise_alarm
from mohalla.station.response.actions.safe import say_safe

__all__ = [
    "AlarmOver",
    "Unreachable",
    "arrive",
    "climb_due",
    "end",
    "forget_places",
    "go",
    "raise_alarm",
    "say_safe",
    "see",
    "send",
    "show_place",
    "stop_place",
]
