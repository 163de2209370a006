"""Towards the end: proposal with proof, second signature, withdrawal, end over objection."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from mohalla.foundation import catalogue
from mohalla.foundation.reports import actions as reports
from mohalla.station.casework import actions, queries
from mohalla.station.casework.forms import (
    CallBackForm,
    FollowUpForm,
    ObjectionForm,
    OutcomeForm,
    WithdrawalForm,
)
from mohalla.station.casework.views.refusals import NotForThisDesk
from mohalla.station.casework.views.verbs import Answers, Doing, Verb, press, resource
from mohalla.station.casework.views.viewer import language


def _kinds(doing: Doing) -> dict[str, Any]:
    category = queries.category_of(doing.case)
    book = catalogue.get().outcomes
    allowed = category.outcomes if category and category.outcomes else tuple(book)
    kinds = [(code, book[code].name(language())) for code in allowed]
    return {"kinds": kinds, "initial": {"taken_at": doing.at}}


def _artefacts(doing: Doing, said: Answers) -> list[actions.Artefact]:
    kept = said["photo_kept"]
    if said["photo"]:
        kept = reports.keep_attachment(
            upload=said["photo"], at=doing.at, door="desk", by=doing.viewer.by,
            told_at=said["taken_at"],
        ).pk  # fmt: skip
        doing.form.keep(kept)
    number = said["number"].strip()
    if not kept and not number:
        return []
    if said["taken_at"] is None:
        raise actions.OutcomeRefused("time")
    kind = said["proof"] or ("photograph" if kept else "document")
    return [actions.Artefact(kind=kind, number=number, attachment=kept, taken_at=said["taken_at"])]


def _propose(doing: Doing, said: Answers) -> object:
    return actions.propose_outcome(
        case=doing.case, officer=doing.viewer.officer, kind=said["kind"],
        what_done=said["what_done"], reason=said["reason"],
        referral=actions.Referral(
            body=said["referred_to"], number=said["referred_number"], answer_on=said["answer_on"]
        ),
        artefacts=_artefacts(doing, said), at=doing.at,
    )  # fmt: skip


def _second(doing: Doing, said: Answers) -> object:
    waiting = queries.open_outcome(doing.case)
    if waiting is None or waiting.asked_at is not None:
        raise actions.NothingProposed(doing.case.reference)
    return actions.second_outcome(outcome=waiting, officer=doing.viewer.officer, at=doing.at)


def _settle(doing: Doing, said: Answers) -> object:
    return actions.settle_withdrawal(
        case=doing.case, officer=doing.viewer.officer, desks=doing.viewer.units,
        free_will=said["free_will"] == "yes", at=doing.at,
    )  # fmt: skip


def _called(doing: Doing, said: Answers) -> object:
    return actions.log_call_back(
        case=doing.case, officer=doing.viewer.officer, desks=doing.viewer.units,
        reached=said["reached"] == "yes", agrees=said["agrees"] == "yes", at=doing.at,
        verdict=said["verdict"],
    )  # fmt: skip


def _asked_again(doing: Doing, said: Answers) -> object:
    return actions.answer_follow_up(
        case=doing.case, officer=doing.viewer.officer, units=doing.viewer.units,
        holds=said["holds"] == "yes", at=doing.at,
    )  # fmt: skip


def _end(doing: Doing, said: Answers) -> object:
    if doing.case.unit_id not in doing.viewer.units:
        raise NotForThisDesk
    return actions.end_over_objection(
        case=doing.case, officer=doing.viewer.officer, reason=said["reason"], at=doing.at
    )


outcome = resource(
    Verb(
        title=gettext_lazy("Propose the outcome"), icon="check", form=OutcomeForm, fill=_kinds,
        act=_propose, done=gettext_lazy("Proposed. The reporter decides."),
        hint=gettext_lazy("Only the reporter's yes closes it as solved."),
    )
)  # fmt: skip
second = press(
    Verb(
        title=gettext_lazy("Second signature"), icon="pen", act=_second,
        done=gettext_lazy("Signed. Now the reporter is asked."),
    )
)  # fmt: skip
withdrawal = resource(
    Verb(
        title=gettext_lazy("After the private call"), icon="phone", form=WithdrawalForm, act=_settle,
        done=gettext_lazy("Written down. The record of the filing stays."),
    )
)  # fmt: skip
callback = resource(
    Verb(
        title=gettext_lazy("Call back for another desk"), icon="phone", form=CallBackForm,
        act=_called, done=gettext_lazy("The call stands in the file."), closed_too=True,
        safety=True,
        hint=gettext_lazy(
            "Speak alone. Before a word about the matter ask what only the reporter can know: who holds the phone may be somebody else."
        ),
    )
)  # fmt: skip
again = resource(
    Verb(
        title=gettext_lazy("Ask again, alone"), icon="phone", form=FollowUpForm,
        act=_asked_again, done=gettext_lazy("Written down as the person said."), closed_too=True,
    )
)  # fmt: skip
objection = resource(
    Verb(
        title=gettext_lazy("End over the objection"), icon="cross", form=ObjectionForm, act=_end,
        done=gettext_lazy("Ended over the objection, and counted as that."), grave=True,
    )
)  # fmt: skip
