"""The cast: always the same people, in tests and on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Officer:
    """One officer: unit, role and hours by code; `beat` empty for the whole desk."""

    code: str
    belt: str
    rank: str
    en: str
    ur: str
    gender: str
    unit: str
    role: str
    beat: str = ""
    languages: tuple[str, ...] = ("ur", "ps")
    hours: tuple[str, str, str] | None = ("1234567", "08:00", "20:00")


OFFICERS = (
    Officer(code="ali", belt="C-114", rank="asi", en="Ali Raza", ur="علی رضا", gender="man",
            unit="thana-chinar", role="beat_officer", beat="beat-chinar-1"),
    Officer(code="gulzar", belt="C-118", rank="head_constable", en="Gulzar Khan", ur="گلزار خان",
            gender="man", unit="thana-chinar", role="beat_officer", beat="beat-chinar-2"),
    Officer(code="nadir", belt="C-102", rank="head_constable", en="Nadir Shah", ur="نادر شاہ",
            gender="man", unit="thana-chinar", role="muharrar",
            hours=("1234567", "20:00", "08:00")),
    Officer(code="kamran", belt="C-001", rank="inspector", en="Kamran Gul", ur="کامران گل",
            gender="man", unit="thana-chinar", role="head", hours=None),
    Officer(code="ehsan", belt="P-107", rank="si", en="Ehsan Ullah", ur="احسان اللہ", gender="man",
            unit="thana-purana-pul", role="beat_officer", beat="beat-pul-1"),
    Officer(code="wazir", belt="P-001", rank="inspector", en="Wazir Muhammad", ur="وزیر محمد",
            gender="man", unit="thana-purana-pul", role="head", hours=None),
    Officer(code="bakht", belt="N-104", rank="asi", en="Bakht Zada", ur="بخت زادہ", gender="man",
            unit="thana-naya-bazaar", role="beat_officer", beat="beat-bazaar-1"),
    Officer(code="tariq", belt="N-001", rank="inspector", en="Tariq Mehmood", ur="طارق محمود",
            gender="man", unit="thana-naya-bazaar", role="head", hours=None),
    Officer(code="sana", belt="W-011", rank="si", en="Sana Bibi", ur="ثنا بی بی", gender="woman",
            unit="khawateen-desk", role="head"),
    Officer(code="shabana", belt="W-014", rank="head_constable", en="Shabana Akhtar",
            ur="شبانہ اختر", gender="woman", unit="khawateen-desk", role="member"),
    Officer(code="zoya", belt="Y-003", rank="si", en="Zoya Anwar", ur="زویا انور", gender="woman",
            unit="cyber-desk", role="head"),
    Officer(code="hina", belt="T-005", rank="asi", en="Hina Noor", ur="حنا نور", gender="woman",
            unit="triage-desk", role="head"),
    Officer(code="rashid", belt="S-001", rank="dsp", en="Rashid Iqbal", ur="راشد اقبال",
            gender="man", unit="sdpo-sangbagh", role="head", hours=None),
    Officer(code="samina", belt="I-001", rank="sp", en="Samina Javed", ur="ثمینہ جاوید",
            gender="woman", unit="sp-tafteesh", role="head", hours=None),
    Officer(code="haroon", belt="D-001", rank="ssp", en="Haroon Afridi", ur="ہارون آفریدی",
            gender="man", unit="dpo-sangbagh", role="head", hours=None),
    Officer(code="asad", belt="R-001", rank="dig", en="Asad Yousaf", ur="اسد یوسف", gender="man",
            unit="rpo-noorgarh", role="head", hours=None),
    Officer(code="farah", belt="M-001", rank="civilian", en="Farah Naz", ur="فرح ناز",
            gender="woman", unit="mohtasib", role="head", hours=None),
    Officer(code="zohra", belt="M-002", rank="civilian", en="Zohra Gul", ur="زہرہ گل",
            gender="woman", unit="mohtasib", role="member", hours=None),
)  # fmt: skip

RESIDENTS = {"amina": "+923001110001", "bashir": "+923001110002", "gul": "+923001110003"}
RESIDENT_NAMES = {"amina": _("Amina"), "bashir": _("Bashir"), "gul": _("Gul Makai")}
SHOWN = {
    "amina": ("phone", _("Amina, resident with a simple phone")),
    "bashir": ("phone", _("Bashir, resident of another mohalla")),
    "ali": ("people", _("Ali, beat officer of Thana Chinar")),
    "kamran": ("shield", _("Kamran, SHO of Thana Chinar")),
    "nadir": ("pen", _("Nadir, Muharrar of Thana Chinar")),
    "sana": ("woman", _("Sana, women's desk")),
    "hina": ("bell", _("Hina, district triage desk")),
    "rashid": ("shield", _("Rashid, SDPO")),
    "ehsan": ("people", _("Ehsan, officer of another station")),
    "zoya": ("computer", _("Zoya, cyber desk")),
    "farah": ("eye", _("Farah, ombudsperson outside the force")),
    "naveed": ("lock", _("Naveed, keeps units, rosters and accounts")),
}
