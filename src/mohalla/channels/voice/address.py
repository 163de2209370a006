"""`MOHALLA_VOICE`, read: which line, where, and how many calls at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

SETTING = "MOHALLA_VOICE"
SHORTEST_SECRET = 12
LINES, RING = 20, 2.0
_EXAMPLE = "sip://127.0.0.1:5060/?lines=20 or agi://127.0.0.1:4573/secret?spool=/folder"


class BadAddress(Exception):
    """The setting cannot be used; says what to write instead."""


@dataclass(frozen=True, slots=True)
class VoiceAddress:
    """lines: calls at once. ring: seconds before one is taken, so that a missed call can be made.

    missed: our numbers that are never picked up; a call there asks to be called back, or, on the
    number of danger, for help. Of `agi`: `secret` is the path that the Asterisk names, `spool` the folder both can open.
    """

    scheme: str
    host: str
    port: int
    lines: int = LINES
    ring: float = RING
    rtp: tuple[int, int] = (10000, 10999)
    missed: frozenset[str] = frozenset()
    secret: str = field(default="", repr=False)
    spool: Path | None = None


def read(url: str) -> VoiceAddress:
    """Raises BadAddress naming the setting and the mend; never quotes the secret."""
    try:
        return _read(url)
    except ValueError as error:
        raise BadAddress(f"{SETTING}: cannot be read ({error}); write {_EXAMPLE}") from None


def _read(url: str) -> VoiceAddress:
    parts = urlsplit(url)
    if parts.scheme not in {"sip", "agi"}:
        raise ValueError("it begins neither with sip:// nor with agi://")
    if not parts.hostname:
        raise ValueError("no address to listen on")
    query = dict(parse_qsl(parts.query))
    if strange := set(query) - {"lines", "ring", "rtp", "missed", "spool"}:
        raise ValueError(f"{sorted(strange)[0]} is not known")
    lines, ring = int(query.get("lines", LINES)), float(query.get("ring", RING))
    low, _dash, high = query.get("rtp", "10000-10999").partition("-")
    if not (1 <= lines <= 200 and 0 <= ring <= 30 and 1024 <= int(low) < int(high) <= 65535):
        raise ValueError(
            "lines is 1 to 200, ring 0 to 30 seconds, rtp two ports such as 10000-10999"
        )
    secret, spool = unquote(parts.path.strip("/")), query.get("spool", "")
    if parts.scheme == "agi" and (len(secret) < SHORTEST_SECRET or not spool.startswith("/")):
        raise ValueError(
            f"agi needs a secret of {SHORTEST_SECRET} letters as its path, and spool=/folder"
        )
    return VoiceAddress(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or (5060 if parts.scheme == "sip" else 4573),
        lines=lines,
        ring=ring,
        rtp=(int(low), int(high)),
        missed=frozenset(filter(None, query.get("missed", "").split(","))),
        secret=secret,
        spool=Path(spool) if spool else None,
    )
