from mohalla.foundation.promises.actions.change_owner import change_owner
from mohalla.foundation.promises.actions.end import AlreadyEnded, end
from mohalla.foundation.promises.actions.make import Owed, make, prepared
from mohalla.foundation.promises.actions.rest import rest, wake
from mohalla.foundation.promises.actions.tick import tick

__all__ = [
    "AlreadyEnded",
    "Owed",
    "change_owner",
    "end",
    "make",
    "prepared",
    "rest",
    "tick",
    "wake",
]
