"""Short hands for tests that run cases in the demonstration district."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from mohalla.foundation.people.models import Officer
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports.submission import ContactWish, Submission
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Unit
from mohalla.foundation.units.rules.viewer import Viewer, viewer_at
from mohalla.site.demo.cast import OFFICERS
from mohalla.stages.access.actions import accept
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.outcome import Proof

SINCE = datetime(2026, 9, 1, tzinfo=UTC)
NOON = datetime(2026, 11, 17, 7, tzinfo=UTC)  # Tuesday, 12:00 in the district
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PHONE = "+923002220001"
_belts = {row.code: row.belt for row in OFFICERS}


def officer(code: str) -> Officer:
    return Officer.objects.get(belt=_belts[code])


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def viewer(code: str, at: datetime) -> Viewer:
    return viewer_at(units.directory(), officer=officer(code).pk, at=at)


def told(*, at: datetime = NOON, contact: ContactWish | None = None, **given: Any) -> Case:
    """A report through the form; a broken street light in Gul Bagh unless said otherwise."""
    wanted = {"door": "web", "text": "Gali ki batti kharab hai", "category": "street_light",
              "place": "gul-bagh"} | given  # fmt: skip
    wish = contact or ContactWish(kind="phone", value=PHONE)
    done = accept(submission=Submission(contact=wish, **wanted), at=at)
    return fresh(Case.objects.get(pk=done.report))


def fresh(case: Case) -> Case:
    """As the next request would load it."""
    return Case.objects.select_related("report", "unit").get(pk=case.pk)


def promise(case: Case, kind: str) -> Promise:
    """The latest promise of that kind."""
    return Promise.objects.filter(subject=case.reference, kind=kind).latest("made_at", "id")


def paper_proof(at: datetime) -> casework.Artefact:
    return casework.Artefact(kind=Proof.Kind.DOCUMENT, number="DD-17/26", taken_at=at)


def proposed(case: Case, *, at: datetime, who: str = "ali", words: str = "Bulb replaced") -> Case:
    """An outcome with proof, waiting for the reporter."""
    casework.propose_outcome(
        case=case, officer=officer(who).pk, kind="solved", what_done=words,
        artefacts=[paper_proof(at)], at=at,
    )  # fmt: skip
    return fresh(case)
