"""What can be wrong with a catalogue, or with a question put to it."""

from __future__ import annotations


class CatalogueError(Exception):
    """A data file is wrong. `str()` reads `categories.toml:123: what is wrong; how to mend it`."""

    def __init__(self, file: str, line: int, problem: str, mend: str) -> None:
        super().__init__(f"{file}:{line}: {problem}; {mend}")
        self.file, self.line, self.problem, self.mend = file, line, problem, mend


class UnknownCategory(LookupError):
    """No category of this code."""


class UnknownMessage(LookupError):
    """No message of this key."""


class MissingValue(LookupError):
    """A message was asked for without one of the values it needs."""
