"""P07 in the database: the role of the web process adds to the record and cannot change it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import errors, sql
from tests.homes import mohalla, python
from tests.postgres import fresh_database

BUILD = """
import datetime, django; django.setup()
from mohalla.foundation import clock
from mohalla.site.demo import district
district.build(since=clock.now() - datetime.timedelta(days=30))
"""
ACTS = """
import datetime, django; django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from mohalla.foundation import clock
from mohalla.foundation.approvals import actions as approvals, queries as asked
from mohalla.foundation.approvals.rules.hands import Hand
from mohalla.foundation.people import actions as people
from mohalla.foundation.people.models import Account, Officer
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.actions import keep_attachment
from mohalla.foundation.reports.submission import ContactWish, Submission
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Unit
from mohalla.foundation.units.rules.viewer import viewer_at
from mohalla.stages.access.actions import accept
from mohalla.stages.access.queries import tracked
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case

now = clock.now()
def who(belt): return Officer.objects.get(belt=belt)
def unit(code): return Unit.objects.get(code=code)
def fresh(case): return Case.objects.select_related("report", "unit").get(pk=case.pk)
def told(category, at=now):
    photo = keep_attachment(upload=SimpleUploadedFile("x.jpg", b"\\xff\\xd8\\xff\\xe0" * 9), at=at)
    done = accept(at=at, submission=Submission(
        door="web", text="what was said", category=category, place="gul-bagh", name="Bano",
        attachments=(photo.pk,), contact=ContactWish(kind="phone", value="+923002220001")))
    return Case.objects.select_related("report", "unit").get(reference=done.reference)
light, grave = told("street_light"), told("sexual_violence", now - datetime.timedelta(days=5))
ali, sana = who("C-114"), who("W-011")
casework.note_reading(case=light, viewer=viewer_at(units.directory(), officer=ali.pk, at=now), at=now)
casework.log_contact(case=light, officer=ali.pk, way="call", happened_at=now, reached=True, at=now)
casework.answer_contact(case=fresh(light), spoke=True, door="web", at=now)
casework.say(case=fresh(light), text="and more", door="web", at=now)
casework.reply(case=fresh(light), officer=ali.pk, text="we come", at=now)
casework.reroute(case=fresh(light), to_unit=unit("sdpo-sangbagh").pk, officer=ali.pk, is_head=False,
                 reason="theirs", at=now)
while promises.tick(at=now): pass
casework.ask_withdrawal(case=grave, door="web", at=now - datetime.timedelta(days=4))
casework.settle_withdrawal(case=fresh(grave), officer=who("D-001").pk, free_will=True, at=now,
                           desks=frozenset({unit("dpo-sangbagh").pk}))
viewer = viewer_at(units.directory(), officer=sana.pk, at=now)
row = casework.ask_two_bodies(case=fresh(grave), act="destroy", arguments={}, reason="her wish",
                              viewer=viewer, of_unit=unit("mohtasib").pk, at=now)
approvals.answer(approval=row, yes=True, seen=asked.digest_of(row), at=now,
                 hand=Hand(officer=who("M-001").pk, unit=unit("mohtasib").pk))
assert fresh(grave).report.body == ""
reports.index_words()
reports.drop_unclaimed(at=now + datetime.timedelta(days=9))
account = Account.objects.get(officer=sana)
session, _refused = people.begin_session(account=account, means="password", passkey=None,
                                         user_agent="", at=now)
people.end_session(session=session.pk, account=account, why="left", at=now)
assert Client().get("/", headers={"host": "localhost"}).status_code == 200
from mohalla.foundation.ledger.models import Entry
print("acts", Entry.objects.count())
"""
LAY = """
import django; django.setup()
from mohalla.foundation import clock
from mohalla.foundation.ledger import actions
print("laid", actions.sequence(at=clock.now()))
"""
RECORD = ("ledger_entry", "approvals_answer")


@contextmanager
def role_of(owner: str, lines: str) -> Iterator[str]:
    """A role made for one test, with the rights that were printed; its address."""
    name, word = f"mohalla_web_{secrets.token_hex(4)}", secrets.token_hex(8)
    with psycopg.connect(owner, autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                sql.Identifier(name), sql.Literal(word)
            )
        )
        try:
            admin.execute(lines.replace("the_role", name).encode())
            to = urlsplit(owner)
            yield f"postgres://{name}:{word}@{to.hostname}:{to.port or 5432}{to.path}"
        finally:
            admin.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(name)))
            admin.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def test_promise_P07_the_role_of_the_web_cannot_change_the_record(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    with fresh_database() as owner:
        assert mohalla("migrate", home=tmp_path, url=owner).returncode == 0
        built = python(BUILD, home=tmp_path, url=owner)
        assert built.returncode == 0, built.stderr
        printed = mohalla("database", "grants", "the_role", home=tmp_path, url=owner)
        assert printed.returncode == 0, printed.stderr
        with role_of(owner, printed.stdout) as web:
            acts = python(ACTS, home=tmp_path, url=web)
            assert acts.stdout.startswith("acts "), acts.stderr
            refused = _refused(web)
            laid = python(LAY, home=tmp_path, url=owner)  # the owner lays what the role added
            assert laid.stdout.startswith("laid "), laid.stderr
            assert laid.stdout != "laid 0\n"
    figure(f"{refused} statements against the record refused by PostgreSQL;"
           f" {acts.stdout.split()[1]} entries of real acts made as that role")  # fmt: skip


def _refused(web: str) -> int:
    tried = 0
    with psycopg.connect(web, autocommit=True) as role:
        for table in RECORD:
            found = role.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert found is not None
            assert found[0] > 0, table
            column = "position" if table == "ledger_entry" else "yes"
            for statement in (
                f"DELETE FROM {table}",
                f"UPDATE {table} SET at = now()",
                f"UPDATE {table} SET {column} = NULL",
                f"TRUNCATE {table} CASCADE",
                f"DROP TABLE {table} CASCADE",
                f"ALTER TABLE {table} DISABLE TRIGGER ALL",
                f"ALTER TABLE {table} ADD COLUMN more int",
                f"SELECT * FROM {table} FOR UPDATE",
            ):
                try:
                    role.execute(statement.encode())
                except errors.InsufficientPrivilege:
                    tried += 1
                else:
                    raise AssertionError(f"{statement} was done")
            after = role.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert after == found
    return tried
