"""The shape of every table in the data files (pydantic says what is wrong)."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel, model_validator

from mohalla.foundation.catalogue.entries import Exclusion, Matter, SenderAnswer, Sensitivity, Takes

_DURATION = re.compile(r"(\d+)(m|h|d)\Z")


def duration(value: object) -> timedelta:
    """`"30m"`, `"8h"`, `"14d"` or `"0"`; raises ValueError for anything else."""
    if value == "0":
        return timedelta(0)
    found = _DURATION.match(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError('write a time like "30m", "8h", "14d" or "0"')
    unit = {"m": "minutes", "h": "hours", "d": "days"}[found[2]]
    return timedelta(**{unit: int(found[1])})


Duration = Annotated[timedelta, BeforeValidator(duration)]
Filled = Annotated[str, Field(min_length=1)]
PromiseKind = Literal[
    "acknowledge", "contact", "answer", "record", "diary", "inform", "outcome", "follow_up",
    "verification", "enquiry", "action", "decision", "place",
]  # fmt: skip
UnitKind = Literal[
    "station", "womens_desk", "cyber_desk", "triage_desk", "sdpo", "sp_investigation", "dpo", "rpo",
    "independent",
]  # fmt: skip
Need = Literal[
    "what_was_done", "proof", "reason", "second_signature", "body", "reference", "answer_on",
    "terms", "original", "tries",
]  # fmt: skip
Clocks = dict[PromiseKind, Duration]


class Row(BaseModel):
    """No unknown keys: a misspelt one must not be lost in silence."""

    model_config = ConfigDict(extra="forbid")


class Three(Row):
    """One text in the three languages of a page."""

    en: Filled
    ur: Filled
    ps: Filled


class Four(Three):
    """One text in the four languages of an SMS."""

    ur_Latn: Filled = Field(alias="ur-Latn")


class GroupRow(Row):
    """`[groups.CODE]`"""

    names: Three
    icon: Filled
    order: int


class CategoryRow(Row):
    """`[categories.CODE]`"""

    group: str
    names: Three
    plain: Three
    icon: Filled
    sensitivity: Sensitivity
    matter: Matter
    desks: list[UnitKind] = Field(min_length=1)
    exclusion: Exclusion = "none"
    about_police: bool = False
    mediation_allowed: bool = False
    woman_officer_offered: bool = False
    danger: bool = False
    climbs_hourly: bool = False
    search: bool = False
    commendation: bool = False
    listed: bool = True
    legal: str | None = None
    rights: bool = False
    evidence: str | None = None
    doors: list[str] = []
    clocks: Clocks = {}
    outcomes: list[str] | None = None
    words: list[Filled] = []
    answer: SenderAnswer = ""


class OutcomeRow(Row):
    """`[outcomes.CODE]`"""

    names: Three
    plain: Three
    needs: list[Need] = []
    right_of_reply_days: int = 0
    wait_hours: int = 0
    independent_call: bool = False


class DoorRow(Row):
    """`[doors.CODE]`"""

    names: Three
    how: Three
    law: Three | None = None
    phone: str = ""
    source: Filled


class HolderRow(Row):
    """`[holders.CODE]`: a body outside the desks that evidence is handed to."""

    names: Three
    source: Filled


class AddresseeRow(Row):
    """`[addressees.CODE]`: to whom a petition goes, and what it asks for there."""

    names: Three
    to: Three
    law: Three
    hand_in: Three
    registration: Three
    neglect: Three


class GrievanceRow(Row):
    """`[grievances.CODE]`: why somebody petitions. `said` may hold {filed}, {since}, {desk}."""

    title: Three
    said: Three
    asks: Literal["registration", "neglect"]


class RightRow(Row):
    """`[rights.CODE]`: what may be done (`may`), where it ends (`limit`), what to do (`then`)."""

    kind: Literal["may", "limit", "then"]
    says: Three
    law: Three | None = None
    source: Filled


class MatterRow(Row):
    """`[matters.CODE]`"""

    names: Three
    stages: list[str] = Field(min_length=2)
    clocks: Clocks


class NamedRow(Row):
    """`[stages.CODE]`, `[promises.CODE]`, `[states.CODE]`; `neutral` is what an SMS may say."""

    names: Four
    neutral: Four | None = None


class PlaceholderRow(Row):
    """`[placeholders.NAME]`: the longest realistic value, by language or one for all."""

    sample: str | Four


class NeutralRow(Row):
    """`[neutral.LANGUAGE]`: what no message may contain."""

    words: list[Filled]


class HeldRow(Row):
    """`[held.NAME]`: with such a word in it, only a trained person classifies what was said."""

    words: list[Filled]


class DangerRow(RootModel[Clocks]):
    """`[danger.clocks]`: clocks that danger makes shorter."""


class HolidayRow(Row):
    """A day on which offices rest; Eids are added when they are announced."""

    on: date
    name: str


class SeasonRow(Row):
    """`[seasons.CODE]`: days on which offices close earlier, as announced (Ramazan)."""

    from_on: date
    until_on: date
    closes: time
    friday_closes: time

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until_on < self.from_on:
            raise ValueError("until_on lies before from_on")
        return self


class OnRow(Row):
    """`on.OUTCOME = { … }` of a step or a word of the dialogue."""

    says: str = ""
    then: str = ""
    otherwise: str = ""
    stays: bool = False


class StepRow(Row):
    """`[steps.CODE]`: a question of the dialogue, see dialogue.toml."""

    takes: Takes
    choices: list[Filled] = []
    named: dict[str, list[Filled]] = {}
    forgotten: bool = False
    asks: str = ""
    act: Filled
    unless: str = ""
    after: str = ""
    passed: str = ""
    on: dict[str, OnRow]


class WordRow(Row):
    """`[words.CODE]`: a word of the contract."""

    act: Filled
    on: dict[str, OnRow]


class MenuRow(Row):
    """`[menus.CODE]`: what the keys of a door do; a step, a word, or "question"."""

    asks: Filled
    keys: dict[str, Filled]


class AlarmRow(Row):
    """`[alarm.climbs]`: minutes until one desk more hears of a danger."""

    unseen: Annotated[int, Field(ge=1, le=60)]
    not_going: Annotated[int, Field(ge=1, le=120)]
    not_there: Annotated[int, Field(ge=1, le=600)]


class ChildRow(Row):
    """`[child.climbs]`: minutes, growing, at which one desk more hears of a missing child."""

    minutes: Annotated[list[Annotated[int, Field(ge=1, le=119)]], Field(min_length=1, max_length=6)]

    @model_validator(mode="after")
    def _grow(self) -> Self:
        if sorted(set(self.minutes)) != self.minutes:
            raise ValueError("minutes must grow")
        return self


SECTIONS: dict[str, type[BaseModel]] = {
    "child": ChildRow,
    "alarm": AlarmRow,
    "groups": GroupRow,
    "categories": CategoryRow,
    "outcomes": OutcomeRow,
    "doors": DoorRow,
    "holders": HolderRow,
    "addressees": AddresseeRow,
    "grievances": GrievanceRow,
    "enclosures": Three,
    "rights": RightRow,
    "matters": MatterRow,
    "legal": Three,
    "evidence": Three,
    "messages": Four,
    "prompts": Four,
    "menus": MenuRow,
    "steps": StepRow,
    "words": WordRow,
    "stages": NamedRow,
    "promises": NamedRow,
    "states": NamedRow,
    "placeholders": PlaceholderRow,
    "neutral": NeutralRow,
    "held": HeldRow,
    "danger": DangerRow,
    "holidays": HolidayRow,
    "seasons": SeasonRow,
}
