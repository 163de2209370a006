"""One person, several doors: a missed call, a call back, a photograph by the web, a yes by SMS. One case."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.web.test_sms_loop import AMINA, Phone, phone, proof, viewer

from mohalla.channels import missed
from mohalla.channels.missed import Missed
from mohalla.foundation import clock, identifiers, limiter
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.places.models import Place
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports.models import Attachment, Message, Report
from mohalla.site.schedule import run_due
from mohalla.station.casework import actions as casework
from mohalla.station.casework import queries as cases
from mohalla.station.casework.models import Case

__all__ = ["phone"]

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (32, 24), "navy").save(out, "JPEG")
    return SimpleUploadedFile("lamp.jpg", out.getvalue(), "image/jpeg")


def test_one_case_one_history_no_double(phone: Phone) -> None:
    limiter.forget()
    for _told_twice in range(2):  # as services do
        missed.handler()(missed=Missed(key="ring-1", number=AMINA, line="help"), at=phone.at)
    run_due(at=phone.at)
    report = Report.objects.get()
    assert report.reference in phone.last()

    # somebody calls back, hears what it is, and writes it down in the file
    hina = viewer("T-005", phone.at)
    case = cases.case_for(hina, report.reference)
    casework.log_contact(
        case=case, officer=hina.officer, way="call", happened_at=phone.at, reached=True, at=phone.at
    )
    casework.note(
        case=case, officer=hina.officer, kind="note", at=phone.at,
        text="The lamp in the lane of Gul Bagh has been dark for a week.",
    )  # fmt: skip
    casework.classify(
        case=case, category="street_light", by=hina.by, at=phone.at,
        place=Place.objects.get(code="gul-bagh").pk,
    )  # fmt: skip

    # the receipt that she was told on the phone opens the web; a photograph follows
    receipt = identifiers.receipt_for(report.pk, 1)
    with clock.fixed(phone.at + MINUTE):
        page = Client(headers={"accept-language": "en"}).post(
            "/track/",
            {"receipt": receipt, "do": "message", "text": "this one", "files": [picture()]},
        )
    assert page.status_code == 200, page.content
    assert Attachment.objects.get().report_id == report.pk

    ali = viewer("C-114", phone.at)
    case = cases.case_for(ali, report.reference)
    casework.advance(case=case, officer=ali.officer, to="action", at=phone.at)
    casework.propose_outcome(
        case=case, officer=ali.officer, kind="solved", what_done="بلب بدل دیا گیا۔",
        artefacts=[proof(phone.at)], at=phone.at,
    )  # fmt: skip
    phone.wait(2 * MINUTE)
    assert report.reference in phone.last()
    phone.text("HAAN")
    case.refresh_from_db()
    assert case.closing == "confirmed"

    assert Report.objects.count() == Case.objects.count() == 1
    assert Message.objects.filter(report=report, officer=None).count() >= 1
    said = list(Entry.objects.filter(subject=report.reference).values_list("what", flat=True))
    assert said.count("report received") == 1
    assert said.count("verdict confirm") == 1
    assert (
        Promise.objects.filter(subject=report.reference, kind="outcome", state="kept").count() == 1
    )
