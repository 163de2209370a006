"""The station's own books: FIR, roznamcha, refusal, the s. 173 letter, stages."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from mohalla.foundation import clock
from mohalla.station.casework import actions, names, queries, wordings
from mohalla.station.casework.forms import DiaryForm, FirForm, LetterForm, RefusalForm, StageForm
from mohalla.station.casework.models import Record
from mohalla.station.casework.rules import stages
from mohalla.station.casework.views.verbs import Answers, Doing, Verb, resource
from mohalla.station.casework.views.viewer import language


def _today(doing: Doing) -> dict[str, Any]:
    return {"initial": {"dated_on": timezone.localdate(doing.at, clock.PKT)}}


def _fir(doing: Doing, said: Answers) -> object:
    return actions.record_fir(
        case=doing.case, officer=doing.viewer.officer, at=doing.at,
        number=said["number"], dated_on=said["dated_on"], sections=said["sections"],
    )  # fmt: skip


def _diary(doing: Doing, said: Answers) -> object:
    return actions.record_diary(
        case=doing.case, officer=doing.viewer.officer, at=doing.at,
        number=said["number"], dated_on=said["dated_on"],
    )  # fmt: skip


def _refuse(doing: Doing, said: Answers) -> object:
    return actions.refuse_fir(
        case=doing.case, officer=doing.viewer.officer, reason=said["reason"], at=doing.at
    )


def _letter(doing: Doing, said: Answers) -> object:
    return actions.inform(
        case=doing.case, officer=doing.viewer.officer, text=said["text"], at=doing.at
    )


def _letter_begun(doing: Doing) -> dict[str, Any]:
    fir = doing.case.records.filter(kind=Record.Kind.FIR).order_by("-at").first()
    text = wordings.letter(
        doing.case.report.language,
        number=fir.number if fir else "",
        date=fir.dated_on.isoformat() if fir else "",
    )
    return {"initial": {"text": text}}


def _move(doing: Doing, said: Answers) -> object:
    return actions.advance(
        case=doing.case, officer=doing.viewer.officer, to=said["to"], why=said["why"], at=doing.at
    )


def _stages(doing: Doing) -> dict[str, Any]:
    category = queries.category_of(doing.case)
    track = stages.track(category.matter if category else None)
    return {
        "stages": [
            (code, names.stage(code, language())) for code in track if code in stages.BY_HAND
        ]
    }


record = resource(
    Verb(
        title=gettext_lazy("Record the FIR"), icon="document", form=FirForm, fill=_today, act=_fir,
        hint=gettext_lazy("At once, without enquiry first (s. 154). The informant's copy is free."),
        done=gettext_lazy("The FIR stands in the file; the informant gets the copy."),
    )
)  # fmt: skip
diary = resource(
    Verb(
        title=gettext_lazy("Enter in the roznamcha"), icon="pen", form=DiaryForm, fill=_today, act=_diary,
        hint=gettext_lazy("For a non-cognizable matter (s. 155)."),
        done=gettext_lazy("The entry stands in the file."),
    )
)  # fmt: skip
refusal = resource(
    Verb(
        title=gettext_lazy("Refuse the FIR in writing"), icon="cross", form=RefusalForm, act=_refuse,
        hint=gettext_lazy("The promise is broken by this, and the next level owes an answer in 72 hours."),
        done=gettext_lazy("The refusal is written, and the clock of the next level runs."), grave=True,
    )
)  # fmt: skip
letter = resource(
    Verb(
        title=gettext_lazy("Letter to the informant (s. 173)"), icon="sms", form=LetterForm, act=_letter,
        fill=_letter_begun, done=gettext_lazy("The letter is sent; the next one is owed in 14 days."),
    )
)  # fmt: skip
stage = resource(
    Verb(
        title=gettext_lazy("Move the stage"), icon="arrow-next", form=StageForm, fill=_stages, act=_move,
        done=gettext_lazy("The stage is moved, visibly for the reporter."),
    )
)  # fmt: skip
