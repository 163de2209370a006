from mohalla.foundation.approvals.actions.answer import answer
from mohalla.foundation.approvals.actions.ask import ApprovalRefused, ask

__all__ = ["ApprovalRefused", "answer", "ask"]
