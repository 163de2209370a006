"""Several pieces of news that are due at once become one text; questions never do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from mohalla.channels.notices.actions import notify
from mohalla.channels.notices.port import Notice
from mohalla.channels.sms import actions, embedded
from mohalla.channels.sms.models import Delivery
from mohalla.channels.sms.rules import gathering

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # ten in the morning
AMINA, BANO = "+923001110001", "+923001110002"
SOON = timedelta(minutes=1)


def tell(subject: str, *, kind: str = "news", to: str = AMINA, at: datetime = AT,
         hours: tuple[int | None, int | None] = (None, None)) -> None:  # fmt: skip
    notice = Notice(
        kind=kind, address=to, text=f"There is news: {subject}", subject=subject, language="en",
        key=f"{subject}:{kind}:{at.isoformat()}", safe_hours=hours,
    )  # fmt: skip
    assert notify(notice=notice, at=at)


def shown(to: str = AMINA) -> list[str]:
    return [row.text for row in embedded.thread(number=to)]


def test_what_waited_for_her_hours_comes_as_one() -> None:
    for subject in ("A22", "B33", "C44"):
        tell(subject, hours=(14, 16))
    tell("D55", to=BANO, hours=(14, 16))
    tell("A22", kind="question", hours=(14, 16))
    embedded.deliver_due(at=AT)
    assert shown() == []
    embedded.deliver_due(at=AT + timedelta(hours=4))
    assert len(shown()) == 2
    assert any("on 3 of your requests" in text for text in shown())
    assert any("A22" in text for text in shown()), "a question comes as it is"
    assert shown(BANO) == ["There is news: D55"]


def test_one_piece_of_news_comes_as_it_is() -> None:
    tell("A22")
    embedded.deliver_due(at=AT)
    assert shown() == ["There is news: A22"]


def test_a_burst_waits_and_is_said_once() -> None:
    for n in range(gathering.BURST):
        tell(f"A{n}", at=AT + n * SOON)
        embedded.deliver_due(at=AT + n * SOON)
    assert len(shown()) == gathering.BURST
    for n in range(3, 8):
        tell(f"A{n}", at=AT + n * SOON)
        embedded.deliver_due(at=AT + n * SOON)
    assert len(shown()) == gathering.BURST, "the rest waits"
    embedded.deliver_due(at=AT + gathering.WINDOW * 2)
    assert len(shown()) == gathering.BURST + 1
    assert "on 5 of your requests" in shown()[-1]


def test_what_is_taken_back_is_in_no_text_and_the_others_are() -> None:
    for subject in ("A22", "B33", "C44"):
        tell(subject)
    from mohalla.channels.sms.actions.deliver_due import claim_due

    (row,) = claim_due(at=AT, limit=5)  # put together, and the worker died
    Delivery.objects.filter(pk=row.pk).update(state="waiting", claim=None)
    assert actions.cancel_news(subject="B33", at=AT) >= 0
    embedded.deliver_due(at=AT + SOON)
    assert len(shown()) == 1
    assert "on 2 of your requests" in shown()[0]


def test_the_spend_stop_holds_news_and_says_so(settings: Settings) -> None:
    settings.SMS_PARTS_A_DAY = 1
    tell("A22")
    embedded.deliver_due(at=AT)
    for subject in ("B33", "C44"):
        tell(subject, at=AT + SOON)
    tell("x", kind="reply", at=AT + SOON)
    tell("y", kind="danger", at=AT + SOON)
    embedded.deliver_due(at=AT + SOON)
    assert len(shown()) == 3, "the answer and the danger went"
    embedded.deliver_due(at=AT + timedelta(hours=25))
    assert "on 2 of your requests" in shown()[-1], "later, and as one"


@pytest.mark.parametrize(
    "subjects,one",
    [(["a"], False), (["a", "a"], False), (["a", "a", "a"], True), (["a", "b"], True)],
)
def test_when_it_is_one_text(subjects: list[str], one: bool) -> None:
    assert gathering.is_one_text(subjects) is one
