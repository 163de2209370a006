from mohalla.foundation.jobs.models.heartbeat import Heartbeat
from mohalla.foundation.jobs.models.tally import Tally

__all__ = ["Heartbeat", "Tally"]
