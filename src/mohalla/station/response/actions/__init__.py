from mohalla.station.response.actions.answer import (
    AlarmOver,
    Unreachable,
    arrive,
    end,
    go,
    see,
    send,
)
from mohalla.station.response.actions.child import (
    climb_children,
    find_child,
    search_child,
    stand_by_family,
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
    "climb_children",
    "climb_due",
    "end",
    "find_child",
    "forget_places",
    "go",
    "raise_alarm",
    "say_safe",
    "search_child",
    "see",
    "send",
    "show_place",
    "stand_by_family",
    "stop_place",
]
