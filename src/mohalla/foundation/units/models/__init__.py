from mohalla.foundation.units.models.barred import Barred
from mohalla.foundation.units.models.beat import Beat
from mohalla.foundation.units.models.posting import DutyHours, Leave, Posting
from mohalla.foundation.units.models.unit import DirectoryVersion, Unit

__all__ = ["Barred", "Beat", "DirectoryVersion", "DutyHours", "Leave", "Posting", "Unit"]
