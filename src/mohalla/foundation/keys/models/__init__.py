from mohalla.foundation.keys.models.desk_key import DeskKey, DeskKeyBox
from mohalla.foundation.keys.models.officer_key import KeyBox, OfficerKey
from mohalla.foundation.keys.models.recovery import OpenedShare, Recovery, RecoveryShare

__all__ = [
    "DeskKey",
    "DeskKeyBox",
    "KeyBox",
    "OfficerKey",
    "OpenedShare",
    "Recovery",
    "RecoveryShare",
]
