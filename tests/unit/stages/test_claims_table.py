"""What the one who lost the receipt reads, and when: `tests/golden/claims.csv`, row by row."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import paper

from mohalla.foundation.units.rules.exclusion import Exclusion
from mohalla.stages.access.rules.claims import WAIT, decider, standing, why_not

ROWS = paper.golden("claims")
ASKED = paper.local("2026-11-17 10:00")


@pytest.mark.parametrize("row", ROWS, ids=[" | ".join(row.values()) for row in ROWS])
def test_row(row: dict[str, str]) -> None:
    found = standing(
        matched=row["matched"] == "yes",
        decision=row["decision"],
        stands=row["stands"] == "yes",
        opens_at=ASKED + WAIT,
        at=ASKED + timedelta(hours=int(row["hours"])),
    )
    assert found == row["state"]


@pytest.mark.parametrize(
    "desk,officer,excluded,away,wanted",
    [
        ("thana-chinar", "ali", "", "", "sdpo-sangbagh rashid"),
        ("thana-chinar", "ali", "sdpo-sangbagh", "", "dpo-sangbagh haroon"),
        ("triage-desk", "hina", "", "", "mohtasib farah"),
        ("mohtasib", "zohra", "", "", "mohtasib farah"),
        ("mohtasib", "farah", "", "", "mohtasib zohra"),
        ("mohtasib", "farah", "", "zohra", "mohtasib nobody"),
    ],
)
def test_who_decides(desk: str, officer: str, excluded: str, away: str, wanted: str) -> None:
    found = decider(
        paper.directory(away=paper.officers(away)),
        desk=paper.UNIT[desk],
        officer=paper.OFFICER.get(officer),
        filed_by=None,
        excluded=Exclusion(units=dict.fromkeys(paper.units(excluded), "named")),
        at=ASKED,
    )
    assert paper.told(found) == wanted


@pytest.mark.parametrize(
    "officer,desk,has_desk,owner,wanted",
    [
        ("rashid", "sdpo-sangbagh", "thana-chinar", "ali", ""),
        ("rashid", "sdpo-sangbagh", "sdpo-sangbagh", "ali", "same_desk"),
        ("rashid", "sdpo-sangbagh", "thana-chinar", "rashid", "own"),
        ("farah", "mohtasib", "mohtasib", "farah", "own"),
        ("zohra", "mohtasib", "mohtasib", "farah", ""),
    ],
)
def test_who_may_not(officer: str, desk: str, has_desk: str, owner: str, wanted: str) -> None:
    found = why_not(
        paper.directory(),
        officer=paper.OFFICER[officer],
        desks=paper.units(desk),
        has_case=(paper.UNIT[has_desk], paper.OFFICER[owner]),
        filed_by=None,
    )
    assert found == wanted
