"""The paper that goes with evidence: what is known, from where; what is not known is left as a line.

Its fields are what PLD 2019 SC 675 (Ishtiaq Ahmed Mirza) asks of audio and video, as reported in the
press; a lawyer has not confirmed them. It states nothing that a row or the register does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mohalla.foundation.clock.dates import full_date
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.reports.actions.attach import COPIED, TAKEN_IN
from mohalla.foundation.reports.models import Attachment
from mohalla.foundation.text import visible
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.directory import Directory
from mohalla.station.casework import actions, hands, names
from mohalla.station.casework.hands import Hand
from mohalla.station.casework.models import Case, Custody
from mohalla.station.casework.rules import custody
from mohalla.station.casework.vocabulary import ACTS

LABORATORIES = frozenset({"pfsa", "kp_fsl"})
Fields = list[tuple[str, str]]  # (what is asked, what is known; empty: to be filled by hand)


@dataclass(frozen=True, kw_only=True)
class Maker:
    """Who takes the bundle away: officer and desk, and what it is for."""

    officer: int
    unit: int
    purpose: str


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One original. `acts`: (when, what, by whom, place in the register)."""

    number: int
    fields: Fields
    acts: list[tuple[str, str, str, str]]


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """Texts in one language."""

    reference: str
    made: str
    head: Fields
    pieces: list[Piece]
    device: list[tuple[str, str, str, str]]
    by_hand: list[str]
    log: str
    size: int


def of(
    case: Case, kept: list[tuple[int, Attachment]], acts: list[Hand], *, maker: Maker | None,
    tree: Checkpoint, language: str, at: datetime,
) -> Certificate:  # fmt: skip
    """In the language that is active."""
    directory = units.directory()
    say = _Speech(directory, language, named=maker is not None)
    return Certificate(
        reference=case.reference,
        made=full_date(at, language),
        head=_head(case, maker, say),
        pieces=[_piece(number, row, acts, say) for number, row in kept],
        device=[say.act(act) for act in acts if act.row and act.row.attachment_id is None],
        by_hand=_by_hand(),
        log=tree.origin,
        size=tree.size,
    )


@dataclass(frozen=True)
class _Speech:
    directory: Directory
    language: str
    named: bool

    def officer(self, key: int) -> str:
        """Rank, name and belt number: a court asks for persons. Nothing in a reporter's bundle."""
        fact = self.directory.officers.get(key) if self.named else None
        return names.officer(self.directory, key, self.language) if fact else ""

    def act(self, act: Hand) -> tuple[str, str, str, str]:
        """One line of the chain."""
        facts, row = act.entry.facts, act.row
        when = row.happened_at if row else act.entry.at
        said = [str(ACTS.get(act.entry.what, act.entry.what))]
        said.append(hands.to_whom(facts, self.directory, self.language))
        if row:
            words = actions.words_of(row)
            medium = Custody.Medium(row.medium).label if row.medium else ""
            said += [str(medium), visible(words.person), visible(words.number), visible(words.note)]
            if row.whole is not None:
                said.append(_("It is whole.") if row.whole else _("It is NOT what came in."))
        by = self.officer(act.officer) or names.said_by(
            self.directory, "" if act.officer else act.entry.by, self.language
        )
        place = "" if act.entry.position is None else str(act.entry.position)
        return full_date(when, self.language), " · ".join(filter(None, said)), str(by), place


def _head(case: Case, maker: Maker | None, say: _Speech) -> Fields:
    rows = [
        (_("Reference of the report"), case.reference),
        (_("Report received"), full_date(case.report.received_at, say.language)),
        (_("It came by"), names.door(case.report.door)),
        (_("FIR, where there is one"), _fir(case)),
    ]
    if maker:
        rows += [
            (_("Made by"), say.officer(maker.officer)),
            (_("Desk"), names.unit(say.directory, maker.unit, say.language)),
            (_("For"), visible(maker.purpose)),
        ]
    return rows


def _fir(case: Case) -> str:
    row = case.records.filter(kind="fir").order_by("-at").first()
    return visible(f"{row.number} · {row.sections}") if row else ""


def _piece(number: int, row: Attachment, acts: list[Hand], say: _Speech) -> Piece:
    mine = [act for act in acts if act.attachment == str(row.pk)]
    came = next((act for act in mine if act.entry.what == TAKEN_IN), None)
    return Piece(
        number=number,
        fields=[
            (_("What it is"), f"{row.media_type}, {row.size} B"),
            ("SHA-256", row.sha256),
            *_arrival(row, came, say),
            (_("Who recorded it, where and when"), ""),
            (_("Device it was recorded with (maker, model, IMEI or serial number)"), ""),
            (_("Where that device is now, and who keeps it"), ""),
            (_("Who is seen or heard, and who recognised them"), ""),
            (_("Whether it was recorded in the usual course, openly or secretly"), ""),
            (_("Who wrote down what is said on it"), ""),
            *_keeping(row, mine, came, say),
            *_laboratory(mine, say),
        ],
        acts=[say.act(act) for act in mine],
    )


def _arrival(row: Attachment, came: Hand | None, say: _Speech) -> Fields:
    at = full_date(row.uploaded_at, say.language)
    if came is None:
        known = _("{at}; it came before files had a place of their own in the register.")
        return [(_("Date and time it came in, by our clock"), known.format(at=at))]
    told = full_date(hands.moment(came.entry.facts, "told"), say.language)
    if came.officer:
        source = say.officer(came.officer) or _("an officer")
    else:
        source = _("from the person who made the report, directly, through nobody's hands")
    changed = (
        _("The page of the report makes photographs smaller on the sender's own device. What is kept is what arrived; the first file may still be on that device.")
        if came.entry.facts.get("door") == "web" and row.media_type == "image/jpeg"
        else _("Whether it was changed before it came in is not known here.")
    )  # fmt: skip
    return [
        (_("Date and time it came in, by our clock"), at),
        (_("Time by the sender's own clock, as told (not checked)"), told),
        (_("From whom it came"), source),
        (_("Before it came in"), changed),
    ]


def _keeping(row: Attachment, mine: list[Hand], came: Hand | None, say: _Speech) -> Fields:
    rows = [(
        _("How it was kept"),
        _("Sealed on disk, byte for byte, under the name of its hash; each act on it stands in a public register that cannot be changed unnoticed."),
    )]  # fmt: skip
    if came is not None and came.entry.position is not None:
        rows.append((
            _("That it was not edited since"),
            _("Its hash stands at place {place} of the register since it came in, and the file here has the same hash; it was read and compared when this was made.").format(place=came.entry.position),
        ))  # fmt: skip
    else:
        rows.append((
            _("That it was not edited since"),
            _("It was read and compared with the hash in our rows when this was made; in the register there is nothing about the day it came in."),
        ))  # fmt: skip
    if any(act.entry.what == COPIED for act in mine):
        rows.append((
            _("Working copy"),
            _("For looking at only: made anew from the picture, without place, device and time. It is not the evidence."),
        ))  # fmt: skip
    return rows


def _laboratory(mine: list[Hand], say: _Speech) -> Fields:
    sent = [
        say.act(act)
        for act in mine
        if act.entry.what == custody.HANDED and act.entry.facts.get("holder") in LABORATORIES
    ]
    known = "; ".join(f"{when}: {what}" for when, what, _by, _place in sent)
    return [
        (_("Sent to a forensic laboratory"), known),
        (_("Forensic report: by whom, number, date, result (still needed; none is part of this)"), ""),
    ]  # fmt: skip


def _by_hand() -> list[str]:
    return [_("Name"), _("Rank and belt number"), _("Signature"), _("Date")]
