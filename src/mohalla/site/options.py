"""Every setting there is, with its type, default and meaning: the one schema.

`docs/reference/settings.md` is generated from it, and a test compares the two.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from mohalla.foundation import keyfiles


class Options(BaseSettings):
    """Read from the environment. A name that is unknown or of the wrong type stops the start."""

    model_config = SettingsConfigDict(env_prefix="MOHALLA_", extra="ignore", populate_by_name=True)

    home: Annotated[Path, Field(description="Data folder: database, files, keys, locks.")] = Path(
        "var"
    )
    port: Annotated[int, Field(ge=1, le=65535, description="Port of the web server.")] = 8000
    host: Annotated[str, Field(description="Address the web server listens on.")] = "127.0.0.1"
    demo: Annotated[
        bool,
        Field(description="The invented district, its cast, `/demo/` and the phone on the screen."),
    ] = False
    database_url: Annotated[
        str,
        Field(
            validation_alias="DATABASE_URL",
            description="`postgres://user:password@host:port/name`; empty: SQLite in the home.",
        ),
    ] = ""
    web_database_url: Annotated[
        str,
        Field(
            description="PostgreSQL only: the role of web, texts and jobs, which can add to the record "
            "and not change it (`mohalla database grants`); empty: `DATABASE_URL` for all."
        ),
    ] = ""
    secret_key: Annotated[
        str,
        Field(description="Signs sessions; made once in the home's `keys/` folder if absent."),
    ] = ""
    sms: Annotated[
        str,
        Field(
            description="`embedded:` (the phone on the screen), "
            "`smpp://user:password@host:port/?source=1787&rate=10`, or a gateway over HTTP, "
            "`https://user:password@host/?kind=kannel&source=1787&secret=…&callback=https://…` "
            "(kinds: `channels/sms/http/gateways.toml`)."
        ),
    ] = "embedded:"
    sms_echo: Annotated[
        str,
        Field(
            pattern=r"^(\+?\d{3,15})?$",
            description="A number that sends back what it gets, for the daily trial of SOS by SMS (a modem "
            "in the office); empty: our own number, where the carrier brings such a text back to us.",
        ),
    ] = ""
    push: Annotated[
        str,
        Field(
            pattern="^(embedded|web):$",
            description="`embedded:` (notices stay here, the demonstration shows them) or `web:` (through "
            "the push services of the browsers' makers).",
        ),
    ] = "embedded:"
    push_hosts: Annotated[
        list[str],
        Field(
            description="Push services that may be called, as a JSON list of host names; `*.name` for "
            "all below it."
        ),
    ] = [
        "fcm.googleapis.com",
        "updates.push.services.mozilla.com",
        "*.push.apple.com",
        "*.notify.windows.com",
    ]
    push_contact: Annotated[
        str,
        Field(
            pattern=r"^((mailto:|https://)\S+)?$",
            description="Whom the push services ask when something is wrong, `mailto:…`; empty: the origin.",
        ),
    ] = ""
    sms_parts_a_day: Annotated[
        int,
        Field(
            ge=1,
            description="The daily spend stop: after so many parts in 24 hours only danger and answers "
            "to somebody's own word go out, after three times as many danger and SOS only. The rest waits.",
        ),
    ] = 50_000
    sms_price: Annotated[
        float,
        Field(ge=0, description="Rupees for one part, for the preview of an alert; 0: not shown."),
    ] = 0.0
    quiet_hours: Annotated[
        str,
        Field(
            pattern=r"^((1?[0-9]|2[0-3])-(1?[0-9]|2[0-3]))?$",
            description="Hours in which nothing goes out but danger and what is somebody's own matter; "
            "empty: none.",
        ),
    ] = "21-8"
    alert_alone: Annotated[
        int,
        Field(
            ge=0,
            description="An alert to more subscribers than this needs a second person; danger does not.",
        ),
    ] = 200
    ussd_secret: Annotated[
        str,
        Field(
            pattern="^(.{16,200})?$",
            description="What a USSD gateway shows (`Authorization: Bearer …`, or a field `secret`) "
            "when it calls `/ussd/gateway/`; empty: there is no such door.",
        ),
    ] = ""
    missed_secret: Annotated[
        str,
        Field(
            pattern="^(.{16,200})?$",
            description="What the carrier's service shows (`Authorization: Bearer …`, or a field "
            "`secret`) when it tells `/missed/gateway/` about a missed call; empty: there is no such door.",
        ),
    ] = ""
    danger_number: Annotated[
        str,
        Field(
            pattern=r"^(\+?\d{3,15})?$",
            description="Our number whose missed calls ask for help at once; all others ask for a call back.",
        ),
    ] = ""
    voice: Annotated[
        str,
        Field(
            description="The answering line. Empty: none. `sip://address:port/?lines=20&ring=2&missed=1788` "
            "takes calls of a SIP trunk itself; `agi://address:4573/secret?spool=/folder` those of an "
            "Asterisk that shares the folder (docs/howto/connect-a-telephone-line.md)."
        ),
    ] = ""
    server: Annotated[
        str, Field(pattern="^(granian|gunicorn)$", description="`granian` or `gunicorn`.")
    ] = "granian"
    web_workers: Annotated[int, Field(ge=1, le=64, description="Web server processes.")] = 2
    web_threads: Annotated[int, Field(ge=1, le=64, description="Threads in each of them.")] = 8
    allowed_hosts: Annotated[
        list[str],
        Field(description="Host names served, as a JSON list; loopback is always served."),
    ] = []
    trusted_proxies: Annotated[
        int,
        Field(ge=0, le=5, description="How many proxies stand in front (for the flood limits)."),
    ] = 0
    https: Annotated[
        bool, Field(description="Served over HTTPS (by a proxy): secure cookies, HSTS.")
    ] = False
    origin: Annotated[
        str,
        Field(
            pattern=r"^(https://[a-z0-9.-]+(:\d+)?|http://localhost(:\d+)?)?$",
            description="Address that staff open, `https://mohalla.example.gov.pk`: passkeys are "
            "bound to it. Empty: no passkeys (demonstration: `http://localhost` with the port).",
        ),
    ] = ""
    idle_minutes: Annotated[
        int, Field(ge=5, le=240, description="Staff are signed out after so long without use.")
    ] = 30
    session_hours: Annotated[
        int, Field(ge=1, le=24, description="Staff sign in again after so long in any case.")
    ] = 10
    proof_minutes: Annotated[
        int,
        Field(
            ge=1,
            le=60,
            description="How long a passkey or code counts as fresh for confidential cases, lists "
            "taken away and the keeping of accounts.",
        ),
    ] = 10
    attachment_mb: Annotated[
        int, Field(ge=1, le=200, description="Largest photograph, recording or document, in MB.")
    ] = 15
    province: Annotated[str, Field(description="Folder of the catalogue in use.")] = "pakistan"
    emergency_number: Annotated[
        str, Field(description="Number shown wherever somebody may be in danger now.")
    ] = "15"
    log_origin: Annotated[
        str,
        Field(
            pattern=r"^[^\s+]*$",
            description="Name of the public log, such as `police.example.pk/log`, where it is served; "
            "fixed when the log is made.",
        ),
    ] = ""
    witnesses: Annotated[
        list[str],
        Field(
            description="Who cosigns the log, as a JSON list of `https://address/ name+id+key` "
            "(what `mohalla witness key` prints)."
        ),
    ] = []
    witness_quorum: Annotated[
        int,
        Field(ge=0, le=16, description="How many of them must have cosigned; 0: none is needed."),
    ] = 0
    approval_bodies: Annotated[
        int,
        Field(
            ge=1,
            le=2,
            description="Of how many bodies the two people must be who agree to destroy, unmask, "
            "lower, re-route or weaken. Fewer than 2 starts in a demonstration only.",
        ),
    ] = 2
    metrics_token: Annotated[
        str,
        Field(
            description="`/metrics` for who sends `Authorization: Bearer …` with it; empty: only "
            "from this machine itself, and nobody where a proxy stands in front."
        ),
    ] = ""
    debug: Annotated[bool, Field(description="Tracebacks in the browser; never in production.")] = (
        False
    )

    @classmethod
    def reference(cls) -> str:
        """The page `docs/reference/settings.md`."""
        lines = [
            "# Settings",
            "",
            "Read from the environment; made from the schema in `site/options.py`.",
            "",
        ]
        lines += ["| name | default | meaning |", "|---|---|---|"]
        for name, field in cls.model_fields.items():
            shown = str(field.validation_alias or f"MOHALLA_{name.upper()}")
            default = "" if field.default in ("", []) else f"`{field.default}`"
            lines.append(f"| `{shown}` | {default} | {field.description} |")
        return "\n".join(lines) + "\n"


def secret_from(home: Path, name: str) -> str:
    """The secret kept in `home/keys/name`, made on first use (mode 0600)."""
    return keyfiles.kept(home / "keys" / name, lambda: secrets.token_urlsafe(48))


def database_from(url: str, home: Path) -> dict[str, object]:
    """Django's DATABASES entry for a `DATABASE_URL`, or the embedded SQLite of `home`."""
    if not url or url.startswith("sqlite"):
        name = urlsplit(url).path.removeprefix("/") if url else ""
        return {
            "ENGINE": "mohalla.foundation.sqlite",
            "NAME": str(Path(name) if name else home / "mohalla.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
                "PRAGMA wal_autocheckpoint=4000;",  # pages: every 100 reports or so, not every 25,
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(
            f"DATABASE_URL: {parts.scheme}:// is not known; use postgres:// or leave it"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or dict(parse_qsl(parts.query)).get("host", "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
