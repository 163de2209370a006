"""What is let go, by the clock: each class at its time, not before, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult

from mohalla.channels.sms import actions as sms
from mohalla.channels.sms.models import Delivery, Inbound, Part, Unreadable
from mohalla.foundation import clock, files
from mohalla.foundation.jobs.retention import TABLE, page
from mohalla.foundation.people import actions as people
from mohalla.foundation.people import tasks as people_tasks
from mohalla.foundation.people.models import Account, Challenge, Invitation, Notice, Session
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports import tasks as report_tasks
from mohalla.foundation.reports.models import Attachment, Idempotency, Report
from mohalla.foundation.reports.submission import Submission
from mohalla.foundation.units import queries as units
from mohalla.site import schedule
from mohalla.site.demo import district
from mohalla.stages.access.actions import accept
from mohalla.station.casework.models import Case, Outcome, Proof

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 5, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def house(settings: object, tmp_path: Path) -> Iterator[None]:
    settings.FILES_DIR = tmp_path / "files"  # type: ignore[attr-defined]
    units.forget()
    district.build(since=AT - 40 * DAY)
    yield
    units.forget()


def uploaded(content: bytes = b"0" * 90, *, at: datetime = AT, cold: bool = True) -> Attachment:
    upload = SimpleUploadedFile("x.jpg", b"\xff\xd8\xff\xe0" + content)
    row = reports.keep_attachment(upload=upload, at=at)
    if cold:
        os.utime(files.path_of(row.sha256), (1, 1))
    return row


def filed(*claimed: Attachment, at: datetime = AT, key: str = "") -> Report:
    wanted = Submission(
        door="web", text="x", category="street_light", place="gul-bagh",
        attachments=tuple(row.pk for row in claimed), idempotency_key=key,
    )  # fmt: skip
    return Report.objects.get(pk=accept(submission=wanted, at=at).report)


def test_an_unclaimed_file_goes_after_its_time_and_not_before() -> None:
    row = uploaded()
    path = files.path_of(row.sha256)
    assert reports.drop_unclaimed(at=AT + 47 * HOUR) == 0
    assert path.exists()
    assert reports.drop_unclaimed(at=AT + 49 * HOUR) == 1
    assert not path.exists()
    assert reports.drop_unclaimed(at=AT + 49 * HOUR) == 0


def test_what_a_report_claimed_stays() -> None:
    row = uploaded()
    filed(row)
    assert reports.drop_unclaimed(at=AT + 400 * DAY) == 0
    assert files.path_of(row.sha256).exists()


def test_a_file_that_another_row_shares_stays() -> None:
    mine, other = uploaded(), uploaded()
    filed(mine)
    assert mine.sha256 == other.sha256
    assert reports.drop_unclaimed(at=AT + 3 * DAY) == 1
    assert files.path_of(mine.sha256).exists()
    assert Attachment.objects.get() == mine


def test_what_a_proof_stands_on_stays_and_the_rest_still_goes() -> None:
    proof, other = uploaded(), uploaded(b"1" * 90, at=AT + HOUR)
    case = Case.objects.get(pk=filed().pk)
    assert case.officer_id is not None
    outcome = Outcome.objects.create(
        case=case,
        kind="solved",
        proposed_by_id=case.officer_id,
        proposed_at=AT,
        what_done="x",
        sealed=False,
    )
    Proof.objects.create(outcome=outcome, kind="photograph", attachment=proof, taken_at=AT)
    assert reports.drop_unclaimed(at=AT + 3 * DAY) == 1
    assert Attachment.objects.get() == proof
    assert files.path_of(proof.sha256).exists()
    assert not files.path_of(other.sha256).exists()


def test_bytes_that_have_just_come_again_are_left_for_the_next_hour() -> None:
    row = uploaded(cold=False)
    assert reports.drop_unclaimed(at=AT + 3 * DAY) == 0
    assert files.path_of(row.sha256).exists()


def test_keys_go_after_a_month_and_the_report_stays() -> None:
    filed(key="k" * 20)
    assert reports.drop_keys(at=AT + 29 * DAY) == 0
    assert reports.drop_keys(at=AT + 31 * DAY) == 1
    assert not Idempotency.objects.exists()
    assert Report.objects.count() == 1


def text(state: str, mark: str) -> Inbound:
    row = Inbound.objects.create(
        sender="+923001110001", text="words", raw=b"raw", pdu=b"pdu", fingerprint=mark,
        dedup_key=mark, received_at=AT, next_try_at=AT, state=state,
        handled_at=AT if state == "handled" else None,
    )  # fmt: skip
    Part.objects.create(
        series=mark, reference=1, total=1, number=1, data_coding=0, payload=b"raw", pdu=b"pdu",
        fingerprint=mark, dedup_key=mark, received_at=AT, inbound=row,
    )  # fmt: skip
    return row


def test_texts_lose_first_their_bytes_then_their_words() -> None:
    row = text("handled", "a")
    waiting, failed = text("received", "b"), text("failed", "c")
    assert sms.forget_texts(at=AT + 29 * DAY) == 0
    assert sms.forget_texts(at=AT + 31 * DAY) == 2
    row.refresh_from_db()
    assert (row.raw, row.pdu, row.text) == (None, None, "words")
    assert bytes(Part.objects.get(inbound=row).payload) == b""
    assert sms.forget_texts(at=AT + 181 * DAY) == 1
    row.refresh_from_db()
    assert row.text == ""
    assert sms.forget_texts(at=AT + 181 * DAY) == 0
    for kept in (waiting, failed):
        kept.refresh_from_db()
        assert (kept.text, bytes(kept.raw or b"")) == ("words", b"raw")


def test_deliveries_and_unreadable_bytes() -> None:
    def owed(state: str, ended: datetime | None) -> Delivery:
        return Delivery.objects.create(
            to="+923001110001", text="words", purpose="news", dedup_key=state, made_at=AT,
            expires_at=AT, next_try_at=AT, state=state, ended_at=ended,
        )  # fmt: skip

    delivered, waiting = owed("delivered", AT), owed("waiting", None)
    Unreadable.objects.create(pdu=b"?", why="short", received_at=AT)
    assert sms.forget_texts(at=AT + 179 * DAY) == 0
    assert sms.forget_texts(at=AT + 181 * DAY) == 2
    delivered.refresh_from_db()
    waiting.refresh_from_db()
    assert (delivered.text, waiting.text) == ("", "words")
    assert not Unreadable.objects.exists()


def test_sign_ins_notices_questions_and_invitations(settings: object) -> None:
    settings.ORIGIN = "https://desk.example.org"  # type: ignore[attr-defined]
    ali = Account.objects.get(name="ali")
    open_one, ended = (
        people.begin_session(account=ali, means="password", passkey=None, user_agent="", at=AT)[0]
        for _ in range(2)
    )
    people.end_session(session=ended.pk, account=ali, why="by me", at=AT)
    people.invite(account=ali, by="system", at=AT)
    people.ask_to_show(purpose="sign-in", browser="x", account=None, at=AT)
    kept: list[tuple[int, tuple[int, ...]]] = [
        (0, (2, 1, 1, 1)), (2, (2, 1, 0, 0)), (89, (2, 1, 0, 0)), (91, (1, 1, 0, 0)),
        (400, (1, 0, 0, 0)),
    ]  # fmt: skip
    people.tell_notices(account=ali, at=AT)
    for days, left in kept:
        at = AT + days * DAY
        people.see_session(session=open_one, at=at)
        with clock.fixed(at):
            people_tasks.forget.func()
        rows = (Session, Notice, Invitation, Challenge)
        assert tuple(row.objects.count() for row in rows) == left, days
    assert Session.objects.get().pk == open_one.pk


def test_the_job_does_what_the_action_does_and_may_run_twice() -> None:
    uploaded()
    with clock.fixed(AT + 3 * DAY):
        assert report_tasks.forget.func() == 1
        assert report_tasks.forget.func() == 0


def test_every_hour_eight_jobs_are_queued() -> None:
    schedule.forget()
    paths = sorted(DBTaskResult.objects.values_list("task_path", flat=True))
    assert paths == [
        "mohalla.channels.notices.tasks.forget",
        "mohalla.channels.push.tasks.forget",
        "mohalla.channels.sms.tasks.forget",
        "mohalla.foundation.people.tasks.forget",
        "mohalla.foundation.reports.tasks.forget",
        "mohalla.site.tasks.forget_results",
        "mohalla.stages.access.tasks.forget",
        "mohalla.station.response.tasks.forget",
    ]


def test_the_table_is_the_page() -> None:
    assert (ROOT / "docs/operations/retention.md").read_text() == page()
    assert all(row.why.endswith(".") and row.span for row in TABLE.values())
