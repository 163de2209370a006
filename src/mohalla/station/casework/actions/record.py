"""FIR, diary entry, written refusal, and the letter that informs the informant."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from mohalla.foundation import clock, events, seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.owner import Owner, next_owner
from mohalla.station.casework import queries
from mohalla.station.casework.actions.address import address
from mohalla.station.casework.actions.stage import move, move_forward
from mohalla.station.casework.events import Recorded
from mohalla.station.casework.models import Case, Record
from mohalla.station.casework.models.case import ROOM

INFORM_EVERY = timedelta(days=14)  # s. 173
NON_REGISTRATION = timedelta(hours=72)
FINAL = {"challan", "untraced", "cancelled", "closed"}
Kind = Record.Kind


class NumberMissing(Exception):
    """An entry without its number is no entry."""


class ReasonMissing(Exception):
    """A refusal is in writing, with the reason and the law. `reason`: words, law."""

    def __init__(self, reason: str = "words") -> None:
        super().__init__(reason)
        self.reason = reason


class FirMissing(Exception):
    """Before the FIR nobody is informed of an investigation: there is none."""


def record_fir(
    *, case: Case, officer: int, number: str, dated_on: date, sections: str, at: datetime
) -> Record:
    """The FIR's number, date and sections; the informant's copy and the 14-day duty begin here."""
    if not number.strip():
        raise NumberMissing
    by = f"officer:{officer}"
    with transaction.atomic():
        row = _row(
            case, Kind.FIR, officer, at,
            number=number, dated_on=dated_on, sections=sections, unit=_station(case),
        )  # fmt: skip
        _keep(case, "record", by, at)
        _keep(case, "non_registration", by, at)
        move_forward(case=case, to="fir_recorded", by=by, at=at)
        _owe_information(case, officer, at)
        events.publish(Recorded(case=case.pk, kind=Kind.FIR, at=at))
    return row


def record_diary(*, case: Case, officer: int, number: str, dated_on: date, at: datetime) -> Record:
    """A non-cognizable matter stands in the roznamcha under this number."""
    if not number.strip():
        raise NumberMissing
    by = f"officer:{officer}"
    with transaction.atomic():
        row = _row(case, Kind.DIARY, officer, at, number=number, dated_on=dated_on)
        _keep(case, "diary", by, at)
        move_forward(case=case, to="diary", by=by, at=at)
        events.publish(Recorded(case=case.pk, kind=Kind.DIARY, at=at))
    return row


def refuse_fir(*, case: Case, officer: int, reason: str, law: str, at: datetime) -> Record:
    """The refusal breaks the promise, and the clock of non-registration starts by itself:
    72 hours, one level up, outside the unit that refused. Where that next level refuses too, in
    writing, it has answered; the petition is open to the person in both cases."""
    if not reason.strip():
        raise ReasonMissing
    if not law.strip():
        raise ReasonMissing("law")
    by = f"officer:{officer}"
    with transaction.atomic():
        answers = _answers_for(case, officer, at)
        unit = answers.unit_id if answers else case.unit_id
        row = _row(
            case, Kind.REFUSAL, officer, at, dated_on=_day(at), sections=law, text=reason, unit=unit
        )
        promise = queries.open_promise(case, "record")
        if promise is not None:
            promises.break_promise(promise=promise, ended_at=at, by=by, at=at, reason="refused")
        if answers is not None:
            promises.end(promise=answers, state=State.KEPT, by=by, at=at, reason="refused")
        else:
            start_non_registration(case=case, by=by, at=at)
        events.publish(Recorded(case=case.pk, kind=Kind.REFUSAL, at=at))
    return row


def _answers_for(case: Case, officer: int, at: datetime) -> Promise | None:
    """The open question why no FIR was recorded, where it is this officer's desk that owes it."""
    asked = queries.open_promise(case, "non_registration")
    posted = {row.unit for row in units.directory().postings_of(officer, at)}
    return asked if asked is not None and asked.unit_id in posted else None


def start_non_registration(*, case: Case, by: str, at: datetime) -> None:
    """Owed by the next level; once per case while it is open."""
    if case.unit_id is None or queries.open_promise(case, "non_registration"):
        return
    upper = next_owner(
        units.directory(),
        unit=case.unit_id,
        at=at,
        excluded=units.barred(room=ROOM, subject=case.reference),
    )
    if upper is not None:
        address(case=case, owner=upper, why="non-registration", by=by, at=at, lead=False)
        promises.make(
            promises.Owed(
                room=ROOM, subject=case.reference, kind="non_registration", owner=upper,
                made_at=at, due_at=at + NON_REGISTRATION,
            ),
            by=by,
        )  # fmt: skip


