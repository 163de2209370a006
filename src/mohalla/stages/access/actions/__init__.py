from mohalla.stages.access.actions.accept import Acknowledgement, ReportRefused, accept

__all__ = ["Acknowledgement", "ReportRefused", "accept"]
