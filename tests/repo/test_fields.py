"""Every field of every model stands in `tests/golden/fields.csv`: what it tells, how it is kept.

class: public | staff | case (what the matter is about) | contact (whom it leads to) | secret (opens
something) | technical. kept: clear | sealed (always) | by class (sealed but for C1) | hmac | hash.
Contact and secret in the clear need their reason. A new field fails here with the line to add.
"""

from __future__ import annotations

import csv
import io
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from openpyxl import load_workbook
from tests.district import District, build

from mohalla.foundation import clock, identifiers, limiter
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.models import Report
from mohalla.foundation.reports.submission import ContactWish
from mohalla.site import schedule
from mohalla.stages.access.actions.claim import ask, look
from mohalla.stages.access.actions.hear import hear
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case, Note

TABLE = Path(__file__).resolve().parents[1] / "golden/fields.csv"
CLASSES = {"public", "staff", "case", "contact", "secret", "technical"}
KEPT = {"clear", "sealed", "by class", "hmac", "hash"}
NOON = datetime(2026, 3, 25, 7, tzinfo=UTC)
PHONE, EMAIL = "+923009998877", "bano@example.org"
MARK = "zebramark"  # stands in every word that the reporter writes
SEALED = re.compile(r"gAAAA[\w-]{60,}={0,2}\Z")


def table() -> dict[str, dict[str, str]]:
    with TABLE.open(newline="") as opened:
        return {row["field"]: row for row in csv.DictReader(opened)}


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("mohalla")]


def fields(model: type[models.Model]) -> Iterator[tuple[str, Any]]:
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        yield f"{model._meta.label}.{field.name}", field


def test_every_field_is_classified_and_every_row_is_a_field() -> None:
    found = {name for model in ours() for name, _field in fields(model)}
    missing = "\n".join(f"{name},?,?," for name in sorted(found - set(table())))
    assert not missing, f"not in tests/golden/fields.csv:\n{missing}"
    assert set(table()) - found == set()
    lines = TABLE.read_text().splitlines()[1:]
    assert len(lines) == len(table()), "a field stands twice"


def test_every_row_says_a_class_and_how_it_is_kept() -> None:
    for name, row in table().items():
        assert row["class"] in CLASSES, name
        assert row["kept"] in KEPT, name
        if row["class"] in {"contact", "secret"} and row["kept"] == "clear":
            assert len(row["why"]) > 10, f"{name}: in the clear without a reason"


def test_free_words_of_a_case_in_the_clear_have_a_reason() -> None:
    for model in ours():
        for name, field in fields(model):
            row = table()[name]
            if type(field) in {models.TextField, models.BinaryField} and row["class"] == "case":
                assert row["kept"] != "clear" or row["why"], name


@pytest.fixture
def district(db: None, settings: Any, tmp_path: Path) -> Iterator[District]:
    settings.FILES_DIR = tmp_path / "files"
    limiter.forget()
    with clock.fixed(NOON):
        yield build(NOON)


def lived(district: District) -> Case:
    """A confidential case in which everybody wrote what they can write."""
    case = district.make_case(
        f"He took money {MARK}", category="bribe", landmark=f"behind {MARK}", phone=PHONE,
        about_officer=f"ASI {MARK}", name=f"Bano {MARK}", about_unit="station_a",
    )  # fmt: skip
    assert case.sensitivity == "C3"
    assert case.officer_id is not None
    casework.say(case=case, text=f"Any news? {MARK}", door="web", at=NOON)
    casework.note(
        case=case, officer=case.officer_id, kind=Note.Kind.NOTE, text=f"file {MARK}", at=NOON
    )
    casework.propose_outcome(
        case=case, officer=case.officer_id, kind="not_established", what_done=f"asked {MARK}",
        reason=f"reason {MARK}", at=NOON,
        artefacts=[casework.Artefact(kind="document", number="DD-1", taken_at=NOON)],
    )  # fmt: skip
    ask(sought=case.reference, told=f"I wrote {MARK}", contact=f"{PHONE} {MARK}", language="en",
        at=NOON)  # fmt: skip
    look(at=NOON)
    wish = ContactWish(kind="email", value=EMAIL)
    reports.add_contact(report=case.report, wish=wish, by="reporter", at=NOON)
    return case


def test_the_database_keeps_them_as_the_table_says(district: District) -> None:
    """Read back past the product: sealed is a token, a keyed hash is one, and words are nowhere."""
    case = lived(district)
    seen: set[str] = set()
    for model in ours():
        for values in model.objects.values():  # type: ignore[attr-defined] # every model has one
            for name, field in fields(model):
                value, kept = str(values.get(field.attname, "")), table()[name]["kept"]
                if not value:
                    continue
                if kept in {"sealed", "by class"}:
                    assert SEALED.match(value), f"{name}: {value[:40]}"
                    seen.add(name)
                if kept == "hmac":
                    assert re.fullmatch(r"[0-9a-f]{64}", value), name
                    seen.add(name)
                assert MARK not in value, f"{name} holds her words in the clear"
                assert EMAIL not in value, name
                assert PHONE not in value or model._meta.app_label == "sms", name
    assert {
        "reports.Report.body", "reports.Report.name", "reports.Report.landmark",
        "reports.Report.about_officer", "reports.Report.receipt_lookup", "reports.Message.body",
        "reports.Contact.value_sealed", "reports.Contact.lookup", "casework.Note.text",
        "access.ReceiptClaim.told", "access.ReceiptClaim.contact", "access.ReceiptClaim.sought",
        "access.ReceiptClaim.claim_lookup", "casework.Outcome.what_done", "casework.Outcome.reason",
    } <= seen  # fmt: skip
    assert Report.objects.get(pk=case.pk).search_key == ""


def test_promise_P30_nothing_of_it_stands_in_a_log_or_in_a_list_taken_away(
    district: District, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    case = lived(district)
    receipt = identifiers.receipt_for(case.pk, 1)
    client = Client(raise_request_exception=False)
    for typed in (receipt, "1" * 20):
        headers = {"Authorization": f"Receipt {typed}"}
        client.get("/api/v1/report", headers=headers)
        client.post("/api/v1/report/messages", {"text": MARK}, "application/json", headers=headers)
        client.post("/api/v1/report/messages", {"txt": MARK}, "application/json", headers=headers)
        client.post("/en/track/", {"receipt": typed, "do": "message", "text": MARK})
    client.post("/en/report/", {"step": "contact", "go": "next", "phone": "12", "text": MARK})
    client.post("/sign-in/", {"name": "B-ali", "password": f"secret {MARK}"})
    hear(key=identifiers.new_key(), number=PHONE, text=f"bribe {MARK}", repeats=None, at=NOON)
    schedule.run_due(at=NOON + timedelta(minutes=1))
    told = "\n".join(f"{row.getMessage()} {row.exc_text or ''}" for row in caplog.records
                     if not row.name.startswith("django.db"))  # fmt: skip
    book = district.client(district.farah).get("/desk/export.xlsx").content
    cells = [str(cell) for row in load_workbook(io.BytesIO(book)).active.values for cell in row]
    assert case.reference in cells, "the list of her own desk holds the case"
    for where in (told, "\n".join(cells)):
        for private in (MARK, receipt, identifiers.spoken(receipt), PHONE, EMAIL):
            assert private not in where
