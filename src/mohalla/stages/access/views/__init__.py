"""The pages of the front desk."""

from mohalla.stages.access.views.report import report

__all__ = ["report"]