def record_decision(*, case: Case, officer: int, reason: str, at: datetime) -> Record:
    """Why a case ends over the objection: the person reads it, and may carry it further."""
    return _row(case, Kind.DECISION, officer, at, dated_on=_day(at), text=reason)


def text_of(record: Record) -> str:
    """What was written, opened."""
    return seal.unseal(record.text) if record.sealed and record.text else record.text


def inform(*, case: Case, officer: int, text: str, at: datetime) -> Record:
    """What was done so far, in words (s. 173); the next letter is owed 14 days later."""
    if queries.fir_of(case) is None:
        raise FirMissing(case.reference)
    if not text.strip():
        raise ReasonMissing
    by = f"officer:{officer}"
    with transaction.atomic():
        row = _row(case, Kind.LETTER, officer, at, dated_on=_day(at), text=text)
        _keep(case, "inform", by, at)
        if case.stage not in FINAL:
            _owe_information(case, officer, at)
        events.publish(Recorded(case=case.pk, kind=Kind.LETTER, at=at))
    return row


def advance(*, case: Case, officer: int, to: str, at: datetime, why: str = "") -> Case:
    """A stage that the desk moves by hand; the last ones end the duty to inform."""
    by = f"officer:{officer}"
    with transaction.atomic():
        move(case=case, to=to, by=by, at=at, why=why)
        if to in {"verification", "enquiry"}:
            _keep(case, to, by, at)
        if to == "verification":
            _owe_enquiry(case, at)
        if to in FINAL:
            promise = queries.open_promise(case, "inform")
            if promise is not None:
                promises.end(promise=promise, state=State.ENDED, by=by, at=at, reason=to)
    return case


def _owe_information(case: Case, officer: int, at: datetime) -> None:
    if case.unit_id is not None and not queries.open_promise(case, "inform"):
        promises.make(
            promises.Owed(
                room=ROOM, subject=case.reference, kind="inform",
                owner=Owner(unit=case.unit_id, officer=case.officer_id or officer),
                made_at=at, due_at=at + INFORM_EVERY,
            ),
            by=f"officer:{officer}",
        )  # fmt: skip


def _owe_enquiry(case: Case, at: datetime) -> None:
    category = queries.category_of(case)
    span = category.clocks.get("enquiry") if category else None
    if span is not None and case.unit_id is not None:
        promises.make(
            promises.Owed(
                room=ROOM, subject=case.reference, kind="enquiry",
                owner=Owner(unit=case.unit_id, officer=case.officer_id),
                made_at=at, due_at=at + span,
            ),
            by="system",
        )  # fmt: skip


def _station(case: Case) -> int | None:
    """An FIR stands in a station's book: the desk's own, else that of the place."""
    directory = units.directory()
    if case.unit_id is not None and directory.units[case.unit_id].kind == "station":
        return case.unit_id
    beat = directory.beat_of(case.place_id) if case.place_id else None
    return beat.station if beat else case.unit_id


def _day(at: datetime) -> date:
    return timezone.localdate(at, clock.PKT)


def _keep(case: Case, kind: str, by: str, at: datetime) -> None:
    promise = queries.open_promise(case, kind)
    if promise is not None:
        promises.end(promise=promise, state=State.KEPT, by=by, at=at)


def _row(
    case: Case,
    kind: str,
    officer: int,
    at: datetime,
    *,
    dated_on: date,
    number: str = "",
    sections: str = "",
    text: str = "",
    unit: int | None = None,
) -> Record:
    sealed = case.sensitivity != "C1"
    ledger.record(
        what=f"record {kind}", room=ROOM, subject=case.reference, by=f"officer:{officer}", at=at
    )
    return Record.objects.create(
        case=case,
        kind=kind,
        number=number.strip(),
        dated_on=dated_on,
        sections=sections.strip(),
        text=seal.seal(text) if sealed and text else text,
        sealed=sealed,
        unit_id=unit or case.unit_id,
        officer_id=officer,
        at=at,
    )
