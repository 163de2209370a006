from mohalla.foundation.promises.actions.break_promise import break_promise, decision_due
from mohalla.foundation.promises.actions.change_owner import change_owner
from mohalla.foundation.promises.actions.end import AlreadyEnded, end
from mohalla.foundation.promises.actions.make import Owed, make, prepared
from mohalla.foundation.promises.actions.rest import rest, wake
from mohalla.foundation.promises.actions.tick import tick

__all__ = [
    "AlreadyEnded",
    "Owed",
    "break_promise",
    "change_owner",
    "decision_due",
    "end",
    "make",
    "prepared",
    "rest",
    "tick",
    "wake",
]
