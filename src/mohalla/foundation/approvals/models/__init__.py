from mohalla.foundation.approvals.models.approval import Answer, Approval

__all__ = ["Answer", "Approval"]
