"""Who listens to what: the one readable list."""

from __future__ import annotations

from datetime import datetime

from mohalla.channels import keyed, missed
from mohalla.channels.notices import actions as notices
from mohalla.channels.sms import actions as sms
from mohalla.channels.sms import handler, riders, setting
from mohalla.channels.sms.handler import InboundSms
from mohalla.foundation.approvals import acts
from mohalla.foundation.events import subscribe
from mohalla.foundation.keys import actions as keys
from mohalla.foundation.ledger import files as ledger_files
from mohalla.foundation.people import actions as people
from mohalla.foundation.people import events as people_events
from mohalla.foundation.promises import events as promises
from mohalla.foundation.reports import events as reports
from mohalla.foundation.reports import tasks as report_tasks
from mohalla.foundation.units import events as units
from mohalla.site import upheld
from mohalla.stages.access.actions import let_go, news, trusted
from mohalla.stages.access.actions.hear import hear
from mohalla.stages.access.actions.press import press
from mohalla.stages.access.actions.rang import rang
from mohalla.stages.access.actions.rehearse import text_came_back
from mohalla.station.casework import approving, listeners
from mohalla.station.casework import events as casework
from mohalla.station.casework import files as casework_files
from mohalla.station.casework.models.case import ROOM
from mohalla.station.response import events as alarm_events
from mohalla.station.response import files as response_files
from mohalla.station.response import listeners as response


def connect() -> None:
    """Subscribe every room to the events it lives on, in the order in which they run."""
    subscribe(reports.AttachmentKept, copy_wanted)
    subscribe(promises.Broken, listeners.promise_broken)
    subscribe(promises.Broken, news.broken)
    subscribe(units.PostingStarted, listeners.posting_started)
    subscribe(units.PostingEnded, listeners.posting_ended)
    subscribe(units.PostingEnded, transferred)
    subscribe(units.PostingEnded, desk_key_ends)
    subscribe(units.OfficerAway, listeners.officer_away)
    subscribe(units.OfficerAway, suspended)
    subscribe(people_events.PasskeyRemoved, key_box_ends)
    subscribe(people_events.AccountClosed, officer_key_ends)
    subscribe(casework.DangerTold, response.danger_told)
    subscribe(casework.ChildMissing, response.child_missing)
    subscribe(casework.NewOwner, response.new_owner)
    subscribe(casework.Closed, response.closed)
    subscribe(alarm_events.AlarmMoved, news.alarm_moved)
    subscribe(alarm_events.AlarmMoved, trusted.alarm_moved)
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
    subscribe(casework.Agreed, news.agreed)
    subscribe(casework.WordsDestroyed, let_go.words_destroyed)
    subscribe(reports.BytesUnwanted, bytes_unwanted)
    for act in (*approving.ACTS, upheld.ACT):
        acts.register(act)
    handler.register(heard)
    riders.register(notices.turn)
    keyed.register(press)
    missed.register(rang)
    ledger_files.watch(ROOM, (*casework_files.TABLES, *response_files.TABLES))


def transferred(ended: units.PostingEnded) -> None:
    """Whoever is transferred signs in anew, with the desks that are left."""
    people.end_sessions_of(officer=ended.officer, why="posting", at=ended.at)


def suspended(away: units.OfficerAway) -> None:
    """Leave keeps session and boxes, which show nothing; a suspension ends them."""
    if away.suspended:
        people.end_sessions_of(officer=away.officer, why="suspended", at=away.at)
        keys.end_boxes_of(officer=away.officer, why="suspended", at=away.at)


def desk_key_ends(ended: units.PostingEnded) -> None:
    """The desk's sealed reports open no more to whoever left it."""
    keys.end_boxes_at(officer=ended.officer, unit=ended.unit, why="posting", at=ended.at)


def key_box_ends(removed: people_events.PasskeyRemoved) -> None:
    """What lay behind the passkey is given out no more."""
    if removed.officer is not None:
        keys.end_behind_passkey(passkey=removed.passkey, officer=removed.officer, at=removed.at)


def officer_key_ends(closed: people_events.AccountClosed) -> None:
    """Who cannot sign in keeps no key."""
    if closed.officer is not None:
        keys.revoke_officer_key(officer=closed.officer, why="closed", by=None, at=closed.at)


def copy_wanted(kept: reports.AttachmentKept) -> None:
    """The job exists exactly when the original does."""
    report_tasks.copy.enqueue(str(kept.attachment))


def bytes_unwanted(gone: reports.BytesUnwanted) -> None:
    """The job exists exactly when the rows do not name these files any more."""
    report_tasks.drop_bytes.enqueue(list(gone.files))


def heard(*, inbound: InboundSms, at: datetime) -> None:
    """Texts that reach us go to the front desk's dialogue."""
    if text_came_back(inbound.text, at=at):
        return
    hear(key=inbound.id, number=inbound.sender, text=inbound.text, repeats=inbound.repeats, at=at)
    if setting.configured().scheme != "embedded":  # there the row itself is somebody's phone
        sms.clear_words(inbound_id=inbound.id)  # the report holds them now, sealed
