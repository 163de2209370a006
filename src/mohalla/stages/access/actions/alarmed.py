"""Danger by text, keys or a missed call: SOS, SAFE, the card and the journey."""

from __future__ import annotations

from dataclasses import replace

from mohalla.foundation.reports import queries as reports
from mohalla.foundation.text import coordinates
from mohalla.stages.access.actions import journey, trusted
from mohalla.stages.access.actions.card import answer_card, by_phone
from mohalla.stages.access.actions.heard import Came, Heard, case_of, latest
from mohalla.stages.access.actions.told import accepted, report
from mohalla.stages.access.rules.dialogue import TELL
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case
from mohalla.station.response import actions as response
from mohalla.station.response import queries as alarms

BY_PHONE = frozenset({"sms", "ussd", "voice", "missed", "timer"})


def sos(heard: Heard) -> Came:
    """raised: the alarm at the desk comes first. While one is open, a second cry is the same one."""
    case = alarmed_case(heard)
    if case is None:
        case = accepted(heard, danger=True)
    else:
        casework.say(case=case, text=heard.text, door=heard.door, at=heard.at, owes=False)
        casework.tell_danger(case=case, door=heard.door, at=heard.at)
    spot = coordinates(heard.text)
    if spot is not None:
        response.show_place(case=case, lat=spot[0], lon=spot[1], radius=0, at=heard.at)
    card = by_phone(heard.number)
    if card is not None:
        trusted.use_card(case=case, card=card, place=heard.meant.reason, at=heard.at)
    return Came(outcome="raised", case=case)


def safe(heard: Heard) -> Came:
    """noted, the same for both of her words; arrived where only a journey was open. One more word
    that meets no alarm is a report: somebody asks for something safe."""
    case, word = alarmed_case(heard), heard.meant.reason
    arrived = journey.arrive(phone=heard.number, at=heard.at)
    if case is None and word and not arrived:
        return replace(report(heard), of=TELL)
    if case is not None:
        trusted.say_safe(case=case, word=word, door=heard.door, at=heard.at)
    elif arrived:
        return Came(outcome="arrived")
    case = case or latest(heard)
    if case is None:
        return Came(outcome="unknown")
    first = heard.text.split(maxsplit=1)[0]  # her other word stands nowhere
    casework.say(case=case, text=first, door=heard.door, at=heard.at)
    return Came(outcome="noted", case=case)


def card(heard: Heard) -> Came:
    """yes, no, nobody: whether this phone asked for a card."""
    yes = heard.meant.act == "yes"
    if not answer_card(phone=heard.number, yes=yes, at=heard.at):
        return Came(outcome="nobody")
    return Came(outcome="yes" if yes else "no")


def journey_begin(heard: Heard) -> Came:
    """begun: the minutes came with the word."""
    row = journey.begin(
        phone=heard.number, minutes=int(heard.meant.argument), words=heard.meant.reason,
        language=heard.conversation.language, at=heard.at,
    )  # fmt: skip
    return Came(outcome="begun", due=row.due_at)


def journey_end(heard: Heard) -> Came:
    """yes ends it; no calls for help at once; nobody: it had ended already."""
    row = journey.open_of(heard.number)
    if row is None:
        return Came(outcome="nobody")
    if heard.meant.act == "yes":
        journey.arrive(phone=heard.number, at=heard.at)
        return Came(outcome="yes")
    return Came(outcome="no", case=journey.silent(row, at=heard.at))


def alarmed_case(heard: Heard) -> Case | None:
    """The case of this phone whose alarm it raised itself, and which is open.

    Not of an alarm that came by another door: whoever has the phone would learn of it.
    """
    known = [case_of(row) for row in reports.of_phone(heard.number)] if heard.number else []
    here = None if heard.number else latest(heard)  # withheld: what was told in this very call
    for case in [*known, *filter(None, [here])]:
        alarm = alarms.of_case(case)
        if alarm is not None and alarm.ended_at is None and alarm.door in BY_PHONE:
            return case
    return None
