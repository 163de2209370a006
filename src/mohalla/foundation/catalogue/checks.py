"""What the shape of a row cannot say: languages, lengths, neutrality, references between tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import Formatter

from pydantic import BaseModel

from mohalla.foundation import text as texts
from mohalla.foundation.catalogue.files import Entries, Entry
from mohalla.foundation.catalogue.shapes import (
    CategoryRow,
    Four,
    MenuRow,
    NamedRow,
    PlaceholderRow,
    StepRow,
    Three,
)

LANGUAGES = ("en", "ur", "ps", "ur-Latn")
MOST_SCREEN = 160  # of the 182 of USSD: a way back fits as well
MOST_CHOICES = 9  # keys of a telephone; 0 goes back
MOST_UNITS = {"GSM-7": 306, "UCS-2": 134}  # two parts

_FIELD = {"en": "en", "ur": "ur", "ps": "ps", "ur-Latn": "ur_Latn"}
_PLACEHOLDER = re.compile(r"\{\w*\}")
_LATIN_NAMES = re.compile(r"[A-Z0-9][A-Za-z0-9.\-/&]*")
_PASHTO_ONLY = frozenset("ټډړږښګڼېۍځڅ")
_URDU_ONLY = frozenset("ٹڈڑےںۓ")


def languages_of(row: Three) -> dict[str, str]:
    """A row's texts by language code."""
    return {code: getattr(row, name) for code, name in _FIELD.items() if hasattr(row, name)}


def check(entries: Entries) -> None:
    """Raises CatalogueError at the first thing that is wrong."""
    for section in entries.values():
        for entry in section.values():
            for path, row in _texts_in(entry.row):
                _check_scripts(entry, path, row)
    for entry in entries["categories"].values():
        _check_category(entries, entry)
    for entry in entries["matters"].values():
        for stage in entry.row.stages:
            _known(entries, entry, "stages", stage, "stages")
    for entry in entries["stages"].values():
        _check_stage(entries, entry)
    for entry in entries["messages"].values():
        _check_message(entries, entry)
    for entry in entries["prompts"].values():
        _check_prompt(entries, entry)
    for entry in (*entries["steps"].values(), *entries["words"].values()):
        _check_step(entries, entry)
    for entry in entries["menus"].values():
        _check_menu(entries, entry)


def filled(entries: Entries, message: str, language: str) -> str:
    """The message with the longest realistic values, as its length is counted."""
    values: dict[str, str] = {}
    for name in placeholders(message):
        row = entries["placeholders"][name].row
        assert isinstance(row, PlaceholderRow)
        values[name] = (
            row.sample if isinstance(row.sample, str) else languages_of(row.sample)[language]
        )
    if "stage" in values:
        values["stage"] = max(_neutral_stages(entries, language), key=len)
    return message.format(**values)


def placeholders(message: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


def _neutral_stages(entries: Entries, language: str) -> Iterator[str]:
    for entry in entries["stages"].values():
        row = entry.row
        assert isinstance(row, NamedRow)
        yield languages_of(row.neutral or row.names)[language]


def _texts_in(row: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Three]]:
    if isinstance(row, Three):
        yield path, row
    elif isinstance(row, BaseModel):
        for name in type(row).model_fields:
            yield from _texts_in(getattr(row, name), (*path, name))


def _check_scripts(entry: Entry, path: tuple[str, ...], row: Three) -> None:
    said = languages_of(row)
    for code, text in said.items():
        bare = _PLACEHOLDER.sub("", text)
        arabic = sum("\u0600" <= c <= "\u06ff" and c.isalpha() for c in bare)
        if code in ("en", "ur-Latn"):
            if arabic:
                raise entry.error(
                    f"has Arabic letters in {code}", f"write {code} in Latin", *path, code
                )
            continue
        # names, codes and command words may stay in Latin; a copied sentence may not
        latin = sum(c.isascii() and c.isalpha() for c in _LATIN_NAMES.sub("", bare))
        if arabic == 0 or latin > arabic / 4:
            raise entry.error(
                f"has no {'Urdu' if code == 'ur' else 'Pashto'} letters in {code}",
                f"translate the English text of {'.'.join((*path, code))}",
                *path,
                code,
            )
        strangers = set(bare) & (_PASHTO_ONLY if code == "ur" else _URDU_ONLY)
        if strangers:
            other = "Pashto" if code == "ur" else "Urdu"
            raise entry.error(
                f"has {other} letters ({' '.join(sorted(strangers))}) in {code}",
                f"write {'.'.join((*path, code))} in its own language",
                *path,
                code,
            )
    if said["ur"] == said["ps"] and len(said["ur"]) > 24:
        raise entry.error("has the same text in ur and ps", "translate one of them", *path, "ps")


def _check_category(entries: Entries, entry: Entry) -> None:
    row = entry.row
    assert isinstance(row, CategoryRow)
    _known(entries, entry, "groups", row.group, "group")
    _known(entries, entry, "matters", row.matter, "matter")
    for section, code in (("legal", row.legal), ("evidence", row.evidence)):
        if code is not None:
            _known(entries, entry, section, code, section)
    for door in row.doors:
        _known(entries, entry, "doors", door, "doors")
    for outcome in row.outcomes or ():
        _known(entries, entry, "outcomes", outcome, "outcomes")
    if "reconciled" in (row.outcomes or ()) and not row.mediation_allowed:
        raise entry.error(
            "may end reconciled though mediation is not allowed",
            "take 'reconciled' out",
            "outcomes",
        )
    if row.exclusion != "none" and row.listed and not row.about_police:
        raise entry.error(
            "excludes people though it is not about police", "add about_police = true", "exclusion"
        )
    if row.about_police and row.exclusion == "none" and not row.commendation:
        raise entry.error(
            "is about police and excludes nobody",
            'set exclusion to "grave" or "service"',
            "about_police",
        )
    if row.exclusion == "grave" and row.sensitivity != "C3":
        raise entry.error("is grave but not C3", 'set sensitivity = "C3"', "sensitivity")
    if row.exclusion != "none" and "station" in row.desks:
        raise entry.error("would reach a station", "take 'station' out of desks", "desks")
    if row.answer and (row.sensitivity != "C1" or row.about_police):
        raise entry.error(
            "could be reached by the sender's own answer though it is confidential or about police",
            "take 'answer' out: a trained person classifies it",
            "answer",
        )
    if row.listed and len(row.words) < 4:
        raise entry.error("has too few search words", "add words as people type them", "words")


