from mohalla.stages.access.models.call import Call
from mohalla.stages.access.models.claim import ReceiptClaim
from mohalla.stages.access.models.conversation import Conversation

__all__ = ["Call", "Conversation", "ReceiptClaim"]
