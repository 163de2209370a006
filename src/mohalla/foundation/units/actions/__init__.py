from mohalla.foundation.units.actions.changed import changed
from mohalla.foundation.units.actions.posting import end_posting, post
from mohalla.foundation.units.actions.roster import end_leave, give_hours, start_leave

__all__ = ["changed", "end_leave", "end_posting", "give_hours", "post", "start_leave"]
