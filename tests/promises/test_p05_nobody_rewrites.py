"""P05: nobody can quietly change or back-date the record, not even with every right to the database."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.homes import mohalla, python
from tests.postgres import fresh_database

MORE = """
import django; django.setup()
from dataclasses import replace
from django.core.files.uploadedfile import SimpleUploadedFile
from mohalla.foundation import catalogue, clock
from mohalla.foundation.approvals import actions as approvals, queries
from mohalla.foundation.approvals.rules.hands import Hand
from mohalla.foundation.reports.actions import keep_attachment
from mohalla.foundation.reports.submission import SealedWords, Submission
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.site import schedule
from mohalla.stages.access import actions as access
from mohalla.stages.access.actions import accept
from mohalla.stages.access.queries import sealing
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case
at = clock.now()
photo = keep_attachment(upload=SimpleUploadedFile("x.jpg", b"\\xff\\xd8\\xff\\xe0" * 9), at=at)
kept = accept(submission=Submission(door="web", text="words", category="street_light",
              place="gul-bagh", attachments=(photo.pk,)), at=at)
case = Case.objects.get(reference=kept.reference)
casework.say(case=case, text="more words", door="web", at=at)
casework.note(case=case, officer=case.officer_id, kind="enquiry", text="asked around", at=at)
hand = Hand(officer=case.officer_id, unit=case.unit_id)
asked = approvals.ask(act="reclassify", room="casework", subject=case.reference, arguments={},
                      reason="more", hand=hand, of_unit=None, at=at)
approvals.answer(approval=asked, hand=hand, yes=False, seen=queries.digest_of(asked), at=at)
photo.refresh_from_db()
viewer = Viewer(officer=case.officer_id, units=frozenset({case.unit_id}), heads=frozenset())
casework.hand_evidence(case=case, attachment=photo, viewer=viewer, at=at, happened_at=at,
                       medium="disc", holder="court", words=casework.Words(person="the reader"))
sealed = Submission(door="web", category="online_harassment", unit="dpo-sangbagh")
category, directory = catalogue.get().category("online_harassment"), units.directory()
where = access.locate(sealed, directory, at)
route = access.routed_now(sealed, category, directory, where, at)
desks = sealing.allowed(route, category, directory).desks
words = SealedWords(token="0" * 64, recipient="age1" + "q" * 58, envelope="an age file",
                    keys=((None, "a key"), *((desk.id, "a key") for desk in desks)))
accept(submission=replace(sealed, sealed=words), at=at)
from mohalla.station.response import actions as response
response.search_child(case=Case.objects.exclude(pk=case.pk).filter(recipients__until_at=None).first(),
                      door="web", at=at)
schedule.lay(at=at)
"""
SUPERUSER = """
import datetime, json, uuid, django; django.setup()
from django.db import DatabaseError, connection, transaction
from mohalla.foundation.ledger import files, queries
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM

POSTGRES = connection.vendor == "postgresql"
done = {"edited": 0, "taken out": 0, "added": 0, "refused": 0, "missed": [], "empty": []}

def found():
    return [row for row in queries._altered()]

assert found() == [], "not clean before"

def attempt(kind, what, *statements):
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                if POSTGRES:
                    cursor.execute("SET LOCAL session_replication_role = replica")
                changed = 0
                for statement, values in statements:
                    cursor.execute(statement, values)
                    changed += max(cursor.rowcount, 0)
            assert changed, what
            if found():
                done[kind] += 1
            else:
                done["missed"].append(what)
            raise ZeroDivisionError  # nothing of it stays
    except ZeroDivisionError:
        pass
    except DatabaseError:
        done["refused"] += 1

def other(value, field):
    while field.is_relation:
        field = field.target_field
    kind = field.get_internal_type()
    if isinstance(value, bool):
        return not value
    if kind == "UUIDField":
        return uuid.uuid4() if POSTGRES else uuid.uuid4().hex
    if isinstance(value, datetime.datetime):
        return value - datetime.timedelta(days=1)
    if isinstance(value, datetime.date):
        return value - datetime.timedelta(days=1)
    if kind == "JSONField":
        return '["x"]'
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return (value + "x")[-field.max_length:] if field.max_length else value + "x"
    if value is None:
        return {"DateTimeField": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
                "DateField": datetime.date(2026, 1, 1), "BooleanField": True,
                "CharField": "x", "TextField": "x"}.get(kind, 1)
    raise TypeError(kind)

if not POSTGRES:
    connection.cursor().execute("PRAGMA foreign_keys = OFF")
