"""Every answer read back before it is sent, with the page where it can be changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mohalla.foundation import catalogue, clock
from mohalla.foundation.clock.dates import full_day
from mohalla.stages.access.forms import FORMS
from mohalla.stages.access.queries import choosing
from mohalla.stages.access.views.draft import Draft


def read_back(draft: Draft) -> dict[str, Any]:
    """Rows of (page, label, words, whether the person typed them) for the check page."""
    language = get_language() or "ur"
    said = draft.values
    category = catalogue.get().categories.get(said.get("category", ""))
    rows = [
        (
            "what",
            _("Matter"),
            category.name(language) if category else _("Still to be sorted"),
            False,
        ),
        ("tell", _("Your words"), said.get("text", ""), True),
        ("where", _("Place"), _place_said(draft), True),
        ("danger", _("When"), _chosen("danger", "happened", draft), False),
        ("danger", _("In danger now"), _chosen("danger", "danger", draft), False),
    ]
    if category is not None and category.about_police:
        unit = dict(choosing.units_named(language)).get(said.get("about_unit", ""), "")
        rows.append(
            ("about", _("About"), " · ".join(filter(None, [unit, said.get("about_officer")])), True)
        )
    reach = [_chosen("contact", "way", draft), said.get("phone", ""), said.get("name", "")]
    rows.append(("contact", _("How to reach you"), " · ".join(filter(None, reach)), True))
    return {"rows": rows, "language": language}


def _place_said(draft: Draft) -> str:
    language = get_language() or "ur"
    names = {c: n for _shelf, pairs in choosing.mohallas(language, clock.now()) for c, n in pairs}
    parts = [names.get(draft.values.get("place", ""), ""), draft.values.get("landmark", "")]
    if draft.values.get("lat"):
        parts.append(_("the location of your phone, made coarse"))
    return " · ".join(filter(None, parts)) or _("Still to be found")


def _chosen(step: str, name: str, draft: Draft) -> str:
    field: Any = FORMS[step].base_fields[name]
    value = draft.values.get(name, field.initial or "")
    words = str(dict(field.choices).get(value, value))
    if value == "on" and draft.values.get("on"):
        return _day_said(draft.values["on"])
    return words


def _day_said(typed: str) -> str:
    """The day with its month as a word: `2026-11-01` reads backwards among Urdu letters."""
    try:
        return full_day(date.fromisoformat(typed), get_language() or "ur")
    except ValueError:
        return typed
