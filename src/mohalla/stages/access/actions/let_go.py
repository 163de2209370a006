"""What the front desk holds of a report whose words were destroyed goes too."""

from __future__ import annotations

from mohalla.channels.push import actions as push
from mohalla.channels.sms import actions as sms
from mohalla.foundation import seal
from mohalla.stages.access.models import Conversation, ReceiptClaim
from mohalla.station.casework.events import WordsDestroyed
from mohalla.station.casework.models import Case


def words_destroyed(event: WordsDestroyed) -> None:
    """Texts to her number, what was told to get a new receipt, and the thread with her phone."""
    case = Case.objects.get(pk=event.case)
    sms.forget_subject(subject=case.reference, at=event.at)
    push.forget_subject(subject=case.reference, at=event.at)
    nothing = seal.seal("")
    ReceiptClaim.objects.filter(report=case.pk).update(told=nothing, contact=nothing, reason="")
    Conversation.objects.filter(report=case.pk).update(report=None, awaiting="")
