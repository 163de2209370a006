"""Every finding appears when it should, and goes when it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.db import connection
from typer.testing import CliRunner

from mohalla.foundation import catalogue
from mohalla.foundation.catalogue import CatalogueError
from mohalla.foundation.clock import fixed, now
from mohalla.foundation.keys.models import DeskKey
from mohalla.foundation.ledger.rules.notes import COSIGNATURE, Signer
from mohalla.foundation.reports.submission import ContactWish, Submission
from mohalla.foundation.units import actions as postings
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Posting, Unit
from mohalla.site import doctor
from mohalla.site.cli import app
from mohalla.site.demo import district, keys
from mohalla.stages.access.actions import accept

pytestmark = pytest.mark.django_db
WITNESS = str(Signer("bar.example/w1", COSIGNATURE, bytes(32)).verifier)


@pytest.fixture(autouse=True)
def sound(settings: Any, tmp_path: Path) -> Iterator[None]:
    """An installation without a finding."""
    settings.DEBUG = settings.DEMO = False
    settings.SESSION_COOKIE_SECURE = True
    settings.ORIGIN = "https://desk.example.org"
    settings.SMS_URL = "smpp://user:password@127.0.0.1:2775/?source=1787"
    settings.KEYS_DIR = tmp_path
    settings.WITNESSES = [f"https://bar.example/ {WITNESS}"]
    units.forget()
    district.build(since=now())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET log_min_messages = fatal")
    assert doctor.examine() == []
    yield
    units.forget()


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_a_database_that_writes_words_down() -> None:
    with connection.cursor() as cursor:
        for level in ("warning", "error", "log"):
            cursor.execute(f"SET log_min_messages = {level}")
            only("into its own log", stops=True)
        cursor.execute("SET log_min_messages = panic")
        assert doctor.examine() == []


def only(words: str, *, stops: bool) -> None:
    found = [row for row in doctor.examine() if words in row.what]
    assert [row.stops for row in found] == [stops], doctor.examine()
    assert found[0].mend


@pytest.mark.parametrize(
    "name,value,words,stops",
    [
        ("DEBUG", True, "MOHALLA_DEBUG", True),
        ("DEMO", True, "MOHALLA_DEMO", True),
        ("SESSION_COOKIE_SECURE", False, "HTTPS", False),
        ("ORIGIN", "", "MOHALLA_ORIGIN", False),
        ("SMS_URL", "embedded:", "phone on the screen", False),
        ("SMS_URL", "smoke://x", "MOHALLA_SMS", True),
        ("WITNESSES", [], "nobody outside watches", False),
        ("WITNESS_QUORUM", 2, "MOHALLA_WITNESS_QUORUM", True),
        ("METRICS_TOKEN", "short", "MOHALLA_METRICS_TOKEN", True),
        ("TRUSTED_PROXIES", 1, "/metrics", False),
    ],
)
def test_settings(settings: Any, name: str, value: object, words: str, stops: bool) -> None:
    before = getattr(settings, name)
    setattr(settings, name, value)
    only(words, stops=stops)
    setattr(settings, name, before)
    assert doctor.examine() == []


def test_the_demonstration_may_text_on_the_screen(settings: Any) -> None:
    settings.DEMO, settings.SMS_URL = True, "embedded:"
    assert not [row for row in doctor.examine() if "screen" in row.what]


def test_keys_that_others_can_read(tmp_path: Path) -> None:
    key = tmp_path / "secret_key"
    key.write_text("x")
    key.chmod(0o644)
    only("secret_key", stops=True)
    key.chmod(0o600)
    assert doctor.examine() == []


def test_a_catalogue_that_does_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise CatalogueError("crime.toml", 3, "theft has no name in Pashto", "add names.ps")

    with monkeypatch.context() as patched:
        patched.setattr(catalogue, "get", broken)
        only("catalogue", stops=True)
    assert doctor.examine() == []


@pytest.mark.parametrize(
    "kind,other,words", [("independent", "rpo", "outside"), ("triage_desk", "rpo", "triage")]
)
def test_a_desk_that_must_be_there(kind: str, other: str, words: str) -> None:
    row = Unit.objects.get(kind=kind)
    Unit.objects.filter(pk=row.pk).update(kind=other)
    units.forget()
    only(words, stops=True)
    Unit.objects.filter(pk=row.pk).update(kind=kind)
    units.forget()
    assert doctor.examine() == []


def test_an_outside_body_of_one_person() -> None:
    posting = Posting.objects.get(officer__belt="M-002")
    Posting.objects.filter(pk=posting.pk).update(ends_at=now())
    units.forget()
    only("only one person works at mohtasib", stops=False)
    Posting.objects.filter(pk=posting.pk).update(ends_at=None)
    units.forget()
    assert doctor.examine() == []


def test_the_command_ends_with_1_only_where_production_must_not_start(settings: Any) -> None:
    assert CliRunner().invoke(app, ["doctor"]).exit_code == 0
    settings.SESSION_COOKIE_SECURE = False
    weak = CliRunner().invoke(app, ["doctor"])
    assert (weak.exit_code, "1 findings, 0 of them stop" in weak.output) == (0, True)
    settings.DEBUG = True
    unsafe = CliRunner().invoke(app, ["doctor"])
    assert unsafe.exit_code == 1
    assert unsafe.output.startswith("STOP")


def test_a_reference_to_nothing_is_found() -> None:
    """The database does not check these: what somebody deletes by hand is told."""
    wish = ContactWish(kind="phone", value="+923001234567")
    said = Submission(door="web", text="No light", place="gul-bagh", contact=wish)
    accept(submission=said, at=now())
    assert doctor.examine() == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_report")
    told = [row for row in doctor.examine() if "refer to what is not there" in row.what]
    assert {row.what.split()[3] for row in told} == {
        "reports_contact.report_id", "casework_case.report_id",
    }  # fmt: skip
    assert all(row.stops for row in told)


def test_keys_of_desks() -> None:
    """One that must be made anew, one without shares, one whose recovery was never tried."""
    units.forget()
    keys.make(at=now())
    assert not any("the recovery of" in row.what for row in doctor.examine())
    with fixed(now() + timedelta(days=181)):
        named = [row for row in doctor.examine() if "the recovery of" in row.what]
        assert len(named) == 10
        late = CliRunner().invoke(app, ["keys", "drills"]).output
    assert "thana-chinar  never  LATE" in late
    only("no shares are kept of the key of mohtasib", stops=False)
    assert not any("must be made anew" in row.what for row in doctor.examine())
    ali = Posting.objects.get(officer__belt="C-114")
    postings.end_posting(posting=ali, by="system", at=now())
    only("the key of thana-chinar must be made anew: left", stops=False)
    wrong = CliRunner().invoke(app, ["keys", "rotate-due"])
    assert (wrong.exit_code, "thana-chinar" in wrong.output) == (1, True)


def test_a_desk_key_is_revoked_by_command() -> None:
    units.forget()
    keys.make(at=now())
    command = ["keys", "revoke", "thana-chinar", "--why", "a phone was stolen"]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    assert "one of its holders must make a new version at /desk/keys/" in done.output
    assert "thana-chinar  version 1  revoked" in CliRunner().invoke(app, ["keys", "list"]).output
    assert CliRunner().invoke(app, command).exit_code == 1
    assert CliRunner().invoke(app, [*command[:2], "nowhere", *command[3:]]).exit_code == 1
    only("must be made anew: revoked", stops=False)


def test_a_desk_key_that_was_written_in_by_hand() -> None:
    units.forget()
    keys.make(at=now())
    assert not any("is not the one" in row.what for row in doctor.examine())
    foreign = str(pyrage.x25519.Identity.generate().to_public())
    DeskKey.objects.filter(unit__code="cyber-desk").update(recipient=foreign)
    only("the key of cyber-desk is not the one that was made there", stops=True)
