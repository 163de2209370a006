"""The station's own books: FIR, roznamcha, refusal, the s. 173 letter, stages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from mohalla.foundation import catalogue, clock
from mohalla.foundation.catalogue.entries import in_language
from mohalla.foundation.clock.dates import full_date, full_day
from mohalla.station.casework import actions, names, queries, wordings
from mohalla.station.casework.forms import DiaryForm, FirForm, LetterForm, RefusalForm, StageForm
from mohalla.station.casework.models import Case, Record
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
        case=doing.case,
        officer=doing.viewer.officer,
        reason=said["reason"],
        law=said["law"],
        at=doing.at,
    )


def _letter(doing: Doing, said: Answers) -> object:
    if any(line.strip() in {"1.", "1۔", "۱."} for line in said["text"].splitlines()):
        raise actions.ReasonMissing  # the gap of a file that holds nothing new was left empty
    return actions.inform(
        case=doing.case, officer=doing.viewer.officer, text=said["text"], at=doing.at
    )


def _letter_begun(doing: Doing) -> dict[str, Any]:
    """Written from the file, so that it goes out with one press."""
    case, tongue = doing.case, doing.case.report.language
    fir = queries.fir_of(case)
    text = wordings.letter(
        tongue,
        number=fir.number if fir else "",
        date=full_day(fir.dated_on, tongue) if fir else "",
        done=[(full_date(at, tongue, time=False), what) for at, what in _since_last_word(case)],
    )
    return {"initial": {"text": text}}


def _since_last_word(case: Case) -> list[tuple[datetime, str]]:
    tongue = case.report.language
    told = case.records.filter(kind__in=[Record.Kind.FIR, Record.Kind.LETTER]).order_by("-at")
    last = told.first()
    since = last.at if last else case.opened_at
    spoke = in_language(wordings.SPOKE, tongue)
    done = [(row.at, spoke) for row in case.attempts.filter(reached=True, logged_at__gt=since)]
    book = catalogue.get()
    done += [
        (row.at, book.stage_name(row.to_stage, tongue))
        for row in case.moves.filter(at__gt=since).exclude(to_stage="contacted")
    ]
    return sorted(done)


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
