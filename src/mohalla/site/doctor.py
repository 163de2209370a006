"""What is missing, weak or unsafe, each with the mend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError

from mohalla.channels.notices import queries as notices
from mohalla.channels.sms import address, setting
from mohalla.foundation import catalogue, clock
from mohalla.foundation.approvals.rules.bodies import body
from mohalla.foundation.catalogue import CatalogueError
from mohalla.foundation.ledger import key
from mohalla.foundation.ledger import queries as ledger
from mohalla.foundation.rows import references
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.directory import Directory
from mohalla.site import doctor_database, doctor_keys, doctor_voice, upheld

KEYS_MODE = 0o077
LEAST_TOKEN = 16
SECOND = 2  # persons of an outside body
BODIES = 2
LEAST_ROUNDS = 600_000  # OWASP for PBKDF2 with SHA-256


@dataclass(frozen=True, kw_only=True)
class Finding:
    """`stops`: production must not start like this."""

    what: str
    mend: str
    stops: bool = False


def examine() -> list[Finding]:
    """Every finding, the stopping ones first."""
    rows = [*_settings(), *_keys(), *_catalogue(), *_texts(), *_directory(), *_log()]
    rows += [*_references(), *_desk_keys(), *_passwords(), *_upheld(), *_database(), *_voice()]
    rows += _held()
    return sorted(rows, key=lambda row: not row.stops)


def _settings() -> list[Finding]:
    rows = []
    if settings.DEBUG:
        rows.append(
            Finding(what="MOHALLA_DEBUG is on", mend="unset it: pages show secrets", stops=True)
        )
    if settings.DEMO:
        rows.append(
            Finding(
                what="MOHALLA_DEMO is on",
                mend="anybody signs in as anybody; unset it before real use",
                stops=True,
            )
        )
    if not settings.SESSION_COOKIE_SECURE:
        rows.append(
            Finding(
                what="not marked as served over HTTPS",
                mend="put a proxy with TLS in front and set MOHALLA_HTTPS=1",
            )
        )
    if not settings.ORIGIN:
        rows.append(
            Finding(
                what="no passkeys: MOHALLA_ORIGIN is not set",
                mend="set it to the address that staff open, https://…; until then a password and "
                "a code are all that stands before confidential cases",
            )
        )
    if settings.APPROVAL_BODIES < BODIES:
        rows.append(
            Finding(
                what="MOHALLA_APPROVAL_BODIES is less than 2: one body could destroy, unmask or weaken",
                mend="unset it",
                stops=True,
            )
        )
    return rows + _metrics()


def _passwords() -> list[Finding]:
    if upheld.cost() >= LEAST_ROUNDS:
        return []
    return [
        Finding(
            what="passwords are hashed so weakly that a stolen database opens accounts",
            mend=f"PASSWORD_HASHERS must begin with PBKDF2 of at least {LEAST_ROUNDS} rounds",
            stops=True,
        )
    ]


def weaker(at: datetime) -> list[Finding]:
    """Settings that protect less than what was accepted at the last start."""
    before, now = upheld.accepted(), upheld.present()
    return [
        Finding(
            what=f"{row.name} is {now[row.name]} and was accepted as {before[row.name]}:"
            f" that weakens promise {row.promise}",
            mend=f'put it back, or ask two bodies: mohalla settings ask "{row.name}"'
            f" {now[row.name]} --reason …",
            stops=True,
        )
        for row in upheld.refused(at=at)
    ]


def _upheld() -> list[Finding]:
    try:
        return [] if settings.DEMO else weaker(clock.now())
    except DatabaseError:
        return []


def _database() -> list[Finding]:
    try:
        mend = doctor_database.speaks()
    except DatabaseError:
        return []
    if not mend:
        return []
    return [
        Finding(
            what="PostgreSQL writes statements that fail or are slow into its own log, with the words"
            " that people told",
            mend=f"once, as its superuser: {mend}",
            stops=True,
        )
    ]


def _metrics() -> list[Finding]:
    token = settings.METRICS_TOKEN
    if token and len(token) < LEAST_TOKEN:
        return [
            Finding(
                what=f"MOHALLA_METRICS_TOKEN is shorter than {LEAST_TOKEN} characters",
                mend="make one that nobody guesses: openssl rand -hex 16",
                stops=True,
            )
        ]
    if not token and (settings.TRUSTED_PROXIES or settings.SECURE_PROXY_SSL_HEADER):
        return [
            Finding(
                what="a proxy stands in front, so nobody can read /metrics",
                mend="set MOHALLA_METRICS_TOKEN and give it to your Prometheus (docs/operations/watching.md)",
            )
        ]
    return []


def _keys() -> list[Finding]:
    loose = [path.name for path in settings.KEYS_DIR.glob("*") if path.stat().st_mode & KEYS_MODE]
    if loose:
        return [
            Finding(
                what=f"keys readable by others: {', '.join(sorted(loose))}",
                mend=f"chmod 600 {settings.KEYS_DIR}/*",
                stops=True,
            )
        ]
    return []


def _catalogue() -> list[Finding]:
    try:
        catalogue.get()
    except CatalogueError as error:
        return [Finding(what="the catalogue does not load", mend=str(error), stops=True)]
    return []


def _texts() -> list[Finding]:
    try:
        if setting.configured().scheme == "embedded" and not settings.DEMO:
            return [
                Finding(
                    what="texts go to the phone on the screen only",
                    mend="set MOHALLA_SMS=smpp://user:password@host:port/?source=…",
                )
            ]
        if setting.configured().is_open_to_listeners:
            return [
                Finding(
                    what="texts cross the network readable: MOHALLA_SMS is plain http://",
                    mend="use https://, or run the gateway on this machine",
                )
            ]
    except address.BadAddress as error:
        return [Finding(what="MOHALLA_SMS cannot be used", mend=str(error), stops=True)]
    return []


def _held() -> list[Finding]:
    try:
        held = notices.held(at=clock.now())
    except DatabaseError:
        return []
    if not held.stopped:
        return []
    return [
        Finding(
            what=f"the daily spend stop holds back {held.texts} texts and {held.broadcasts} alerts",
            mend="look who causes it (/desk/notices/); then wait, or raise MOHALLA_SMS_PARTS_A_DAY",
        )
    ]


def _log() -> list[Finding]:
    try:
        lost = len(ledger.missing()) if key.made() else 0
    except DatabaseError:
        return []
    rows = []
    if lost:
        rows.append(
            Finding(
                what=f"the log holds {lost} acts that the database does not: an old state was put"
                " back",
                mend="put a newer backup back, or list and take them: `mohalla log recover`",
                stops=True,
            )
        )
    if len(settings.WITNESSES) < settings.WITNESS_QUORUM:
        rows.append(
            Finding(
                what="MOHALLA_WITNESS_QUORUM asks for more witnesses than MOHALLA_WITNESSES names",
                mend="name more of them, or ask for fewer: no receipt would ever be complete",
                stops=True,
            )
        )
    if not settings.WITNESSES:
        rows.append(
            Finding(
                what="nobody outside watches the log",
                mend="ask a university, a bar association or a newspaper to run `mohalla witness`",
            )
        )
    for name, told in ledger.witnesses_told().items():
        if told.get("trouble"):
            rows.append(
                Finding(what=f"witness {name}: {told['trouble']}", mend="ask its keeper; see log/")
            )
    return rows


def _references() -> list[Finding]:
    try:
        broken = references.broken()
    except DatabaseError:
        return []
    return [
        Finding(
            what=f"{count} rows of {column} refer to what is not there",
            mend="somebody deleted by hand: put the missing rows back from a backup",
            stops=True,
        )
        for column, count in broken.items()
    ]


def _desk_keys() -> list[Finding]:
    try:
        found = doctor_keys.examine()
    except DatabaseError:
        return []
    return [Finding(what=what, mend=mend, stops=stops) for what, mend, stops in found]


def _voice() -> list[Finding]:
    try:
        return [
            Finding(what=what, mend=mend, stops=stops)
            for what, mend, stops in doctor_voice.examine()
        ]
    except DatabaseError:
        return []


def _directory() -> list[Finding]:
    try:
        directory = units.directory()
    except DatabaseError:
        return [Finding(what="the database has no tables yet", mend="run `mohalla migrate`")]
    return [*_outside(directory), *_triage(directory)]


def _outside(directory: Directory) -> list[Finding]:
    at = clock.now()
    outside = [
        unit
        for unit in directory.units.values()
        if body(directory, unit.id).outside and directory.postings_at(unit.id, at)
    ]
    if outside:
        return [
            Finding(
                what=f"only one person works at {unit.code}",
                mend="a withdrawal there needs a call by a second one: add an officer to the body",
            )
            for unit in outside
            if len({row.officer for row in directory.postings_at(unit.id, at)}) < SECOND
        ]
    return [
        Finding(
            what="no body outside the force is configured",
            mend="complaints about police would have no reader: add a unit of kind independent that"
            " reports to nobody of the force, and post somebody there",
            stops=bool(directory.units),
        )
    ]


def _triage(directory: Directory) -> list[Finding]:
    if not directory.units or any(u.kind == "triage_desk" for u in directory.units.values()):
        return []
    return [
        Finding(
            what="no triage desk is configured",
            mend="texts without a category would wait nowhere: add a unit of kind triage_desk",
            stops=True,
        )
    ]
