"""The shape of every act at the desk. Nothing here saves."""

from mohalla.station.casework.forms.ending import ObjectionForm, OutcomeForm, WithdrawalForm
from mohalla.station.casework.forms.moving import (
    ClassifyForm,
    DecisionForm,
    HandoverForm,
    LinkForm,
    OtherCaseForm,
    RouteForm,
    ShiftForm,
)
from mohalla.station.casework.forms.records import (
    DiaryForm,
    FirForm,
    LetterForm,
    NoteForm,
    PurposeForm,
    RefusalForm,
    StageForm,
)
from mohalla.station.casework.forms.shape import CODE, LINE, Act, Nothing, moment
from mohalla.station.casework.forms.speaking import (
    CallBackForm,
    ContactForm,
    FollowUpForm,
    MessageForm,
)

__all__ = [
    "CODE",
    "LINE",
    "Act",
    "CallBackForm",
    "ClassifyForm",
    "ContactForm",
    "DecisionForm",
    "DiaryForm",
    "FirForm",
    "FollowUpForm",
    "HandoverForm",
    "LetterForm",
    "LinkForm",
    "MessageForm",
    "NoteForm",
    "Nothing",
    "ObjectionForm",
    "OtherCaseForm",
    "OutcomeForm",
    "PurposeForm",
    "RefusalForm",
    "RouteForm",
    "ShiftForm",
    "StageForm",
    "WithdrawalForm",
    "moment",
]
