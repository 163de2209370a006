from mohalla.foundation.keys.actions.end import (
    end_behind_passkey,
    end_boxes_at,
    end_boxes_of,
    revoke_desk_key,
    revoke_officer_key,
)
from mohalla.foundation.keys.actions.give import give_desk_key
from mohalla.foundation.keys.actions.make_desk_key import NewDeskKey, make_desk_key, rotate_desk_key
from mohalla.foundation.keys.actions.make_officer_key import Box, add_box, make_officer_key
from mohalla.foundation.keys.actions.recover import ask_recovery, end_recovery, finish, open_share
from mohalla.foundation.keys.actions.refused import KeyRefused

__all__ = [
    "Box",
    "KeyRefused",
    "NewDeskKey",
    "add_box",
    "ask_recovery",
    "end_behind_passkey",
    "end_boxes_at",
    "end_boxes_of",
    "end_recovery",
    "finish",
    "give_desk_key",
    "make_desk_key",
    "make_officer_key",
    "open_share",
    "revoke_desk_key",
    "revoke_officer_key",
    "rotate_desk_key",
]
