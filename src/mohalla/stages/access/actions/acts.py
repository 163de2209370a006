"""What answers and words of the dialogue do: the acts that `dialogue.toml` names.

Each says how it came out; what is said then, and what is asked next, stands in the data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hmac import compare_digest

from mohalla.foundation import identifiers
from mohalla.stages.access.actions import alarmed, area, intake, missing_child, obey, said
from mohalla.stages.access.actions.heard import Came, Heard, current, latest
from mohalla.stages.access.actions.told import report
from mohalla.stages.access.rules.dialogue import TELL
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case

DAY = timedelta(days=1)
MOST_WRONG = 5  # of ten thousand
_GONE = (casework.NothingProposed, casework.NothingAsked, casework.FollowUpRefused)


def _of_case(act: Callable[[Heard, Case], Came]) -> Callable[[Heard], Came]:
    """An answer about no report is a report itself."""

    def done(heard: Heard) -> Came:
        case = current(heard)
        return replace(report(heard), of=TELL) if case is None else act(heard, case)

    return done


def place(heard: Heard, case: Case) -> Came:
    """found, unknown, spoken (a person must hear it). The words are kept whatever they are: beside
    the place they may say more."""
    found = said.place_in(heard.text, at=heard.at)
    _kept(heard, case, owes=found is None)
    if found is None:
        return Came(outcome="spoken" if heard.files else "unknown", case=case)
    said.put_place(case=case, place=found, at=heard.at)
    return Came(outcome="found", case=case)


def matter(heard: Heard, case: Case) -> Came:
    """done."""
    intake.answered_matter(case, choice=heard.meant.argument, door=heard.door, at=heard.at)
    return Came(outcome="done", case=case)


def hours(heard: Heard, case: Case) -> Came:
    """done."""
    intake.answered_hours(
        case, number=heard.number, choice=heard.meant.argument, door=heard.door, at=heard.at
    )
    return Came(outcome="done", case=case)


def add(heard: Heard, case: Case) -> Came:
    """done."""
    _kept(heard, case)
    return Came(outcome="done", case=case)


def why(heard: Heard, case: Case) -> Came:
    """done: what an unsettled end lacks. A decision is owed already, no answer beside it."""
    _kept(heard, case, owes=False)
    return Came(outcome="done", case=case)


def _kept(heard: Heard, case: Case, *, owes: bool = True) -> None:
    casework.say(
        case=case, text=heard.text, door=heard.door, at=heard.at, owes=owes, files=heard.files
    )


def _decision(act: Callable[[Heard, Case, bool], Came]) -> Callable[[Heard], Came]:
    """A yes or no: nobody (no report), noted or sealed (about a withdrawal), or what the act says."""

    def done(heard: Heard) -> Came:
        yes = heard.meant.act == "yes"
        denied = None if yes else _did_not_ask(heard)
        if denied is not None:
            return denied
        case = current(heard)
        return Came(outcome="nobody") if case is None else act(heard, case, yes)

    return done


def _did_not_ask(heard: Heard) -> Came | None:
    """NO to the notice of a withdrawal: kept as words for whoever makes the independent call.

    It undoes nothing by itself, so that who has the phone cannot undo her own wish either.
    """
    case = said.named_case(heard.meant.argument, heard.number) if heard.meant.argument else None
    if case is None or case.withdrawal_asked_at is None:
        return None
    casework.say(case=case, text=heard.text, door=heard.door, at=heard.at)
    return Came(outcome="noted" if case.sensitivity == "C1" else "sealed", case=case)


def danger(heard: Heard, case: Case, yes: bool) -> Came:
    """yes rings the duty alarm; no."""
    if yes:
        casework.tell_danger(case=case, door=heard.door, at=heard.at)
    else:
        casework.note_answer(case=case, what="answer no danger", door=heard.door, at=heard.at)
    return Came(outcome="yes" if yes else "no", case=case)


def _signed(act: Callable[[Heard, Case, bool], None]) -> Callable[[Heard, Case, bool], Came]:
    """yes, no; locked where it needs the receipt; plain or sealed (the status) where nothing waits."""

    def done(heard: Heard, case: Case, yes: bool) -> Came:
        digits, confidential = heard.meant.digits, case.sensitivity != "C1" and not heard.signed
        if confidential and not signs(case, digits, door=heard.door, at=heard.at):
            return Came(outcome="locked", case=case)
        try:
            act(heard, case, yes)
        except _GONE:
            return Came(outcome=said.openness(case), case=case)
        return Came(outcome="yes" if yes else "no", case=case)

    return done


def contact(heard: Heard, case: Case, yes: bool) -> None:
    casework.answer_contact(case=case, spoke=yes, door=heard.door, at=heard.at)


def verdict(heard: Heard, case: Case, yes: bool) -> None:
    decide = casework.confirm if yes else casework.dispute
    decide(case=case, door=heard.door, at=heard.at, reason=heard.meant.reason)


def reconciled(heard: Heard, case: Case, yes: bool) -> None:
    """Asked alone whether the settlement holds."""
    casework.hear_follow_up(case=case, holds=yes, by="reporter", door=heard.door, at=heard.at)
    if heard.meant.reason:
        casework.say(case=case, text=heard.meant.reason, door=heard.door, at=heard.at)


def signs(case: Case, digits: str, *, door: str, at: datetime) -> bool:
    """Whether these are the last digits of the receipt.

    Whoever holds another's phone cannot go on guessing: after some wrong ones no signature by text
    counts for a day; the receipt still opens the page.
    """
    if not digits or casework.wrong_signatures(case=case, since=at - DAY) >= MOST_WRONG:
        return False
    receipt = identifiers.receipt_for(case.report.pk, case.report.receipt_version)
    if compare_digest(receipt[-len(digits) :], digits):
        return True
    casework.note_answer(case=case, what=casework.WRONG_SIGNATURE, door=door, at=at)
    return False


def person(heard: Heard) -> Came:
    """owed; without a report the wish itself is one."""
    case = latest(heard)
    if case is None:
        return replace(report(replace(heard, repeats=None)), of=TELL)
    casework.say(case=case, text=heard.text, door=heard.door, at=heard.at)
    if case.sensitivity != "C1":  # the phone opens nothing: somebody independent calls
        casework.owe_private_call(case=case, at=heard.at)
    return Came(outcome="owed", case=case)


def _or_report(act: Callable[[Heard], Came | None]) -> Callable[[Heard], Came]:
    """A word whose followers make no sense began a report."""

    def done(heard: Heard) -> Came:
        return act(heard) or replace(report(heard), of=TELL)

    return done


ACTS: dict[str, Callable[[Heard], Came]] = {
    "report": report, "person": person, "sos": alarmed.sos, "safe": alarmed.safe,
    "place": _of_case(place), "matter": _of_case(matter), "hours": _of_case(hours),
    "add": _of_case(add), "why": _of_case(why),
    "danger": _decision(danger), "contact": _decision(_signed(contact)),
    "verdict": _decision(_signed(verdict)), "reconciled": _decision(_signed(reconciled)),
    "status": obey.status, "receipt": obey.receipt, "stop": obey.stop,
    "child_begin": missing_child.begin, "child": missing_child.who,
    "child_place": missing_child.where, "card": alarmed.card, "journey_begin": alarmed.journey_begin,
    "journey_end": alarmed.journey_end, "start": obey.start, "language": obey.language, "help": obey.help,
    "alert": _or_report(area.alert), "invited": area.invited,
}  # fmt: skip
