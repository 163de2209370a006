"""A month of history, made by running the product's own actions under the simulated clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mohalla.channels.sms import embedded
from mohalla.foundation import clock
from mohalla.foundation.reports.models import Report
from mohalla.foundation.reports.submission import ContactWish, Submission
from mohalla.site.demo.cast import RESIDENTS
from mohalla.site.schedule import lay, run_due
from mohalla.stages.access.actions import accept
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case

DAYS = 30
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Told:
    """One report: days ago, hour (local), category, place, language, words, and how it went."""

    days: int
    hour: int
    category: str
    place: str
    language: str
    words: str
    went: str
    who: str = ""


TOLD = (
    Told(29, 19, "street_light", "gul-bagh", "ur",
         "لڑکیوں کے اسکول والی گلی میں بلب ایک ماہ سے خراب ہے، رات کو لڑکے بیٹھے رہتے ہیں۔", "solved"),
    Told(28, 11, "theft", "lohar-gali", "ur-Latn",
         "Meri dukan se raat ko do gas cylinder chori ho gaye, tala tota hua tha.", "fir"),
    Told(27, 9, "question", "pul-paar", "en",
         "Where do I get a character certificate and what papers do I need?", "solved"),
    Told(26, 21, "neighbour_dispute", "kumharan", "ur",
         "دیوار کے جھگڑے پر پڑوسی روز گالیاں دیتا ہے، بات بڑھ سکتی ہے۔", "disputed"),
    Told(25, 15, "online_fraud", "darzi-bazaar", "ur-Latn",
         "JazzCash pe inaam ka message aya, 12000 bhej diye, ab number band hai.", "cyber"),
    Told(24, 8, "hazard", "lari-adda", "ur",
         "اڈے کے سامنے مین ہول کا ڈھکن نہیں ہے، کل ایک بچہ گرتے گرتے بچا۔", "solved"),
    Told(23, 17, "praise", "gul-bagh", "ur-Latn",
         "Ali sahib ne budhe baba ko ghar pohanchaya, bohat shukriya.", "kept"),
    Told(22, 12, "visit_request", "chashma-khel", "ps",
         "زموږ کوڅه کې شپې نا اشنا کسان ګرځي، مهرباني وکړئ یو ځل راشئ.", "contact"),
    Told(21, 20, "street_light", "anar-kot", "ur",
         "مسجد کے پیچھے بہت اندھیرا ہے، عورتیں مغرب کے بعد نہیں نکلتیں۔", "silent"),
    Told(20, 10, "theft", "mochi-tola", "ur",
         "گھر کے باہر سے موٹر سائیکل چوری ہو گئی، رنگ سرخ۔", "refused"),
    Told(19, 14, "slackness", "eidgah-colony", "ur-Latn",
         "Teen dafa thane gaya, har dafa kal aao kehte hain.", "late"),
    Told(18, 16, "safe_place_wanted", "sabz-dara", "ps",
         "د ماشومانو لپاره د لوبو ځای نشته، سړک کې لوبې کوي.", "contact"),
    Told(15, 22, "harassment_street", "gul-bagh", "ur",
         "اسکول جاتے ہوئے دو لڑکے روز پیچھا کرتے ہیں۔ گھر پر فون نہ کریں۔", "contact"),
    Told(13, 9, "bribe", "naqash-abad", "ur-Latn",
         "Report likhne ke paise mange gaye, das hazar.", "open"),
    Told(11, 18, "noise", "darzi-bazaar", "ur",
         "شادی ہال رات تین بجے تک لاؤڈ سپیکر چلاتا ہے۔", "solved"),
    Told(9, 13, "is_this_true", "lari-adda", "ur-Latn",
         "WhatsApp pe kehte hain bache uthane wala giroh aya hai, kya ye sach hai?", "contact"),
    Told(7, 7, "closed", "kumharan", "ur", "صبح سات بجے چوکی پر کوئی نہیں تھا، دروازہ بند۔", "open"),
    Told(5, 19, "street_light", "lohar-gali", "ur-Latn",
         "Purani bhatti ke paas khamba gira hua hai, taar latak rahi hai.", "contact"),
    Told(3, 10, "theft", "gul-bagh", "ur", "پرس چھین کر بھاگ گئے، نیلی شلوار قمیض۔", "fir"),
    Told(2, 16, "visit_request", "eidgah-colony", "en",
         "Old couple lives alone since their son left; could somebody look in once a week?", "open"),
    Told(1, 20, "hazard", "chashma-khel", "ps", "د چینې پله مات دی، خلک پرې اوړي.", "open"),
    Told(1, 9, "street_light", "gul-bagh", "ur", "نلکے والی گلی میں اندھیرا ہے۔", "contact"),
)  # fmt: skip

TEXTS = (
    (17, 12, "amina", "Hamari gali mein raat ko koi khara rehta hai"),
    (6, 21, "bashir", "ہماری گلی میں پانی کا پائپ ٹوٹ گیا ہے، سڑک بہہ رہی ہے"),
    (0, 2, "gul", "زموږ په کلي کې د برېښنا تار لوېدلی دی"),
)


def make(*, now: datetime) -> int:
    """Run the month up to `now`; returns how many reports were made. Needs the built district."""
    moments: list[tuple[datetime, Callable[[datetime], None]]] = []
    for told in TOLD:
        start = _moment(now, told.days, told.hour)
        moments.append((start, _filing(told, moments)))
    for days, hour, who, words in TEXTS:
        start = _moment(now, days, hour) if days else now - hour * HOUR
        moments.append((start, _texting(who, words)))
    while moments:
        moments.sort(key=lambda pair: pair[0])
        at, act = moments.pop(0)
        if at > now:
            break
        with clock.fixed(at):
            run_due(at=at)
            act(at)
            lay(at=at)
    with clock.fixed(now):
        run_due(at=now)
    return Report.objects.count()


def _moment(now: datetime, days: int, hour: int) -> datetime:
    local = (now - timedelta(days=days)).astimezone(clock.PKT)
    return local.replace(hour=hour, minute=7, second=0, microsecond=0).astimezone(now.tzinfo)


def _texting(who: str, words: str) -> Callable[[datetime], None]:
    def act(at: datetime) -> None:
        embedded.type_text(number=RESIDENTS[who], text=words, at=at)
        run_due(at=at)

    return act


def _filing(
    told: Told, moments: list[tuple[datetime, Callable[[datetime], None]]]
) -> Callable[[datetime], None]:
    def act(at: datetime) -> None:
        number = f"+92300222{told.days:02d}{told.hour:02d}"
        done = accept(
            submission=Submission(
                door="web",
                language=told.language,
                text=told.words,
                category=told.category,
                place=told.place,
                contact=ContactWish(kind="phone", value=number, safe_from=8, safe_to=21),
            ),
            at=at,
        )
        for step in _story(told.went):
            after, name = step
            moments.append((at + after * HOUR, _step(done.reference, name)))

    return act


def _story(went: str) -> list[tuple[float, str]]:
    contact: list[tuple[float, str]] = [(2.5, "contact"), (4, "spoke")]
    stories: dict[str, list[tuple[float, str]]] = {
        "open": [],
        "contact": contact,
        "kept": [(2, "contact"), (3, "spoke"), (20, "solve"), (22, "yes")],
        "solved": [*contact, (26, "action"), (52, "solve"), (55, "yes")],
        "silent": [*contact, (60, "solve")],
        "disputed": [*contact, (30, "solve"), (33, "no")],
        "fir": [(0.5, "fir"), *contact],
        "refused": [*contact, (5, "refuse")],
        "late": [(30, "contact")],
        "cyber": [*contact, (20, "verification")],
    }
    return stories[went]


def _step(reference: str, name: str) -> Callable[[datetime], None]:
    def act(at: datetime) -> None:
        case = Case.objects.select_related("report", "unit").get(reference=reference)
        if case.officer_id is not None:
            STEPS[name](case, case.officer_id, at)

    return act


def _contact(case: Case, officer: int, at: datetime) -> None:
    casework.log_contact(
        case=case, officer=officer, way="call", happened_at=at, reached=True, at=at
    )


def _spoke(case: Case, officer: int, at: datetime) -> None:
    casework.answer_contact(case=case, spoke=True, door="web", at=at)


def _action(case: Case, officer: int, at: datetime) -> None:
    casework.advance(case=case, officer=officer, to="action", at=at)


def _verification(case: Case, officer: int, at: datetime) -> None:
    casework.advance(case=case, officer=officer, to="verification", at=at)


def _solve(case: Case, officer: int, at: datetime) -> None:
    casework.propose_outcome(
        case=case,
        officer=officer,
        kind="solved",
        what_done="موقع پر جا کر دیکھا گیا، متعلقہ لوگوں سے بات ہوئی اور کام کرا دیا گیا۔",
        artefacts=[
            casework.Artefact(kind="document", number=f"DD-{at:%d%H}/26", taken_at=at - HOUR)
        ],
        at=at,
    )


def _yes(case: Case, officer: int, at: datetime) -> None:
    casework.confirm(case=case, door="web", at=at)


def _no(case: Case, officer: int, at: datetime) -> None:
    casework.dispute(case=case, door="web", at=at, reason="ابھی تک کچھ نہیں بدلا۔")


def _fir(case: Case, officer: int, at: datetime) -> None:
    casework.record_fir(
        case=case, officer=officer, number=f"{at:%j}/26", dated_on=at.date(),
        sections="379 PPC", at=at,
    )  # fmt: skip


def _refuse(case: Case, officer: int, at: datetime) -> None:
    casework.refuse_fir(
        case=case, officer=officer, at=at,
        reason="گاڑی کے کاغذات ساتھ نہیں تھے، اس لیے مقدمہ درج نہیں کیا گیا۔ اگلا افسر: ایس ڈی پی او۔",
        law="دفعہ 157 ضابطہ فوجداری",
    )  # fmt: skip


STEPS: dict[str, Callable[[Case, int, datetime], None]] = {
    "contact": _contact, "spoke": _spoke, "action": _action, "verification": _verification,
    "solve": _solve, "yes": _yes, "no": _no, "fir": _fir, "refuse": _refuse,
}  # fmt: skip
