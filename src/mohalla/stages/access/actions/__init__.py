from mohalla.stages.access.actions.accept import (
    Acknowledgement,
    ReportRefused,
    accept,
    accept_again,
    locate,
    routed_now,
)

__all__ = [
    "Acknowledgement",
    "ReportRefused",
    "accept",
    "accept_again",
    "locate",
    "routed_now",
]
