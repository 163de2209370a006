"""Try every path to help, end to end, every day: up to the desk that would ring, and then taken back.

What is tried goes the whole way (page, carrier, dialogue, routing, the desk's list) inside a
transaction that is rolled back: no desk sounds, and no figure counts it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import httpx
from django.conf import settings
from django.core import signing
from django.db import DatabaseError, transaction

from mohalla.channels import keyed, missed
from mohalla.channels.keyed import Pressed
from mohalla.channels.missed import Missed
from mohalla.channels.sms import actions as sms
from mohalla.channels.sms.setting import own_number
from mohalla.stages.access.actions.call_for_help import call_for_help
from mohalla.stages.access.actions.hear import heard_as
from mohalla.stages.access.models import Rehearsal
from mohalla.stages.access.rules import paths
from mohalla.station.response import queries
from mohalla.station.response.models import Alarm

_log = logging.getLogger(__name__)
HEADER, WORD = "X-Rehearsal", "REHEARSAL"
SALT, GOOD_FOR = "rehearsal", 26 * 3600  # seconds; a carrier may take its time
NOBODY_RINGS = "it rings at no desk"
PROBE = "+923000000000"  # never called: everything is taken back
PATIENCE = 10.0  # seconds
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Silent(Exception):
    """Help was called and nobody would have heard."""


def begin_due(*, at: datetime) -> int:
    """Begin what is due; how many. Texts come back by themselves, or do not."""
    begun = 0
    for path in offered():
        last = Rehearsal.objects.filter(path=path).order_by("-begun_at").first()
        if paths.is_due(last.begun_at if last else None, at):
            row = Rehearsal.objects.create(path=path, begun_at=at)
            _BEGIN[path](row, at)
            begun += 1
    return begun


def offered() -> tuple[str, ...]:
    """The paths that this installation has."""
    doors = {
        paths.USSD: bool(settings.USSD_SECRET),
        paths.MISSED: bool(settings.MISSED_SECRET and settings.DANGER_NUMBER),
    }
    return tuple(path for path in _BEGIN if doors.get(path, True))


def finish(*, key: UUID, problem: str, at: datetime) -> None:
    """How it came out; a second message about the same one changes nothing."""
    Rehearsal.objects.filter(pk=key, done_at=None).update(done_at=at, problem=problem[:200])
    if problem:
        _log.error("a path to help does not work: %s", problem)


def token(row: Rehearsal) -> str:
    """What shows that we ourselves are trying; good for a day."""
    return signing.TimestampSigner(salt=SALT).sign(row.pk.hex)


def shown(told: str) -> UUID | None:
    """Which rehearsal this token is of, or None."""
    try:
        return UUID(signing.TimestampSigner(salt=SALT).unsign(told, max_age=GOOD_FOR))
    except (signing.BadSignature, ValueError):
        return None


def rung(call: Callable[[], object], *, at: datetime) -> None:
    """Call for help, see that a desk would ring, and take all of it back. Raises `Silent`."""
    heard = False
    with transaction.atomic():
        before = set(Alarm.objects.open().values_list("pk", flat=True))
        call()
        new = [row for row in Alarm.objects.open() if row.pk not in before]
        heard = any(queries.rings(row, at=at) for row in new)
        transaction.set_rollback(True)
    if not heard:
        raise Silent


def text_came_back(text: str, *, at: datetime) -> bool:
    """Whether a text is a rehearsal that went out through the carrier; then it is finished."""
    word, _space, told = text.strip().partition(" ")
    key = shown(told.strip()) if word == WORD else None
    if key is None:
        return False
    _tried(key, lambda: heard_as(number=PROBE, text="SOS", at=at), at)
    return True


def _tried(key: UUID, call: Callable[[], object], at: datetime) -> None:
    try:
        rung(call, at=at)
    except Silent:
        finish(key=key, problem=NOBODY_RINGS, at=at)
    except DatabaseError:
        raise
    except Exception as error:
        finish(key=key, problem=type(error).__name__, at=at)
    else:
        finish(key=key, problem="", at=at)


def _web(row: Rehearsal, at: datetime) -> None:
    """Over HTTP, as a phone does: the page, and the press."""
    try:
        with httpx.Client(
            base_url=f"http://{settings.OWN_ADDRESS}", timeout=PATIENCE, trust_env=False,
            headers={"X-Forwarded-Proto": "https"} if settings.SECURE_PROXY_SSL_HEADER else None,
        ) as client:  # fmt: skip
            page = client.get("/en/help/")
            form = _TOKEN.search(page.text)
            pressed = client.post(
                "/en/help/",
                headers={HEADER: token(row), "Referer": f"{client.base_url}en/help/"},
                data={"key": str(uuid4()), "csrfmiddlewaretoken": form[1] if form else ""},
            )
        well = page.status_code == 200 and pressed.status_code == 204
        problem = "" if well else f"the page answered {page.status_code} and {pressed.status_code}"
    except httpx.HTTPError as error:
        problem = f"the page cannot be reached: {type(error).__name__}"
    finish(key=row.pk, problem=problem, at=at)


def _sms(row: Rehearsal, at: datetime) -> None:
    """A text to ourselves, through the carrier and back."""
    sms.send(
        to=settings.SMS_ECHO or own_number(), text=f"{WORD} {token(row)}", purpose="rehearsal",
        subject="rehearsal", dedup_key=f"rehearsal:{row.pk}", at=at,
        expires_at=at + timedelta(hours=12),
    )  # fmt: skip


def _ussd(row: Rehearsal, at: datetime) -> None:
    pressed = Pressed(door="ussd", session=row.pk.hex, number=PROBE, given=("9",))
    _tried(row.pk, lambda: keyed.handler()(pressed=pressed, at=at), at)


def _missed(row: Rehearsal, at: datetime) -> None:
    told = Missed(key=row.pk.hex, number=PROBE, line="danger")
    _tried(row.pk, lambda: missed.handler()(missed=told, at=at), at)


def _timer(row: Rehearsal, at: datetime) -> None:
    """What a journey does that nobody ended."""
    _tried(
        row.pk,
        lambda: call_for_help(
            door="timer", language="ur", words="", spot=None, phone=PROBE, key=row.pk.hex, at=at
        ),
        at,
    )


_BEGIN: dict[str, Callable[[Rehearsal, datetime], None]] = {
    paths.WEB: _web, paths.SMS: _sms, paths.USSD: _ussd, paths.MISSED: _missed,
    paths.TIMER: _timer,
}  # fmt: skip
