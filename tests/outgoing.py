"""Every text that goes out in a whole test run, kept in a folder and read at the end (P11).

Each process of the run has a file of its own there: a line when a text is laid into the outbox, and
one when it is handed to a carrier. Installations in processes of their own have no hook; the outbox in
their database is read (SQLite; one on PostgreSQL is not). `verdict` fails the run for a text that tells,
for one outside the safe hours of its phone, and where tests that send texts passed and nothing was kept:
silence is not a proof.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FOLDER = "MOHALLA_OUTGOING"
PROOF = "tests/promises/test_p11_texts.py"
# Here the words of a text are the test's own ("HTTP", 40,000 letters), sent past the dialogue.
OWN_WORDS = (
    "tests/contracts/", "tests/unit/channels/", "tests/promises/test_p11_texts.py",
)  # fmt: skip
# To those whom she named on her card, with the name and the place that she wrote for them.
# An alert is public and its phone asked for it: that there is one gives nobody away.
OPTED_IN = {
    "trusted": {"name", "place"}, "alert": {"name", "place", "offence", "police"},
}  # fmt: skip
# Tests that surely send; that they exist is held against the files by the proof itself.
SENDERS = (
    f"{PROOF}::test_promise_P11_every_text_of_the_run_is_kept_and_read",
    "tests/promises/test_p12_swapped_sim.py::test_promise_P12_silence_means_silence",
    "tests/web/test_sms_loop.py::test_from_a_first_text_to_kept",
    "tests/web/test_sms_receipt.py::test_a_plain_matter_needs_no_second_desk",
    "tests/web/test_sms_questions.py::test_no_danger_rings_nothing",
)


@dataclass(frozen=True)
class Telling:
    """A word that gives somebody away, and of which kind."""

    kind: str
    words: str


@dataclass
class Verdict:
    """What the end of the run has to say."""

    made: int = 0
    sent: int = 0
    in_homes: int = 0
    tests: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.made} texts of {len(self.tests)} tests, {self.sent} handed over,"
            f" {self.in_homes} in installations of their own: {len(self.wrong)} wrong"
        )


def plain(text: str) -> str:
    """Small letters, one form of each Arabic letter, no vowel signs, words apart by one space."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = "".join(
        c for c in text if not unicodedata.combining(c) and c not in "\u200c\u200d\u0640"
    )
    text = text.translate(str.maketrans("يىكهۀةۃھ", "ییکہہہہہ"))
    return " " + " ".join(re.findall(r"[^\W_]+", text)) + " "


@cache
def tellings() -> tuple[Telling, ...]:
    """The reviewed list, the names of all categories, and names and places of the demonstration."""
    with (HERE / "golden/telltale.csv").open(encoding="utf-8") as lines:
        rows = [Telling(row["kind"], row["words"]) for row in csv.DictReader(lines)]
    return tuple(dict.fromkeys([*rows, *_names()]))


def _names() -> Iterator[Telling]:
    from mohalla.foundation import catalogue
    from mohalla.site.demo import cast, district

    for category in catalogue.get().categories.values():
        yield from (Telling("offence", name) for name in category.names.values())
    for mohalla in district.MOHALLAS:
        names = (mohalla.en, mohalla.ur, mohalla.ps, *mohalla.aliases)
        yield from (Telling("place", name) for name in names)
    for unit in district.UNITS:
        yield from (Telling("police", name) for name in unit[3:6])
    for row in cast.OFFICERS:
        yield from (Telling("name", name) for name in (row.en, row.ur, row.belt))


def found(text: str) -> list[Telling]:
    """What in this text gives somebody away; whole words only."""
    said = plain(text)
    return [row for row, word in _plain_tellings() if word in said]


@cache
def _plain_tellings() -> tuple[tuple[Telling, str], ...]:
    return tuple((row, plain(row.words)) for row in tellings())


# --- during the run


def begin() -> None:
    """In the process that starts the others: they find the folder by its name."""
    import tempfile

    os.environ.setdefault(FOLDER, tempfile.mkdtemp(prefix="mohalla-outgoing-"))


def watch() -> None:
    """Listen at the outbox and at the door out of it; once in each process that runs tests."""
    from django.db.models.signals import post_save

    from mohalla.channels.sms.models import Delivery

    door: Any = import_module(
        "mohalla.channels.sms.actions.deliver_due"
    )  # its action has that name

    def made(instance: Any, created: bool, **_more: Any) -> None:
        if created:
            note("made", instance)

    settle = door.settle

    def settled(delivery: Any, *, at: datetime, **more: Any) -> None:
        if type(more["outcome"]).__name__ == "Accepted":
            note("sent", delivery, at=at)
        settle(delivery, at=at, **more)

    post_save.connect(made, sender=Delivery, weak=False, dispatch_uid="tests.outgoing")
    door.settle = settled


def note(how: str, delivery: Any, *, at: datetime | None = None) -> None:
    """One line in this process's file."""
    kept = {
        "how": how, "test": os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0],
        "purpose": delivery.purpose, "words": delivery.words,
        "hours": [delivery.safe_from, delivery.safe_to], "at": at.isoformat() if at else "",
    }  # fmt: skip
    folder = Path(os.environ[FOLDER])
    with (folder / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(kept, ensure_ascii=False) + "\n")


def kept(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


# --- at its end


def verdict(folder: Path, *, passed: Iterable[str], homes: Path | None = None) -> Verdict:
    """Read all of it; `passed`: the tests that passed, by id; `homes`: where installations lie."""
    out = Verdict()
    for row in kept(folder):
        if row["how"] == "sent":
            out.sent += 1
            out.wrong += _outside(row)
            continue
        out.made += 1
        out.tests.add(row["test"])
        if not row["test"].startswith(OWN_WORDS):
            agreed = OPTED_IN.get(row["purpose"], set())
            told = (t for t in found(row["words"]) if t.kind not in agreed)
            out.wrong += [f"{row['test']}: {row['words']!r} tells {t}" for t in told]
    for name, words in _of_homes(homes):
        out.in_homes += 1
        out.wrong += [f"{name}: {words!r} tells {t}" for t in found(words)]
    silent = sorted(set(SENDERS) & set(passed) - out.tests)
    out.wrong += [f"{name} sends texts, and none was kept" for name in silent]
    return out


def _outside(row: dict[str, Any]) -> list[str]:
    """By the clock on a wall in Pakistan, reckoned here and not by the product: UTC and 5 hours."""
    first, last = row["hours"]
    at = datetime.fromisoformat(row["at"])
    hour = (at.timestamp() // 3600 + 5) % 24
    if (
        None in (first, last)
        or first == last
        or row["purpose"] in {"danger", "trusted", "reply", "rehearsal"}
    ):
        return []
    inside = first <= hour < last if first < last else hour >= first or hour < last
    return [] if inside else [f"{row['test']}: at {row['at']}, outside {first}-{last}"]


def _of_homes(homes: Path | None) -> Iterator[tuple[str, str]]:
    for path in sorted(homes.rglob("*.sqlite3")) if homes and homes.is_dir() else []:
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as base:
                base.row_factory = sqlite3.Row
                outbox = base.execute("SELECT * FROM sms_delivery WHERE NOT sealed")
                rows = [dict(row) for row in outbox]
        except sqlite3.Error:
            continue  # no outbox in it, or a test damaged it
        for row in rows:
            if row["text"] and row.get("purpose") != "alert":
                yield str(path), row["text"]