q = connection.ops.quote_name
for table in files.rooms()[ROOM]:
    model, name = table.model, q(table.model._meta.db_table)
    row = model._base_manager.filter(**table.only, **{table.subject + "__isnull": False}).order_by("pk").first()
    if row is None:
        done["empty"].append(model._meta.label)
        continue
    pk, key = q(model._meta.pk.column), model._meta.pk.get_db_prep_value(row.pk, connection)
    for field in model._meta.concrete_fields:
        if field.attname in table.leave:
            continue
        value = other(getattr(row, field.attname), field)
        if isinstance(value, (datetime.datetime, datetime.date)):
            value = field.get_db_prep_value(value, connection)
        attempt("edited", model._meta.label + "." + field.attname,
                (f"UPDATE {name} SET {q(field.column)} = %s WHERE {pk} = %s", [value, key]))
    attempt("taken out", model._meta.label, (f"DELETE FROM {name} WHERE {pk} = %s", [key]))
    columns = [f for f in model._meta.concrete_fields]
    fresh = uuid.uuid4() if model._meta.pk.get_internal_type() == "UUIDField" else 10**9
    if model._meta.pk.is_relation:  # one to one: slipped under another report
        known = model._base_manager.values("pk")
        fresh = Case.objects.exclude(report__in=known).values_list("report", flat=True).first() or fresh
    if fresh != 10**9 and not POSTGRES:
        fresh = fresh.hex
    picked = ", ".join("%s" if f.primary_key else q(f.column) for f in columns)
    attempt("added", model._meta.label,
            (f"INSERT INTO {name} ({', '.join(q(f.column) for f in columns)}) "
             f"SELECT {picked} FROM {name} WHERE {pk} = %s", [fresh, key]))
print(json.dumps(done))
"""


def _attack(home: Path, url: str) -> dict[str, object]:
    assert mohalla("demo", "load", home=home, url=url).returncode == 0
    assert mohalla("log", "check", home=home, url=url).returncode == 0
    more = python(MORE, home=home, url=url)
    assert more.returncode == 0, more.stderr[-2000:]
    done = python(SUPERUSER, home=home, url=url)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, object] = json.loads(done.stdout)
    assert mohalla("log", "check", home=home, url=url).returncode == 0  # nothing of it stayed
    return found


@pytest.mark.once  # both databases, each in an installation of its own
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_promise_P05_every_edit_of_every_row_of_a_case_is_found(
    tmp_path: Path, database: str, figure: Callable[[str], None]
) -> None:
    if database == "postgresql":
        with fresh_database() as url:
            found = _attack(tmp_path, url)
    else:
        found = _attack(tmp_path, "")
    assert found["missed"] == []
    assert found["empty"] == []
    assert isinstance(found["edited"], int)
    assert found["edited"] > 100
    assert isinstance(found["added"], int)
    assert found["added"] >= 8  # where one row a case is unique, the database itself refuses
    assert isinstance(found["taken out"], int)
    assert found["taken out"] >= 14
    count = found["edited"] + found["taken out"] + found["added"]
    figure(f"{database}: {count} of {count} edits, removals and additions found")


def _receipt(home: Path, path: Path) -> None:
    code = """
import sys, django; django.setup()
from mohalla.foundation import clock
from mohalla.foundation.reports.submission import Submission
from mohalla.site import schedule
from mohalla.stages.access.actions import accept
from mohalla.stages.access.queries import proved
from mohalla.station.casework.models import Case
kept = accept(submission=Submission(door="web", text=sys.argv[1], category="street_light",
              place="gul-bagh"), at=clock.now())
schedule.lay(at=clock.now())
print(proved.of(Case.objects.get(reference=kept.reference)).file, end="")
"""
    done = python(code, path.name, home=home)
    assert done.returncode == 0, done.stderr
    path.write_text(done.stdout)


def test_promise_P05_a_log_that_was_put_back_or_told_twice_is_found(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """Old database and old log together; then another past of the same length for one client."""
    home, old = tmp_path / "home", tmp_path / "old"
    assert mohalla("demo", "load", home=home).returncode == 0
    key = mohalla("log", "key", home=home).stdout.strip()
    shutil.copytree(home, old)
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    _receipt(home, first)
    log = str(home / "log")
    good = mohalla("verify", str(first), "--key", key, "--against", log, home=home)
    assert good.returncode == 0, good.stdout
    put_back = mohalla("verify", str(first), "--key", key, "--against", str(old / "log"), home=home)
    assert put_back.returncode == 1
    assert "some were lost" in put_back.stdout
    _receipt(old, second)  # the same number of acts, another one told
    assert mohalla("verify", str(second), "--key", key, home=home).returncode == 0  # genuine alone
    both = mohalla("verify", str(first), str(second), "--key", key, home=home)
    assert both.returncode == 1
    assert "another past" in both.stdout
    forked = mohalla("verify", str(second), "--key", key, "--against", log, home=home)
    assert forked.returncode == 1
    assert "another past" in forked.stdout
    figure("rolled back and forked logs found from one receipt each")
