"""Who listens to what: the one readable list."""

from __future__ import annotations

from datetime import datetime

from mohalla.channels.sms import actions as sms
from mohalla.channels.sms import handler, setting
from mohalla.channels.sms.handler import InboundSms
from mohalla.foundation.events import subscribe
from mohalla.foundation.ledger import files as ledger_files
from mohalla.foundation.people import actions as people
from mohalla.foundation.promises import events as promises
from mohalla.foundation.reports import events as reports
from mohalla.foundation.reports import tasks as report_tasks
from mohalla.foundation.units import events as units
from mohalla.stages.access.actions import news
from mohalla.stages.access.actions.hear import hear
from mohalla.station.casework import events as casework
from mohalla.station.casework import files as casework_files
from mohalla.station.casework import listeners
from mohalla.station.casework.models.case import ROOM


def connect() -> None:
    """Subscribe every room to the events it lives on, in the order in which they run."""
    subscribe(reports.AttachmentKept, copy_wanted)
    subscribe(promises.Broken, listeners.promise_broken)
    subscribe(promises.Broken, news.broken)
    subscribe(units.PostingStarted, listeners.posting_started)
    subscribe(units.PostingEnded, listeners.posting_ended)
    subscribe(units.PostingEnded, transferred)
    subscribe(units.OfficerAway, listeners.officer_away)
    subscribe(units.OfficerAway, suspended)
    subscribe(casework.ContactLogged, news.contact_logged)
    subscribe(casework.Answered, news.answered)
    subscribe(casework.Recorded, news.recorded)
    subscribe(casework.OutcomeProposed, news.outcome_proposed)
    subscribe(casework.AskedAgain, news.asked_again)
    subscribe(casework.AskedAlone, news.asked_alone)
    subscribe(casework.Kept, news.kept)
    subscribe(casework.Reopened, news.reopened)
    subscribe(casework.NewOwner, news.new_owner)
    subscribe(casework.Decided, news.decided)
    subscribe(casework.WithdrawalAsked, news.withdrawal_asked)
    handler.register(heard)
    ledger_files.watch(ROOM, casework_files.TABLES)


def transferred(ended: units.PostingEnded) -> None:
    """Whoever is transferred signs in anew, with the desks that are left."""
    people.end_sessions_of(officer=ended.officer, why="posting", at=ended.at)


def suspended(away: units.OfficerAway) -> None:
    """Leave keeps the session, which shows nothing; a suspension ends it."""
    if away.suspended:
        people.end_sessions_of(officer=away.officer, why="suspended", at=away.at)


def copy_wanted(kept: reports.AttachmentKept) -> None:
    """The job exists exactly when the original does."""
    report_tasks.copy.enqueue(str(kept.attachment))


def heard(*, inbound: InboundSms, at: datetime) -> None:
    """Texts that reach us go to the front desk's dialogue."""
    hear(key=inbound.id, number=inbound.sender, text=inbound.text, repeats=inbound.repeats, at=at)
    if setting.configured().scheme != "embedded":  # there the row itself is somebody's phone
        sms.clear_words(inbound_id=inbound.id)  # the report holds them now, sealed
