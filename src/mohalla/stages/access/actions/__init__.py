from mohalla.stages.access.actions.accept import (
    Acknowledgement,
    ReportRefused,
    accept,
    locate,
    routed_now,
)

__all__ = ["Acknowledgement", "ReportRefused", "accept", "locate", "routed_now"]
