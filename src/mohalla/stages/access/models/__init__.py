from mohalla.stages.access.models.call import Call
from mohalla.stages.access.models.claim import ReceiptClaim
from mohalla.stages.access.models.conversation import Conversation
from mohalla.stages.access.models.journey import Journey
from mohalla.stages.access.models.rehearsal import Rehearsal
from mohalla.stages.access.models.safety_card import CardCall, SafetyCard, TrustedContact

__all__ = [
    "Call",
    "CardCall",
    "Conversation",
    "Journey",
    "ReceiptClaim",
    "Rehearsal",
    "SafetyCard",
    "TrustedContact",
]
