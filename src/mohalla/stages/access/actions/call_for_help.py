"""One press, and help is called: a report with danger now, before anything is asked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation.reports.submission import ContactWish, Submission
from mohalla.stages.access.actions import said
from mohalla.stages.access.actions.accept import Acknowledgement, accept
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case
from mohalla.station.response import actions as response

Spot = tuple[float, float, float]  # latitude, longitude, radius in metres


def call_for_help(
    *,
    door: str,
    language: str,
    words: str,
    spot: Spot | None,
    phone: str,
    key: str,
    at: datetime,
) -> Acknowledgement:
    """`words` may be a place, or nothing: then SOS stands there. The same `key` calls once.

    Raises `ReportRefused` as every report does. The exact place goes to the alarm alone, where it is
    deleted with it; the report keeps the mohalla.
    """
    with transaction.atomic():
        kept = accept(
            submission=Submission(
                door=door,
                language=language,
                text=words.strip() or "SOS",
                danger=True,
                landmark=words.strip()[:300],
                lat=round(spot[0], 3) if spot else None,
                lon=round(spot[1], 3) if spot else None,
                contact=ContactWish(kind="phone", value=phone, way="call") if phone else None,
                idempotency_key=key,
            ),
            at=at,
            body_hash="help",
        )
        case = Case.objects.select_related("report", "unit").get(pk=kept.report)
        if kept.fresh and words.strip() and case.place_id is None:
            _find(case, words, at)
        if spot is not None:
            response.show_place(case=case, lat=spot[0], lon=spot[1], radius=spot[2], at=at)
    return kept


def add_place(*, case: Case, words: str, door: str, at: datetime) -> None:
    """Where she is, in words: kept as she said it, and placed where it is sure."""
    with transaction.atomic():
        casework.say(case=case, text=words, door=door, at=at, owes=False)
        _find(case, words, at)


def _find(case: Case, words: str, at: datetime) -> None:
    found = said.place_in(words, at=at)
    if found is not None:
        said.put_place(case=case, place=found, at=at)
