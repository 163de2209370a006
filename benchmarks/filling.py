"""Fill the home of this process with reports, past the web but with the product's own rows.

Imported after `django.setup()` (see `servers.product`).
"""

from __future__ import annotations

import importlib
import random
import sys
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import AutoField

from mohalla.foundation import catalogue, clock, rows
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.places import queries as places
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.models import Report
from mohalla.foundation.reports.submission import Submission
from mohalla.foundation.rows.acts import insert
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.owner import Owner
from mohalla.station.casework.actions.open_case import CaseRows
from mohalla.station.casework.models import Case, Recipient, StageMove
from mohalla.station.casework.models.case import ROOM

accepting = importlib.import_module("mohalla.stages.access.actions.accept")
CATEGORIES = ("street_light", "theft", "hazard", "unsafe_spot")
WORDS = [
    "گلی",
    "بلب",
    "خراب",
    "سڑک",
    "پانی",
    "رات",
    "موٹر",
    "سائیکل",
    "چوری",
    "دکان",
    "اسکول",
    "مسجد",
    "بازار",
    "نالا",
    "کھمبا",
    "اندھیرا",
]
YEARS = timedelta(days=730)
AT_ONCE, BASE = 1000, 10_000


def fill(count: int, *, seed: int = 1787) -> None:
    """`count` reports over two years, ninety-nine in a hundred of them closed.

    The first ten thousand are made row by row; the others are copies of them in the database.
    """
    _make(min(count, BASE), random.Random(seed))
    for copy in range(1, count // BASE):
        _copy(copy)
        print(f"\r{(copy + 1) * BASE:,} of {count:,}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def index() -> None:
    """The words of all of them, as the clock would do it a piece at a time."""
    reports.index_words(all_of_them=True)
    while reports.index_words():
        pass


def _make(count: int, chance: random.Random) -> None:
    now = clock.now()
    directory, book = units.directory(), catalogue.get()
    mohallas = [place.code for place in places.mohallas(now)]
    batch: list[rows.Act] = []
    taken: set[str] = set()
    for number in range(count):
        at = now - YEARS + YEARS * number / count
        submission = Submission(
            door="sms", language="ur", text=" ".join(chance.choices(WORDS, k=12)),
            category=chance.choice(CATEGORIES), place=chance.choice(mohallas),
        )  # fmt: skip
        category = book.category(submission.category)
        located = accepting.locate(submission, directory, now)
        report = None
        while report is None or report.reference in taken:
            report, made, _ = accepting._rows(submission, category, directory, located, at)
        taken.add(report.reference)
        if chance.random() < 0.1:
            made.promises.append(_answered(made.case, at))
        if chance.random() < 0.99:
            _close(made, at)
        batch.append(accepting._act(submission, report, made, "", at))
        if len(batch) == AT_ONCE or number == count - 1:
            with transaction.atomic():
                insert(batch)
            batch = []


def _copy(number: int) -> None:
    """Once more all rows of the first ten thousand, under keys and references of their own."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model in (Report, Case, Recipient, StageMove, Promise, Entry):
            names, values = [], []
            for field in model._meta.concrete_fields:
                if field.primary_key and isinstance(field, AutoField):
                    continue
                names.append(f'"{field.column}"')
                values.append(_other(field.column, number))
            key = "subject" if model in (Promise, Entry) else "reference"
            source = f'"{model._meta.db_table}"'
            if model in (Recipient, StageMove):
                where = (
                    "case_id IN (SELECT report_id FROM casework_case WHERE length(reference) = 7)"
                )
            else:
                where = f"length({key}) = 7"
            cursor.execute(
                f"INSERT INTO {source} ({', '.join(names)})"  # names of our tables
                f" SELECT {', '.join(values)} FROM {source} WHERE {where}"
            )


def _other(column: str, number: int) -> str:
    if column in {"id", "report_id", "case_id", "after_id", "merged_into_id"}:
        return f"'{number:06x}' || substr(\"{column}\", 7)"
    if column in {"reference", "subject", "receipt_lookup"}:
        return f"substr(\"{column}\", 1, 58) || '{number}'"
    return f'"{column}"'


def _answered(case: Case, at: datetime) -> Promise:
    return promises.prepared(
        promises.Owed(
            room=ROOM, subject=case.reference, kind="answer", made_at=at,
            due_at=at + timedelta(days=1), owner=Owner(unit=case.unit_id or 0, officer=case.officer_id),
        )
    )  # fmt: skip


def _close(made: CaseRows, at: datetime) -> None:
    made.case.stage, made.case.closing = "closed", "confirmed"
    made.case.closed_at = at + timedelta(days=3)
    for promise in made.promises:
        promise.state, promise.next_at = "kept", None
        promise.ended_at, promise.ended_by = at + timedelta(days=3), "reporter"
