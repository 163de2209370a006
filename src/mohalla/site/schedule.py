"""What happens by the clock: promises, reminders to silent reporters, texts, housekeeping."""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from django.db import DatabaseError, close_old_connections

from mohalla.channels.notices import actions as notices
from mohalla.channels.notices import tasks as notices_tasks
from mohalla.channels.push import actions as push
from mohalla.channels.push import setting as push_setting
from mohalla.channels.push import tasks as push_tasks
from mohalla.channels.push.embedded import EmbeddedTransport
from mohalla.channels.sms import actions as sms
from mohalla.channels.sms import embedded, setting
from mohalla.channels.sms import tasks as sms_tasks
from mohalla.foundation import clock
from mohalla.foundation.jobs import signs
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.people import tasks as people_tasks
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports import tasks as report_tasks
from mohalla.site import tasks as site_tasks
from mohalla.stages.access import tasks as access_tasks
from mohalla.stages.access.actions import claim as claims
from mohalla.stages.access.actions import journey
from mohalla.station.casework import actions as casework
from mohalla.station.response import actions as response
from mohalla.station.response import tasks as response_tasks

_log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds between two looks
WITNESS_PAUSE = 5.0  # seconds between two times of asking for cosignatures
EVERY = 60  # looks between two rounds of what is not urgent
HOURLY = 3600  # looks between two rounds of forgetting


def run_due(*, at: datetime) -> int:
    """Everything due at `at`; safe to run at any time, twice, and by two processes."""
    done = response.climb_due(at=at) + response.climb_children(at=at) + journey.watch(at=at)
    done += casework.ask_alone(at=at)  # before the clock breaks what was to be asked
    while batch := promises.tick(at=at):
        done += batch
    done += casework.ask_again(at=at)
    done += claims.look(at=at) + claims.keep_desks(at=at)
    done += sms.handle_due(at=at)
    reports.index_words()
    if setting.configured().scheme == "embedded":
        while batch := notices.turn(transport=embedded.EmbeddedTransport(), at=at):
            done += batch
        done += embedded.deliver_due(at=at)
    if not push_setting.is_web():
        done += push.deliver_due(transport=EmbeddedTransport(), at=at)
    lay(at=at)
    return done


def lay(*, at: datetime) -> None:
    """Lay what happened into the public log; what stands in the way stops nothing else."""
    try:
        while ledger.sequence(at=at):
            pass
    except (ledger.DatabaseBehind, ledger.LogLost) as error:
        _log.error("nothing is laid into the log: %s; see `mohalla log check`", error)


def forget() -> None:
    """Put the jobs of `jobs.retention` into the queue; one too many does no harm."""
    for job in (
        report_tasks.forget,
        sms_tasks.forget,
        push_tasks.forget,
        notices_tasks.forget,
        access_tasks.forget,
        response_tasks.forget,
        people_tasks.forget,
        site_tasks.forget_results,
    ):
        job.enqueue()


def run(stop: threading.Event) -> None:
    """The scheduler's loop, until `stop`; a database that is away is waited for."""
    looks = 0
    threading.Thread(target=_ask_witnesses, args=(stop,), daemon=True).start()
    while not stop.is_set():
        try:
            at = clock.now()
            response.climb_due(at=at)
            response.climb_children(at=at)
            journey.watch(at=at)
            if looks % EVERY == 0:
                casework.ask_alone(at=at)
            while promises.tick(at=at):
                pass
            claims.look(at=at)
            lay(at=at)
            reports.index_words(all_of_them=looks % HOURLY == 0)
            if looks % EVERY == 0:
                casework.ask_again(at=at)
                claims.keep_desks(at=at)
            if looks % HOURLY == HOURLY // 60:  # not in the first minute: the server begins as well
                access_tasks.rehearse.enqueue()
            if looks % HOURLY == 0:
                forget()
            signs.beat("scheduler", at=at)
            looks += 1
        except DatabaseError:
            _log.exception("the scheduler waits for the database")
            close_old_connections()
            stop.wait(5)
        stop.wait(PAUSE)


def _ask_witnesses(stop: threading.Event) -> None:
    """By itself: a witness that is slow holds up nothing here."""
    while not stop.wait(WITNESS_PAUSE):
        try:
            ledger.cosign(at=clock.now())
        except Exception:
            _log.exception("the witnesses could not be asked")
