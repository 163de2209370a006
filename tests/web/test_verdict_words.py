"""What is asked with a proposal fits what was proposed: a matter passed on is not "solved"."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.district import District, filed

from mohalla.station.casework import actions
from mohalla.station.casework.actions import Artefact, Referral

ASKED = {
    "solved": ("Is it solved?", "Yes, it is solved"),
    "referred": ("Do you agree", "Yes, I agree"),
}


@pytest.mark.parametrize("kind,other", [("solved", "referred"), ("referred", "solved")])
def test_the_question_of_each_kind(district: District, kind: str, other: str) -> None:
    case, receipt = filed(district, text="The lamp is broken", category="street_light")
    actions.propose_outcome(
        case=case, officer=district.ali.pk, kind=kind, what_done="Letter sent",
        artefacts=[Artefact(kind="document", number="DD-7", taken_at=district.at)],
        referral=Referral(body="TMA", number="T-7", answer_on=district.at.date()), at=district.at,
    )  # fmt: skip
    page = Client().post("/en/track/", {"receipt": receipt}).content.decode()
    assert all(words in page for words in ASKED[kind])
    assert not any(words in page for words in ASKED[other])
