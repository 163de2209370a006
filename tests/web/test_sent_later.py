"""What a phone kept without network and sends later: once, by its own clock, sealed to keys in force."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.device import Device, desk_key
from tests.district import NOON, District, build

from mohalla.foundation import clock, identifiers, limiter
from mohalla.foundation.keys.models import DeskKey
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports.models import Message, Report
from mohalla.site import scripts
from mohalla.site.views.reading import WIPED
from mohalla.station.casework.models import Case

pytestmark = pytest.mark.django_db
KEY = "5f3a2f0e-2f6a-4a2e-9a51-0d7f1f6f4a11"
QUEUE = {"accept": "application/json"}
WORDS = "The lamp in our lane is broken"


@pytest.fixture
def district(settings: Any, tmp_path: Path) -> Iterator[District]:
    settings.FILES_DIR = tmp_path / "files"
    limiter.forget()
    with clock.fixed(NOON):
        yield build(NOON)


def sent(client: Client, **fields: str) -> Any:
    body = {"step": "check", "go": "send", "key": KEY, "text": WORDS, **fields}
    return client.post("/en/report/", body, headers=QUEUE)


def test_a_queue_gets_reference_and_receipt_and_no_page(client: Client, district: District) -> None:
    told = sent(client).json()
    assert set(told) == {"reference", "receipt"}
    assert sent(client).json() == told
    assert Report.objects.count() == 1


def test_changed_after_it_was_sent_both_are_kept_however_often(
    client: Client, district: District
) -> None:
    first = sent(client).json()
    second = sent(client, text="It is two lamps").json()
    assert second["reference"] != first["reference"]
    for _again in range(3):  # the answer to the changed one was lost, too
        assert sent(client, text="It is two lamps").json() == second
        assert sent(client).json() == first
    assert Report.objects.count() == 2


def test_the_phones_time_is_kept_beside_ours(client: Client, district: District) -> None:
    written = NOON - timedelta(days=3)
    reference = sent(client, told_at=written.isoformat(), happened="today").json()["reference"]
    report = Report.objects.get(reference=reference)
    assert (report.told_at, report.received_at) == (written, NOON)
    assert report.happened_at is not None  # "today" was the day on which it was written
    assert report.happened_at.astimezone(clock.PKT).date() == written.astimezone(clock.PKT).date()


def test_today_is_the_same_day_when_it_is_sent_again_tomorrow(
    client: Client, district: District
) -> None:
    said = {"told_at": NOON.isoformat(), "happened": "today"}
    first = sent(client, **said).json()
    with clock.fixed(NOON + timedelta(days=1)):
        assert sent(client, **said).json() == first
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    "said",
    ["", "soon", "2026-03-25T12:00:00", (NOON + timedelta(days=2)).isoformat(),
     (NOON - timedelta(days=40)).isoformat(), "9999-99-99T00:00:00Z"],
)  # fmt: skip
def test_a_clock_that_says_nonsense_is_not_kept(
    client: Client, district: District, said: str
) -> None:
    sent(client, told_at=said)
    assert Report.objects.get().told_at is None


def test_what_is_wrong_is_said_and_nothing_is_kept(client: Client, district: District) -> None:
    assert sent(client, text=" ").status_code == 422
    assert not Report.objects.exists()


def test_never_to_a_key_that_was_replaced(client: Client, district: District) -> None:
    """Sealed while the old key stood, sent when it does not: refused, sealed anew, one report."""
    units = (district.triage_desk, district.independent, district.dpo)
    for unit in units:
        desk_key(unit, district.sana)
    asked = {"category": "", "district": district.dpo.code}

    def sealed() -> dict[str, Any]:
        desks = client.post("/report/", {"go": "keys", **asked}).json()
        return Device().post({"text": WORDS}, desks, **asked) | {"key": KEY}

    old = sealed()
    DeskKey.objects.filter(unit=district.triage_desk).update(retired_at=NOON)
    fresh, _private = desk_key(district.triage_desk, district.sana, version=2)
    assert client.post("/report/", old, headers=QUEUE).status_code == 409
    assert not Report.objects.exists()
    anew = sealed()
    assert str(fresh.pk) in anew["keys"]
    first = client.post("/report/", anew | {"told_at": NOON.isoformat()}, headers=QUEUE)
    assert set(first.json()) == {"reference"}
    again = client.post("/report/", anew | {"told_at": NOON.isoformat()}, headers=QUEUE)
    assert again.json() == first.json()
    # once taken, the same again is the same, whatever became of the keys since
    DeskKey.objects.update(retired_at=NOON)
    assert client.post("/report/", anew, headers=QUEUE).json() == first.json()
    assert Report.objects.get().told_at == NOON


@pytest.fixture
def followed(client: Client, district: District) -> tuple[Case, str]:
    receipt = sent(client).json()["receipt"]
    return Case.objects.get(), receipt


def wrote(client: Client, receipt: str, **fields: Any) -> int:
    body = {"receipt": receipt, "do": "message", "key": KEY, **fields}
    return client.post("/en/track/", body).status_code


def test_a_message_sent_again_is_one_message(client: Client, followed: tuple[Case, str]) -> None:
    _case, receipt = followed
    for _again in range(3):
        assert wrote(client, receipt, text="Any news?") == 200
    assert Message.objects.count() == 1
    assert Promise.objects.filter(kind="answer").count() == 1
    assert wrote(client, receipt, text="Any news now?") == 200  # other words are kept as well
    assert wrote(client, receipt, text="Any news?", key=KEY + "2") == 200
    assert Message.objects.count() == 3


def test_a_key_of_another_report_is_another_message(
    client: Client, followed: tuple[Case, str]
) -> None:
    other = sent(client, key=KEY + "other").json()["receipt"]
    for receipt in (followed[1], other):
        assert wrote(client, receipt, text="Any news?") == 200
    assert Message.objects.count() == 2


def test_each_page_of_a_report_has_a_key_for_the_next_message(
    client: Client, followed: tuple[Case, str]
) -> None:
    pages = {client.post("/en/track/", {"receipt": followed[1]}).content for _look in range(2)}
    keys = {page.split(b'name="key" value="')[1].split(b'"')[0] for page in pages}
    assert len(keys) == 2


def test_the_api_takes_a_key_for_messages(client: Client, followed: tuple[Case, str]) -> None:
    headers = {"Authorization": f"Receipt {followed[1]}", "Idempotency-Key": KEY}
    for _again in range(2):
        answer = client.post(
            "/api/v1/report/messages", json.dumps({"text": "Any news?"}),
            content_type="application/json", headers=headers,
        )  # fmt: skip
        assert answer.status_code == 201 or answer.status_code == 200
    assert Message.objects.count() == 1
    short = headers | {"Idempotency-Key": "short"}
    refused = client.post(
        "/api/v1/report/messages", json.dumps({"text": "x"}),
        content_type="application/json", headers=short,
    )  # fmt: skip
    assert refused.status_code == 400


@pytest.mark.parametrize("language", ["en", "ur", "ps"])
def test_the_page_says_neither_who_we_are_nor_what_it_is_about(
    client: Client, db: None, language: str
) -> None:
    html = client.get(f"/{language}/keep/").content.decode()
    title = html.split("<title>")[1].split("</title>")[0]
    assert title in {"Notes", "نوٹس", "یادښتونه"}
    for word in ("Mohalla", "محلہ", "پولیس", "Police", "police", "FIR", "ہراسانی"):
        assert word not in html, word
    for mask in ("notes", "lists", "calendar"):
        told = client.get(f"/{language}/keep/{mask}.webmanifest").json()
        assert "ohalla" not in json.dumps(told, ensure_ascii=False)
        assert told["start_url"] == f"/{language}/keep/"
        for icon in told["icons"]:
            assert (scripts.FOLDER / icon["src"].removeprefix("/static/")).exists()


def test_the_worker_is_the_script_that_the_register_states(client: Client, db: None) -> None:
    answer = client.get("/keep/worker.js")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-store"
    shipped = scripts.shipped()["keep.js"]
    content = (scripts.FOLDER / "keep.js").read_bytes()
    assert answer.content == content
    assert shipped.startswith("sha384-")
    assert hashlib.sha384(content).digest()


def test_what_a_queue_needs_is_nothing_secret(client: Client, district: District) -> None:
    told = client.get("/keep/now").json()
    assert set(told) == {"csrf", "salt", "district"}
    assert told["salt"] == identifiers.receipt_salt()
    assert client.get("/keep/gone").headers["Clear-Site-Data"] == WIPED


def test_nobody_registers_a_worker_but_the_page_of_the_choice() -> None:
    sources = Path(__file__).resolve().parents[2] / "browser/src"
    found = [
        path.name for path in sources.glob("*.js") if "serviceWorker.register(" in path.read_text()
    ]
    assert found == ["keeping.js"]
    assert "register(" not in (scripts.FOLDER / "mohalla.js").read_text()
