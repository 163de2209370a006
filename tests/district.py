"""An invented district with the cast, for tests: `build(at)`, then `make_case(...)`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.test import Client

from mohalla.foundation import clock
from mohalla.foundation.people import actions as people
from mohalla.foundation.people import door
from mohalla.foundation.people.models import Account, Officer, Session
from mohalla.foundation.places.models import Place
from mohalla.foundation.reports.submission import ContactWish, Submission
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.actions import give_hours, post
from mohalla.foundation.units.models import Beat, Posting, Unit
from mohalla.foundation.units.rules.viewer import Viewer, viewer_at
from mohalla.stages.access.actions import accept
from mohalla.station.casework.models import Case

PHONE = "+923001234567"
NOON = datetime(2026, 3, 25, 7, 0, tzinfo=UTC)  # a Wednesday, 12:00 in Pakistan
DAY = date(2020, 1, 1)


@dataclass(frozen=True, kw_only=True)
class District:
    """Station A commands one mohalla, station B the other; both answer to SDPO and DPO."""

    at: datetime
    mohalla_a: Place
    mohalla_b: Place
    station_a: Unit
    station_b: Unit
    womens_desk: Unit
    triage_desk: Unit
    sdpo: Unit
    dpo: Unit
    independent: Unit
    ali: Officer  # beat officer, station A
    sho: Officer  # head, station A
    hamid: Officer  # member, station A
    ehsan: Officer  # head, station B
    sana: Officer  # women's desk
    tariq: Officer  # triage
    saima: Officer  # SDPO
    dawood: Officer  # DPO
    farah: Officer  # independent

    def viewer(self, officer: Officer, at: datetime | None = None) -> Viewer:
        """What a page knows about this officer."""
        return viewer_at(units.directory(), officer=officer.pk, at=at or self.at)

    def client(self, officer: Officer | None, *, administers: bool = False) -> Client:
        """A browser in English, signed in as this officer; None: signed out."""
        client = Client(headers={"accept-language": "en"})
        if officer is not None:
            account, _made = Account.objects.get_or_create(
                name=officer.belt, defaults={"officer": officer, "administers": administers}
            )
            signed_in(client, account)
        return client

    def make_case(
        self,
        text: str = "The street light in our lane is broken",
        *,
        at: datetime | None = None,
        phone: str = PHONE,
        **said: Any,
    ) -> Case:
        """Through the front door; by default an unlit lane in the mohalla of station A."""
        submission = Submission(
            door="web",
            language="en",
            text=text,
            category="street_light",
            place=self.mohalla_a.code,
            contact=ContactWish(kind="phone", value=phone) if phone else None,
        )
        kept = accept(submission=replace(submission, **said), at=at or self.at)
        return Case.objects.select_related("report", "unit").get(reference=kept.reference)


def signed_in(
    client: Client,
    account: Account,
    *,
    means: str = Session.Means.PASSWORD,
    at: datetime | None = None,
) -> Session:
    """As after the sign-in page: the browser's session and its row."""
    client.force_login(account)
    row, _refused = people.begin_session(
        account=account, means=means, passkey=None, user_agent="", at=at or clock.now()
    )
    session = client.session
    session[door.ROW] = str(row.pk)
    session.save()
    return row


def build(at: datetime) -> District:
    """Units, officers, postings since long ago; Ali and Hamid on duty around the clock."""
    units.forget()
    district = _place("district", "Invented District", "ضلع", None)
    places = {
        name: _place(name, f"Mohalla {name[-1].upper()}", f"محلہ {name[-1].upper()}", district)
        for name in ("mohalla_a", "mohalla_b")
    }
    made: dict[str, Unit] = {}
    for code, kind, upper in (
        ("dpo", "dpo", None), ("sdpo", "sdpo", "dpo"), ("station_a", "station", "sdpo"),
        ("station_b", "station", "sdpo"), ("womens_desk", "womens_desk", "dpo"),
        ("triage_desk", "triage_desk", None), ("independent", "independent", None),
    ):  # fmt: skip
        made[code] = Unit.objects.create(
            code=code, kind=kind, district=district, name_en=code.replace("_", " ").title(),
            name_ur=f"یونٹ {code}", name_ps=f"یونټ {code}", reports_to=made.get(upper or ""),
        )  # fmt: skip
    beats = {}
    for letter in "ab":
        beat = Beat.objects.create(
            code=f"beat_{letter}", station=made[f"station_{letter}"],
            name_en=f"Beat {letter}", name_ur="بیٹ",
        )  # fmt: skip
        beat.places.add(places[f"mohalla_{letter}"])
        beats[letter] = beat
    cast: dict[str, Officer] = {}
    for name, rank, unit, role in (
        ("ali", "asi", "station_a", "beat_officer"), ("sho", "inspector", "station_a", "head"),
        ("hamid", "constable", "station_a", "member"), ("ehsan", "inspector", "station_b", "head"),
        ("sana", "si", "womens_desk", "head"), ("tariq", "si", "triage_desk", "head"),
        ("saima", "dsp", "sdpo", "head"), ("dawood", "ssp", "dpo", "head"),
        ("farah", "civilian", "independent", "head"),
    ):  # fmt: skip
        cast[name] = Officer.objects.create(
            belt=f"B-{name}", rank=rank, name_en=name.title(), name_ur=f"{name} خان",
            gender="woman" if name in {"sana", "saima", "farah"} else "man", languages=["ur"],
        )  # fmt: skip
        posting = post(
            officer=cast[name], unit=made[unit], role=role, by="system",
            at=at - timedelta(days=400), beat=beats["a"] if name == "ali" else None,
        )  # fmt: skip
        _always(posting, at)
    units.forget()
    return District(at=at, **places, **made, **cast)


def _place(code: str, name_en: str, name_ur: str, parent: Place | None) -> Place:
    return Place.objects.create(
        code=code, kind="mohalla" if parent else "district", parent=parent, name_en=name_en,
        name_ur=name_ur, name_ps=name_ur, valid_from=DAY, source="invented", licence="CC0",
    )  # fmt: skip


def _always(posting: Posting, at: datetime) -> None:
    give_hours(
        posting=posting, weekdays="1234567", starts=time(0), ends=time(0), from_on=DAY,
        by="system", at=at,
    )  # fmt: skip


def filed(district: District, **said: Any) -> tuple[Case, str]:
    """A theft told on the web with a phone, unless said otherwise: its case and its receipt."""
    wish = {
        "door": "web", "language": "ur", "category": "theft",
        "place": district.mohalla_a.code, "contact": ContactWish(kind="phone", value=PHONE),
    }  # fmt: skip
    kept = accept(submission=Submission(**(wish | said)), at=district.at)
    return Case.objects.select_related("report", "unit").get(reference=kept.reference), kept.receipt
