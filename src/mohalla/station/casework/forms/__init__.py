"""The shape of every act at the desk. Nothing here saves."""

from mohalla.station.casework.forms.asking import AnswerForm, AskClassForm, AskForm, AskRouteForm
from mohalla.station.casework.forms.ending import ObjectionForm, OutcomeForm, WithdrawalForm
from mohalla.station.casework.forms.evidence import (
    AddForm,
    BundleForm,
    CheckForm,
    DeviceForm,
    HandForm,
    ReturnForm,
)
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
    FieldNoteForm,
    FirForm,
    LetterForm,
    NoteForm,
    PurposeForm,
    RefusalForm,
    SealedSearchForm,
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
    "AddForm",
    "AnswerForm",
    "AskClassForm",
    "AskForm",
    "AskRouteForm",
    "BundleForm",
    "CallBackForm",
    "CheckForm",
    "ClassifyForm",
    "ContactForm",
    "DecisionForm",
    "DeviceForm",
    "DiaryForm",
    "FieldNoteForm",
    "FirForm",
    "FollowUpForm",
    "HandForm",
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
    "ReturnForm",
    "RouteForm",
    "SealedSearchForm",
    "ShiftForm",
    "StageForm",
    "WithdrawalForm",
    "moment",
]
