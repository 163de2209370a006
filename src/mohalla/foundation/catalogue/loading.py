"""From checked rows to the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings

from mohalla.foundation import text as texts
from mohalla.foundation.catalogue import checks, files
from mohalla.foundation.catalogue.entries import (
    Addressee,
    Category,
    Door,
    Grievance,
    Group,
    Holder,
    MatterKind,
    Menu,
    OutcomeKind,
    Right,
    Step,
    Texts,
    Way,
    in_language,
)
from mohalla.foundation.catalogue.errors import MissingValue, UnknownCategory, UnknownMessage
from mohalla.foundation.catalogue.searching import Index
from mohalla.foundation.catalogue.shapes import (
    AlarmRow,
    CategoryRow,
    NamedRow,
    OnRow,
    SeasonRow,
    StepRow,
    Three,
)

Key = Callable[[str], str]
_EMPTY: Texts = MappingProxyType({})
_GENERAL_OUTCOMES = (
    "solved",
    "referred",
    "reconciled",
    "not_established",
    "withdrawn",
    "duplicate",
)
LONG = 5  # letters of a key: from here on a held word is one with any ending


class Catalogue:
    """Everything a province may change without a programmer. Made by `load` or `get`."""

    def __init__(self, entries: files.Entries) -> None:
        self._entries = entries
        self._messages = _by_language(entries, "messages")
        self._names = {
            section: _named(entries, section) for section in ("stages", "promises", "states")
        }
        self._neutral_stages = _named(entries, "stages", neutral=True)
        self.groups: Mapping[str, Group] = {
            code: Group(code, _texts(e.row.names), e.row.icon, e.row.order)
            for code, e in sorted(entries["groups"].items(), key=lambda item: item[1].row.order)
        }
        self.outcomes: Mapping[str, OutcomeKind] = {
            code: OutcomeKind(
                code,
                _texts(e.row.names),
                _texts(e.row.plain),
                tuple(e.row.needs),
                e.row.right_of_reply_days,
                e.row.wait_hours,
                e.row.independent_call,
            )
            for code, e in entries["outcomes"].items()
        }
        self.doors: Mapping[str, Door] = {
            code: _door(entry) for code, entry in entries["doors"].items()
        }
        self.holders: Mapping[str, Holder] = {
            code: Holder(code, _texts(e.row.names)) for code, e in entries["holders"].items()
        }
        self.addressees: Mapping[str, Addressee] = {
            code: _addressee(e) for code, e in entries["addressees"].items()
        }
        self.grievances: Mapping[str, Grievance] = {
            code: Grievance(code, _texts(e.row.title), _texts(e.row.said), e.row.asks)
            for code, e in entries["grievances"].items()
        }
        self.enclosures = _by_language(entries, "enclosures")
        self.rights: tuple[Right, ...] = tuple(
            Right(code, e.row.kind, _texts(e.row.says), _texts(e.row.law) if e.row.law else _EMPTY)
            for code, e in entries["rights"].items()
        )
        self.matters: Mapping[str, MatterKind] = {
            code: MatterKind(code, _texts(e.row.names), tuple(e.row.stages), dict(e.row.clocks))
            for code, e in entries["matters"].items()
        }
        self._prompts = _by_language(entries, "prompts")
        self.menus: Mapping[str, Menu] = {
            code: Menu(e.row.asks, dict(e.row.keys)) for code, e in entries["menus"].items()
        }
        self.steps: Mapping[str, Step] = {
            code: _step(e, e.row) for code, e in entries["steps"].items()
        }
        self.words: Mapping[str, Step] = {
            code: Step(code, e.row.act, _ways(e.row.on)) for code, e in entries["words"].items()
        }
        self.alarm: AlarmRow = entries["alarm"]["climbs"].row
        self.child_steps: tuple[int, ...] = tuple(entries["child"]["climbs"].row.minutes)
        self.holidays = frozenset(e.row.on for e in entries["holidays"].values())
        self.seasons: tuple[SeasonRow, ...] = tuple(e.row for e in entries["seasons"].values())
        self.categories: Mapping[str, Category] = {
            code: _category(entries, e) for code, e in entries["categories"].items()
        }

    def category(self, code: str) -> Category:
        """The category of this code; raises UnknownCategory."""
        try:
            return self.categories[code]
        except KeyError:
            raise UnknownCategory(code) from None

    def listed(self, group: str | None = None) -> list[Category]:
        """The categories that a citizen may choose, in the order of the groups and files."""
        order = {code: place for place, code in enumerate(self.groups)}
        shown = [c for c in self.categories.values() if c.listed and group in (None, c.group)]
        return sorted(shown, key=lambda c: order[c.group])

    def clocks(self, code: str, *, danger: bool = False) -> Mapping[str, timedelta]:
        """The clocks of a category; danger makes some of them shorter, never longer."""
        usual = dict(self.category(code).clocks)
        if danger and "clocks" in self._entries["danger"]:
            for kind, time in self._danger_clocks.items():
                usual[kind] = min(time, usual.get(kind, time))
        return usual

    def stages(self, code: str) -> tuple[str, ...]:
        """The stages that a case of this category goes through, in order."""
        return self.matters[self.category(code).matter].stages

    def search(self, query: str, language: str | None = None, limit: int = 8) -> list[Category]:
        """The categories that these words most likely mean, best first; see `searching`."""
        return [self.categories[code] for code in self._index.find(query, language, limit)]

    def holds(self, text: str) -> bool:
        """Whether a word of `[held.*]` stands in the text, in any script, spelling and ending."""
        keyed = [(_keyed(text, key), phrases) for key, phrases in self._held]
        return any(phrase in said for said, phrases in keyed for phrase in phrases)

    def message(self, key: str, language: str, **values: object) -> str:
        """The SMS text of this key; raises UnknownMessage, MissingValue.

        An unknown language gets English; more values than needed are allowed.
        """
        if key not in self._messages:
            raise UnknownMessage(key)
        try:
            return in_language(self._messages[key], language).format(**values)
        except KeyError as missing:
            raise MissingValue(f"message '{key}' needs {missing.args[0]}") from None

    def prompt(self, key: str, language: str, **values: object) -> str:
        """What a door with keys says for this key; raises UnknownMessage, MissingValue."""
        if key not in self._prompts:
            raise UnknownMessage(key)
        try:
            return in_language(self._prompts[key], language).format(**values)
        except KeyError as missing:
            raise MissingValue(f"prompt '{key}' needs {missing.args[0]}") from None

    def prompt_texts(self, language: str) -> dict[str, str]:
        """All prompts in a language, their values still in braces."""
        return {key: in_language(texts, language) for key, texts in self._prompts.items()}

    @property
    def stage_codes(self) -> tuple[str, ...]:
        """All stages, in their order."""
        return tuple(self._names["stages"])

    @property
    def prompt_keys(self) -> tuple[str, ...]:
        """All prompt keys."""
        return tuple(self._prompts)

    @property
    def message_keys(self) -> tuple[str, ...]:
        """All message keys."""
        return tuple(self._messages)

    def stage_name(self, code: str, language: str, *, neutral: bool = False) -> str:
        """A stage in plain words; `neutral` as an SMS may say it. Unknown codes come back as is."""
        names = self._neutral_stages if neutral else self._names["stages"]
        return in_language(names[code], language) if code in names else code

    def promise_name(self, kind: str, language: str) -> str:
        """A kind of promise in plain words."""
        names = self._names["promises"]
        return in_language(names[kind], language) if kind in names else kind

    def state_name(self, state: str, language: str) -> str:
        """How a promise stands or ended, in plain words."""
        names = self._names["states"]
        return in_language(names[state], language) if state in names else state

    @cached_property
    def _index(self) -> Index:
        return Index(self.listed())

    @cached_property
    def _held(self) -> list[tuple[Key, frozenset[str]]]:
        said = [word for entry in self._entries["held"].values() for word in entry.row.words]
        keys: tuple[Key, ...] = (texts.roman_key, texts.fold)
        return [(key, frozenset(_beginning(_keyed(word, key)) for word in said)) for key in keys]

    @cached_property
    def _danger_clocks(self) -> Mapping[str, timedelta]:
        row = self._entries["danger"]["clocks"].row
        return {str(kind): time for kind, time in row.root.items()}


def load(folder: Path) -> Catalogue:
    """The catalogue in this folder; raises CatalogueError at the first thing that is wrong."""
    entries = files.read(folder)
    checks.check(entries)
    return Catalogue(entries)


@lru_cache(maxsize=1)
def get() -> Catalogue:
    """The catalogue of this installation (`settings.CATALOGUE_DIR`), read once a process."""
    return load(Path(settings.CATALOGUE_DIR))


def _keyed(said: str, key: Key) -> str:
    """The words by their keys, one space around each: a phrase is found inside a sentence."""
    return f" {' '.join(key(word) for word in texts.words(said))} "


def _beginning(keyed: str) -> str:
    """A long word is found with any ending (aurat, auraton; policewala); a short one only alone."""
    return keyed.rstrip() if len(keyed.strip()) >= LONG else keyed


def _texts(row: Three) -> Texts:
    return MappingProxyType(checks.languages_of(row))


def _by_language(entries: files.Entries, section: str) -> dict[str, Texts]:
    return {code: _texts(entry.row) for code, entry in entries[section].items()}


def _named(entries: files.Entries, section: str, *, neutral: bool = False) -> dict[str, Texts]:
    out: dict[str, Texts] = {}
    for code, entry in entries[section].items():
        row = entry.row
        assert isinstance(row, NamedRow)
        out[code] = _texts(row.neutral if neutral and row.neutral else row.names)
    return out


def _ways(rows: Mapping[str, OnRow]) -> Mapping[str, Way]:
    return MappingProxyType(
        {outcome: Way(on.says, on.then, on.otherwise, on.stays) for outcome, on in rows.items()}
    )


def _step(entry: files.Entry, row: StepRow) -> Step:
    return Step(
        code=entry.code,
        act=row.act,
        ways=_ways(row.on),
        takes=row.takes,
        choices=tuple(row.choices),
        named={
            choice: frozenset(texts.fold(word) for word in said)
            for choice, said in row.named.items()
        },
        forgotten=row.forgotten,
        asks=row.asks,
        unless=row.unless,
        after=row.after,
        passed=row.passed,
    )


def _door(entry: files.Entry) -> Door:
    row = entry.row
    law = _texts(row.law) if row.law else _EMPTY
    return Door(entry.code, _texts(row.names), _texts(row.how), law, row.phone)


def _addressee(entry: files.Entry) -> Addressee:
    row = entry.row
    return Addressee(
        code=entry.code,
        names=_texts(row.names),
        to=_texts(row.to),
        law=_texts(row.law),
        hand_in=_texts(row.hand_in),
        asks={
            "registration": _texts(row.registration),
            "neglect": _texts(row.neglect),
        },
    )


def _category(entries: files.Entries, entry: files.Entry) -> Category:
    row = entry.row
    assert isinstance(row, CategoryRow)
    notes = {
        section: _texts(entries[section][code].row) if code else _EMPTY
        for section, code in (("legal", row.legal), ("evidence", row.evidence))
    }
    clocks = {**entries["matters"][row.matter].row.clocks, **row.clocks}
    return Category(
        code=entry.code,
        group=row.group,
        names=_texts(row.names),
        plain=_texts(row.plain),
        icon=row.icon,
        sensitivity=row.sensitivity,
        matter=row.matter,
        desks=tuple(row.desks),
        exclusion=row.exclusion,
        about_police=row.about_police,
        mediation_allowed=row.mediation_allowed,
        woman_officer_offered=row.woman_officer_offered,
        danger=row.danger,
        climbs_hourly=row.climbs_hourly,
        search=row.search,
        commendation=row.commendation,
        public=row.sensitivity == "C1",
        listed=row.listed,
        legal_note=notes["legal"],
        rights=row.rights,
        evidence_guide=notes["evidence"],
        doors=tuple(row.doors),
        clocks=MappingProxyType(dict(sorted(clocks.items()))),
        outcomes=_outcomes(row),
        words=tuple(row.words),
        answer=row.answer,
    )


def _outcomes(row: CategoryRow) -> tuple[str, ...]:
    """What is not said follows from LOOP: no mediation, no `reconciled`; merging is for C1 only."""
    if row.outcomes is not None:
        return tuple(row.outcomes)
    left_out = set()
    if not row.mediation_allowed:
        left_out.add("reconciled")
    if row.sensitivity != "C1":
        left_out.add("duplicate")
    return tuple(o for o in (*_GENERAL_OUTCOMES, "unreachable") if o not in left_out)
