"""What is wrong with a field, in the reader's language, and where it stands for a program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
_NUMBER = _("This must be a number.")
_WHEN = _("This must be a date and time as in ISO 8601.")
_ID = _("This must be the id that an upload gave.")
_YES_NO = _("This must be true or false.")
_OBJECT = _("This must be an object with fields of its own.")

# by pydantic's name of the fault, else by the first word of it
_SAID: Mapping[str, Words] = {
    "missing": _("This field is missing."),
    "extra_forbidden": _("There is no such field here."),
    "string_type": _("This must be text."),
    "string_too_long": _("This is longer than %(max_length)s letters."),
    "too_long": _("These are more than %(max_length)s."),
    "less_than_equal": _("This must not be more than %(le)g."),
    "greater_than_equal": _("This must not be less than %(ge)g."),
    "literal_error": _("This must be one of: %(expected)s."),
    "finite_number": _NUMBER,
    "float": _NUMBER,
    "int": _NUMBER,
    "bool": _YES_NO,
    "datetime": _WHEN,
    "timezone": _WHEN,
    "uuid": _ID,
    "list": _("This must be a list."),
    "model": _OBJECT,
    "dict": _OBJECT,
}
_ELSE = _("This has the wrong shape.")


def described(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """`pointer` (JSON pointer into the body, RFC 6901) and `kind` stay the same in every language."""
    found = []
    for row in errors:
        kind, loc = str(row["type"]), tuple(row["loc"])
        said = _SAID.get(kind) or _SAID.get(kind.partition("_")[0]) or _ELSE
        told = {
            "where": ".".join(str(part) for part in loc),
            "kind": kind,
            "what": _worded(said, row),
        }
        if loc[:1] == ("body",):
            told["pointer"] = "#" + "".join(f"/{_escaped(part)}" for part in loc[2:])
        found.append(told)
    return found


def _worded(said: Words, row: Mapping[str, Any]) -> str:
    given = row.get("ctx") or {}
    return str(said) % given if given else str(said)


def _escaped(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")
