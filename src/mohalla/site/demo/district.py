"""District Sangbagh, province Noorgarh: three stations, twelve mohallas, all invented."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

import h3
from django.db import transaction

from mohalla.foundation.people.models import Account, Officer
from mohalla.foundation.places.models import Place
from mohalla.foundation.units import actions as units
from mohalla.foundation.units.models import Beat, DutyHours, Posting, Unit
from mohalla.site.demo.cast import OFFICERS

SOURCE, LICENCE = "invented for the demonstration", "CC0"
CENTRE = (23.5, 63.5)  # the Arabian Sea


class Mohalla(NamedTuple):
    code: str
    en: str
    ur: str
    ps: str
    aliases: tuple[str, ...]
    beat: str


MOHALLAS = (
    Mohalla("gul-bagh", "Gul Bagh", "گل باغ", "ګل باغ",
            ("gulbagh", "gul baagh", "girls school wali gali"), "beat-chinar-1"),
    Mohalla("lohar-gali", "Lohar Gali", "لوہار گلی", "لوهار ګلۍ",
            ("lohaar gali", "loharon ki gali", "purani bhatti"), "beat-chinar-1"),
    Mohalla("chashma-khel", "Chashma Khel", "چشمہ خیل", "چشمه خېل",
            ("chashmakhel", "chashme wali masjid"), "beat-chinar-2"),
    Mohalla("eidgah-colony", "Eidgah Colony", "عیدگاہ کالونی", "عیدګاه کالوني",
            ("eid gah colony", "idgah", "eidgah"), "beat-chinar-2"),
    Mohalla("pul-paar", "Pul Paar", "پل پار", "پل پار",
            ("pulpar", "pul par", "darya ke us paar"), "beat-pul-1"),
    Mohalla("kumharan", "Kumharan", "کمہاراں", "کمهاران",
            ("kumhar mohalla", "kumhaaran"), "beat-pul-1"),
    Mohalla("sabz-dara", "Sabz Dara", "سبز درہ", "شنه دره",
            ("sabzdara", "shna dara", "sabz darra"), "beat-pul-2"),
    Mohalla("mochi-tola", "Mochi Tola", "موچی ٹولہ", "موچي ټولۍ",
            ("mochi tolla", "mochion wali gali"), "beat-pul-2"),
    Mohalla("darzi-bazaar", "Darzi Bazaar", "درزی بازار", "درزي بازار",
            ("darzi bazar", "kapra market"), "beat-bazaar-1"),
    Mohalla("anar-kot", "Anar Kot", "انار کوٹ", "انار کوټ",
            ("anarkot", "anaar kot"), "beat-bazaar-1"),
    Mohalla("lari-adda", "Lari Adda", "لاری اڈہ", "لارۍ اډه",
            ("lari ada", "bus stand", "laari adda"), "beat-bazaar-2"),
    Mohalla("naqash-abad", "Naqash Abad", "نقاش آباد", "نقاش اباد",
            ("naqashabad", "naqqash abad"), "beat-bazaar-2"),
)  # fmt: skip

UNITS: tuple[tuple[str, str, str, str, str, str, int], ...] = (
    ("rpo-noorgarh", "rpo", "", "RPO Noorgarh", "آر پی او نورگڑھ", "آر پي او نورګړ", 5),
    ("dpo-sangbagh", "dpo", "rpo-noorgarh", "DPO Sangbagh", "ڈی پی او سنگ باغ",
     "ډي پي او سنګ باغ", 6),
    ("sdpo-sangbagh", "sdpo", "dpo-sangbagh", "SDPO Sangbagh", "ایس ڈی پی او سنگ باغ",
     "ایس ډي پي او سنګ باغ", 6),
    ("sp-tafteesh", "sp_investigation", "dpo-sangbagh", "SP Investigation", "ایس پی تفتیش",
     "ایس پي تفتیش", 6),
    ("thana-chinar", "station", "sdpo-sangbagh", "Thana Chinar", "تھانہ چنار", "تاڼه چنار", 7),
    ("thana-purana-pul", "station", "sdpo-sangbagh", "Thana Purana Pul", "تھانہ پرانا پل",
     "تاڼه زوړ پل", 7),
    ("thana-naya-bazaar", "station", "sdpo-sangbagh", "Thana Naya Bazaar", "تھانہ نیا بازار",
     "تاڼه نوی بازار", 7),
    ("khawateen-desk", "womens_desk", "dpo-sangbagh", "Women's Desk", "خواتین ڈیسک",
     "د ښځو ډېسک", 7),
    ("cyber-desk", "cyber_desk", "dpo-sangbagh", "Cyber Desk", "سائبر ڈیسک", "سایبر ډېسک", 6),
    ("mohtasib", "independent", "", "Ombudsperson of Noorgarh", "محتسب نورگڑھ",
     "د نورګړ محتسب", 5),
    ("triage-desk", "triage_desk", "", "District Triage Desk", "ضلعی چھانٹ ڈیسک",
     "د ولسوالۍ د وېش ډېسک", 7),
)  # fmt: skip

BEATS = (
    ("beat-chinar-1", "thana-chinar", "Chinar 1", "چنار 1"),
    ("beat-chinar-2", "thana-chinar", "Chinar 2", "چنار 2"),
    ("beat-pul-1", "thana-purana-pul", "Pul 1", "پل 1"),
    ("beat-pul-2", "thana-purana-pul", "Pul 2", "پل 2"),
    ("beat-bazaar-1", "thana-naya-bazaar", "Bazaar 1", "بازار 1"),
    ("beat-bazaar-2", "thana-naya-bazaar", "Bazaar 2", "بازار 2"),
)


def build(*, since: datetime) -> None:
    """Places, units, beats, officers, postings, duty hours and accounts, all from `since` on."""
    with transaction.atomic():
        district = _places(since.date())
        known = _units(district)
        beats = _beats(known)
        for row in OFFICERS:
            officer = Officer.objects.create(
                belt=row.belt, rank=row.rank, name_en=row.en, name_ur=row.ur, gender=row.gender,
                languages=list(row.languages),
            )  # fmt: skip
            posting = Posting.objects.create(
                officer=officer, unit=known[row.unit], role=row.role,
                beat=beats.get(row.beat), starts_at=since,
            )  # fmt: skip
            if row.hours:
                weekdays, starts, ends = row.hours
                DutyHours.objects.create(
                    posting=posting, weekdays=weekdays, starts=time.fromisoformat(starts),
                    ends=time.fromisoformat(ends), from_on=since.date(),
                )  # fmt: skip
            _account(row.code, officer)
        _account("naveed", None, administers=True)
        units.changed()


def _account(name: str, officer: Officer | None, *, administers: bool = False) -> None:
    account = Account(name=name, officer=officer, administers=administers)
    account.set_unusable_password()  # the demonstration signs in by a button
    account.save()


def _places(day: date) -> Place:
    def place(code: str, kind: str, en: str, ur: str, ps: str, parent: Place | None) -> Place:
        return Place.objects.create(
            code=code, kind=kind, name_en=en, name_ur=ur, name_ps=ps, parent=parent,
            valid_from=day, source=SOURCE, licence=LICENCE,
        )  # fmt: skip

    province = place("noorgarh", "province", "Noorgarh", "نورگڑھ", "نورګړ", None)
    district = place("sangbagh", "district", "Sangbagh", "سنگ باغ", "سنګ باغ", province)
    ring = sorted(h3.grid_disk(h3.latlng_to_cell(*CENTRE, 8), 2))
    for cell, row in zip(ring, MOHALLAS, strict=False):
        made = place(row.code, "mohalla", row.en, row.ur, row.ps, district)
        Place.objects.filter(pk=made.pk).update(aliases=list(row.aliases), cells=[cell])
    return district


def _units(district: Place) -> dict[str, Unit]:
    known: dict[str, Unit] = {}
    for code, kind, above, en, ur, ps, days in UNITS:
        known[code] = Unit.objects.create(
            code=code, kind=kind, district=district, reports_to=known.get(above),
            name_en=en, name_ur=ur, name_ps=ps, office_days=days, names_shown=True,
        )  # fmt: skip
    Unit.objects.filter(code="triage-desk").update(escalates_to=known["mohtasib"])
    return known


def _beats(known: dict[str, Unit]) -> dict[str, Beat]:
    beats = {}
    for code, station, en, ur in BEATS:
        beat = Beat.objects.create(code=code, station=known[station], name_en=en, name_ur=ur)
        beat.places.set(
            Place.objects.filter(
                code__in=[m.code for m in MOHALLAS if m.beat == code], valid_to=None
            )
        )
        beats[code] = beat
    return beats
