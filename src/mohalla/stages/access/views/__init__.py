"""The pages of the front desk."""

from mohalla.stages.access.views.counter import counter
from mohalla.stages.access.views.report import report
from mohalla.stages.access.views.track import track

__all__ = ["counter", "report", "track"]
