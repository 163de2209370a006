"""What the catalogue says about recording police at work."""

from __future__ import annotations

from typing import NamedTuple

from mohalla.foundation import catalogue
from mohalla.foundation.catalogue.entries import in_language


class Sentence(NamedTuple):
    """What it says, and its law; no law where it is advice."""

    says: str
    law: str


def recording(language: str) -> dict[str, list[Sentence]]:
    """By kind: `may`, `limit`, `then` (when somebody is stopped); empty where a province says none."""
    told: dict[str, list[Sentence]] = {}
    for row in catalogue.get().rights:
        law = in_language(row.law, language) if row.law else ""
        told.setdefault(row.kind, []).append(Sentence(in_language(row.says, language), law))
    return told
