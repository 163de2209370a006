"""What must be translated, taken from templates and Python, and what is wrong with a catalogue."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
# Read by staff only: English and Urdu. All else is met by citizens, in Pashto too.
STAFF = (
    "station/presence/", "station/response/", "station/casework/templates/", "station/casework/views/",
    "station/casework/forms/", "station/casework/names.py", "station/casework/wordings.py",
    "station/casework/figures.py", "station/casework/vocabulary.py",
    "station/casework/exports.py", "station/casework/dossier.py",
    "station/casework/models/record.py",
    "station/casework/queries", "foundation/people/actions/",
    "foundation/people/queries.py", "stages/access/counter_form.py",
    "stages/access/views/counter.py", "stages/access/templates/access/counter/",
    "stages/access/views/studio.py", "stages/access/templates/access/studio/",
    "stages/access/views/claim_desk.py", "stages/access/templates/access/claims/",
    "templates/base_desk.html", "templates/site/sign_in.html", "templates/site/style.html",
    "site/views/signing.py", "site/views/style.py", "site/views/greeting.py",
    "site/views/invitation.py", "templates/site/invitation.html", "templates/site/passkey_",
    "foundation/people/models/session.py", "crisis/alerts/forms.py", "crisis/alerts/preview.py",
    "crisis/alerts/views/desk.py", "crisis/alerts/templates/alerts/desk/",
)  # fmt: skip
SAME = frozenset({"FIR", "SMS", "PDF", "QR", "Enter", "PKT"})  # as everybody here writes them
_MARK = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
_LETTER = re.compile(r"[A-Za-z]")


@dataclass
class Message:
    """One string with its context; `where` are files below the package, slashes forward."""

    text: str
    context: str | None = None
    plural: str = ""
    where: set[str] = field(default_factory=set)

    @property
    def staff_only(self) -> bool:
        return all(name.startswith(STAFF) and "/who." not in name for name in self.where)


def messages_of(package: Path) -> list[Message]:
    """Every string of the package that is shown to somebody."""
    found: dict[tuple[str | None, str], Message] = {}
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("*.txt")]):
        name = path.relative_to(package).as_posix()
        if "/migrations/" in name:
            continue
        words = path.read_text()
        if path.suffix != ".py":
            words = _as_python(words, name)
        for text, context, plural in _extracted(words):
            message = found.setdefault((context, text), Message(text, context, plural))
            message.where.add(name)
    return list(found.values())


def _as_python(words: str, name: str) -> str:
    """Django turns a template into calls; indentation means nothing here."""
    calls = templatize(words, origin=name)
    return "\n".join(line.strip() for line in calls.splitlines())


def _extracted(words: str) -> Iterator[tuple[str, str | None, str]]:
    source = io.BytesIO(words.encode())
    for _line, text, _notes, context in extract("python", source, keywords=KEYWORDS):
        one, plural = (text[0], text[1]) if isinstance(text, tuple) else (text, "")
        if one and one.strip():
            yield one, context, plural


def wrong(messages: Iterable[Message], catalogue: polib.POFile, *, staff: bool) -> list[str]:
    """One line for each string that is missing, empty, doubtful, English, or of other marks.

    `staff`: whether staff-only strings must stand in this catalogue too.
    """
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    lines = []
    for message in messages:
        entry = entries.get((message.context, message.text))
        if entry is None:
            if staff or not message.staff_only:
                lines.append(f"missing: {message.text!r} ({min(message.where)})")
            continue
        left_open = message.staff_only and not staff and not _said(entry)
        if not left_open:
            lines += [f"{problem}: {message.text!r}" for problem in _problems(entry)]
    known = {(message.context, message.text) for message in messages}
    lines += [
        f"{problem}: {entry.msgid!r}"
        for key, entry in entries.items()
        if key not in known and _said(entry)
        for problem in _problems(entry)
    ]
    return sorted(set(lines))


def _problems(entry: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy:
        yield "marked as doubtful"
    if entry.msgid_plural:
        forms = [(entry.msgid_plural, text) for text in entry.msgstr_plural.values()]
    else:
        forms = [(entry.msgid, entry.msgstr)]
    for source, said in forms:
        if not said.strip():
            yield "empty"
        elif said.strip() == source.strip() and _letters(source):
            yield "English"
        elif marks(said) != marks(source):
            yield "other placeholders"


def _said(entry: polib.POEntry) -> bool:
    """Whether anything is written there."""
    return any(text.strip() for text in (entry.msgstr, *entry.msgstr_plural.values()))


def marks(text: str) -> list[str]:
    """The placeholders of a string, sorted."""
    return sorted(found.group(0) for found in _MARK.finditer(text.replace("%%", "")))


def _letters(source: str) -> bool:
    """Whether anything is left to translate."""
    bare = _MARK.sub("", source)
    words = [word for word in re.findall(r"[A-Za-z]+", bare) if word not in SAME]
    return bool(words) and bool(_LETTER.search(bare))