def _check_message(entries: Entries, entry: Entry) -> None:
    row = entry.row
    assert isinstance(row, Four)
    said = languages_of(row)
    wanted = placeholders(said["en"])
    for code in LANGUAGES:
        _check_one(entries, entry, code, said[code], wanted)


def _check_prompt(entries: Entries, entry: Entry) -> None:
    """As a message, but for one screen of USSD in what its letters can be."""
    said = languages_of(entry.row)
    wanted = placeholders(said["en"])
    for code in LANGUAGES:
        _check_values(entries, entry, code, said[code], wanted)
        _check_neutral(entries, entry, code, _PLACEHOLDER.sub(" ", said[code]))
    for code in ("en", "ur-Latn"):
        length = len(filled(entries, said[code], code))
        if length > MOST_SCREEN or texts.sms_parts(said[code])[0] != "GSM-7":
            raise entry.error(
                f"has {length} characters in {code}",
                f"shorten it to {MOST_SCREEN} plain letters", code,
            )  # fmt: skip


def _check_menu(entries: Entries, entry: Entry) -> None:
    row = entry.row
    assert isinstance(row, MenuRow)
    _known(entries, entry, "prompts", row.asks, "asks")
    for key, code in row.keys.items():
        if not (len(key) == 1 and key in "123456789"):
            raise entry.error(f"has the key '{key}'", "name keys 1 to 9; 0 goes back", "keys")
        if code != "question" and code not in entries["words"]:
            _known(entries, entry, "steps", code, "keys")


def _check_values(entries: Entries, entry: Entry, code: str, text: str, wanted: set[str]) -> None:
    names = placeholders(text)
    if names != wanted:
        raise entry.error(
            f"has other values in {code} than in en",
            f"use {', '.join(sorted(wanted)) or 'none'}",
            code,
        )
    for name in names:
        _known(entries, entry, "placeholders", name, code)


def _check_one(entries: Entries, entry: Entry, code: str, text: str, wanted: set[str]) -> None:
    _check_values(entries, entry, code, text, wanted)
    encoding, parts, units = texts.sms_parts(filled(entries, text, code))
    if encoding != ("GSM-7" if code in ("en", "ur-Latn") else "UCS-2"):
        raise entry.error(f"is {encoding} in {code}", "replace the odd letters", code)
    if parts > 2:
        raise entry.error(
            f"is too long in {code}: {units} units", f"shorten it to {MOST_UNITS[encoding]}", code
        )
    _check_neutral(entries, entry, code, _PLACEHOLDER.sub(" ", text))


def _check_step(entries: Entries, entry: Entry) -> None:
    """Every message, prompt and step that it names exists; a choice has its numbers."""
    row = entry.row
    keyed = {code for menu in entries["menus"].values() for code in menu.row.keys.values()}
    spoken = entry.section == "steps" or entry.code in keyed  # else it comes by text alone
    for outcome, on in row.on.items():
        for text in filter(None, (on.says, on.otherwise)):
            _known(entries, entry, "messages", text, "on", outcome)
            if spoken:
                _known(entries, entry, "prompts", text, "on", outcome)
        if on.then:
            _known(entries, entry, "steps", on.then, "on", outcome)
    if not isinstance(row, StepRow):
        return
    for text, key in ((row.asks, "asks"), (row.passed, "passed")):
        if text:
            _known(entries, entry, "prompts", text, key)
    if row.after:
        _known(entries, entry, "steps", row.after, "after")
    if (row.takes == "choice") != (2 <= len(row.choices) <= MOST_CHOICES):
        raise entry.error(
            f"takes {row.takes} with {len(row.choices)} choices",
            f"name 2 to {MOST_CHOICES} choices where it takes one, else none", "takes",
        )  # fmt: skip
    if strange := set(row.named) - set(row.choices):
        raise entry.error(
            f"names what is no choice: {', '.join(sorted(strange))}", "add it to choices", "named"
        )


def _check_stage(entries: Entries, entry: Entry) -> None:
    """What a text may say of a stage is held to the same words as the text itself."""
    row = entry.row
    assert isinstance(row, NamedRow)
    for code, text in languages_of(row.neutral or row.names).items():
        _check_neutral(entries, entry, code, text)


def _check_neutral(entries: Entries, entry: Entry, code: str, text: str) -> None:
    folded = " " + " ".join(texts.words(text)) + " "
    for word in entries["neutral"][code].row.words if code in entries["neutral"] else ():
        if f" {' '.join(texts.words(word))} " in folded:
            raise entry.error(
                f"is not neutral in {code}: '{word}'", "say it without that word", code
            )


def _known(
    entries: Mapping[str, object], entry: Entry, section: str, code: str, *path: str
) -> None:
    known = entries[section]
    assert isinstance(known, dict)
    if code not in known:
        raise entry.error(
            f"names '{code}', which is not in {section}",
            f"add [{section}.{code}] or correct it",
            *path,
        )
