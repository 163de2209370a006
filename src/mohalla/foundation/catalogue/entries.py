"""The nouns of the catalogue: frozen, checked at loading, the same object for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

Sensitivity = Literal["C1", "C2", "C3"]
Matter = Literal["cognizable", "non_cognizable", "cyber", "service"]
Exclusion = Literal["grave", "service", "none"]
SenderAnswer = Literal["", "street", "thing"]
Takes = Literal["words", "yes_no", "choice"]
Texts = Mapping[str, str]
"""Texts by language: `en`, `ur`, `ps`, where a text goes out by SMS also `ur-Latn`."""


def in_language(texts: Texts, language: str) -> str:
    """The text in this language; Roman Urdu falls back to Urdu, anything else to English."""
    if language in texts:
        return texts[language]
    return texts["ur"] if language.startswith("ur") else texts["en"]


@dataclass(frozen=True, slots=True)
class Group:
    """A shelf of categories on the report form."""

    code: str
    names: Texts
    icon: str
    order: int


@dataclass(frozen=True, slots=True)
class Category:
    """What a report is about, and everything that follows from it.

    `desks`: kinds of unit, the first that exists and is not excluded receives, the rest is the
    ladder. `clocks`: promise kind -> time from the report (zero: at once). `outcomes`: the codes
    an officer may propose. `legal_note` and `evidence_guide` are empty where there is nothing
    to say. `listed` is False for the row of what has no category yet. `answer`: which answer of
    the sender, asked by text, may lead here by itself ("street", "thing"); empty: none.
    """

    code: str
    group: str
    names: Texts
    plain: Texts
    icon: str
    sensitivity: Sensitivity
    matter: Matter
    desks: tuple[str, ...]
    exclusion: Exclusion
    about_police: bool
    mediation_allowed: bool
    woman_officer_offered: bool
    danger: bool
    climbs_hourly: bool
    search: bool  # somebody is looked for at once: a child
    commendation: bool
    public: bool
    listed: bool
    legal_note: Texts
    rights: bool  # whether the rights of recording are told with it
    evidence_guide: Texts
    doors: tuple[str, ...]
    clocks: Mapping[str, timedelta]
    outcomes: tuple[str, ...]
    words: tuple[str, ...]
    answer: SenderAnswer

    def name(self, language: str) -> str:
        """Its name as a citizen reads it."""
        return in_language(self.names, language)

    @property
    def searchable(self) -> bool:
        """Whether the text of such reports may stand in a search index (C1 only)."""
        return self.sensitivity == "C1"


@dataclass(frozen=True, slots=True)
class OutcomeKind:
    """How a case may end, and what a proposal of that end must carry.

    `needs` are names of fields: `what_was_done`, `proof` (an artefact with its time), `reason`,
    `second_signature`, `body`, `reference`, `answer_on`, `terms`, `original`, `tries`.
    """

    code: str
    names: Texts
    plain: Texts
    needs: tuple[str, ...]
    right_of_reply_days: int
    wait_hours: int
    independent_call: bool

    def name(self, language: str) -> str:
        """Its name as a citizen reads it."""
        return in_language(self.names, language)


@dataclass(frozen=True, slots=True)
class Door:
    """A lawful door outside the force: where else somebody may go, and how."""

    code: str
    names: Texts
    how: Texts
    law: Texts  # empty where there is none
    phone: str

    def name(self, language: str) -> str:
        """Its name as a citizen reads it."""
        return in_language(self.names, language)


@dataclass(frozen=True, slots=True)
class Holder:
    """A body that evidence is handed to: a court, a laboratory, a prosecutor."""

    code: str
    names: Texts

    def name(self, language: str) -> str:
        """Its name as the desk and the reporter read it."""
        return in_language(self.names, language)


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a petition goes: how it begins, the law it stands on, what it asks, where to hand it
    in. `asks` by what the grievance wants: `registration` or `neglect`."""

    code: str
    names: Texts
    to: Texts
    law: Texts
    hand_in: Texts
    asks: Mapping[str, Texts]

    def name(self, language: str) -> str:
        """Its name as a citizen reads it."""
        return in_language(self.names, language)


@dataclass(frozen=True, slots=True)
class Grievance:
    """Why somebody petitions. `said` holds {filed}, {since}, {desk}; `asks`: see `Addressee`."""

    code: str
    title: Texts
    said: Texts
    asks: str


@dataclass(frozen=True, slots=True)
class Right:
    """One sentence on recording police at work. `kind`: `may`, `limit`, or `then` (when stopped)."""

    code: str
    kind: str
    says: Texts
    law: Texts  # empty where it is advice


@dataclass(frozen=True, slots=True)
class MatterKind:
    """The stages that a kind of matter goes through, in order, and its usual clocks."""

    code: str
    names: Texts
    stages: tuple[str, ...]
    clocks: Mapping[str, timedelta]


@dataclass(frozen=True, slots=True)
class Way:
    """How the dialogue goes on after an outcome: what is said, which question is open then.

    `otherwise`: said where that question is passed over and nothing follows; `stays`: the question
    that was open still is.
    """

    says: str = ""
    then: str = ""
    otherwise: str = ""
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A question of the dialogue, or a word that asks for something (`takes` is empty).

    `choices`: what the numbers 1, 2 … mean; `named`: words that choose as well; `unless`: a guard
    that passes it over to `after`; `passed`: said where nothing follows then.
    """

    code: str
    act: str
    ways: Mapping[str, Way]
    takes: Takes | Literal[""] = ""
    choices: tuple[str, ...] = ()
    named: Mapping[str, frozenset[str]] = field(default_factory=dict)
    forgotten: bool = False
    asks: str = ""
    unless: str = ""
    after: str = ""
    passed: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """What the keys of a door do: code of a step, of a word, or "question" (the one that waits)."""

    asks: str
    keys: Mapping[str, str]
