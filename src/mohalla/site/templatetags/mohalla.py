"""Template tags that every page may use (built in): pictures, codes, times, what people typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mohalla.foundation import clock
from mohalla.foundation.clock.dates import MONTHS, full_date, full_day
from mohalla.foundation.seal import browser
from mohalla.foundation.text import odd, visible
from mohalla.site import scripts
from mohalla.site.icons import DIRECTED
from mohalla.site.pictures import PICTURES
from mohalla.station.casework.views.viewer import viewer_of
from mohalla.station.response import seen

register = template.Library()

# Two groups of digits or more, as phone and identity numbers are written.
_NUMBER = re.compile(r"(?<![#&\w])\+?[\d۰-۹]+(?:[ -][\d۰-۹]+)+")
# A date with its time is not one of them: "28-11 10:46" stays as it is.
_TIMED = re.compile(r"[\d۰-۹]{1,2}-[\d۰-۹]{1,2} [\d۰-۹]{1,2}:[\d۰-۹]{2}")

PROMISE_ICONS = {
    "open": "clock",
    "kept": "check",
    "claimed": "question",
    "tried": "phone",
    "broken": "cross",
    "waived": "heart",
    "ended": "moon",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """One picture, inlined; silent for screen readers, because words stand beside it."""
    turns = " turns" if name in DIRECTED else ""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        turns,
        mark_safe(PICTURES.get(name, PICTURES["star"])),  # noqa: S308 - our own drawings
    )


@register.filter(name="ref")
@register.simple_tag(name="ref")
def ref(value: object) -> SafeString:
    """A reference, number or code that stays in one piece, left to right, in any sentence."""
    return format_html('<bdi dir="ltr" class="code">{}</bdi>', value)


@register.simple_tag
def integrity(name: str) -> str:
    """The hash of one of our scripts; a browser runs nothing else under that name."""
    return scripts.shipped()[name]


@register.simple_tag
def script(name: str) -> SafeString:
    """One of our scripts, run after the page is there, and only if it is the one we published."""
    return format_html(
        '<script src="{}" integrity="{}" defer></script>', static(name), integrity(name)
    )


@register.simple_tag
def unkept() -> SafeString:
    """In a form whose words must not stay on the phone.

    Browsers write each page of a tab, with what was sent to get it, into a file from which they
    open the tab again: all words in clear, whatever the page says of caches. What was sent from a
    form with a password in it is left out there (Chromium); one that is never sent is enough.
    """
    return mark_safe('<input type="password" value="-" autocomplete="one-time-code" hidden>')


@register.filter
def fours(value: object) -> str:
    """Twenty digits in groups of four, as printed and read aloud."""
    text = str(value)
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


@register.filter
def size(value: int) -> str:
    """Bytes as KB or MB, as everybody here writes them: the same letters in every language."""
    kilobytes = value / 1024
    return f"{kilobytes / 1024:.1f} MB" if kilobytes >= 1000 else f"{max(kilobytes, 0.1):.1f} KB"


@register.filter
def said(value: object) -> SafeString:
    """What a person typed: its own direction, line breaks kept, hidden characters made visible.

    What was sealed on a device is a place that the page's script fills for whoever has the key.
    """
    if browser.is_sealed(str(value or "")):
        return _sealed("data-sealed", str(value))
    shown = escape(visible(str(value or "")))
    # "+92 300 1234567" would be torn apart inside Urdu; escaping leaves digits and signs alone
    parts = _TIMED.split(shown)
    times = [*_TIMED.findall(shown), ""]
    whole = "".join(
        _NUMBER.sub(r'<bdi dir="ltr" class="whole">\g<0></bdi>', part) + time
        for part, time in zip(parts, times, strict=True)
    )
    return format_html('<bdi dir="auto" class="said">{}</bdi>', mark_safe(whole))  # noqa: S308


@register.filter
def named(value: object) -> SafeString:
    """The name of a person as somebody typed it; with a flag where its letters pass for others."""
    name = said(value)
    if browser.is_sealed(str(value or "")) or not odd(str(value or "")):
        return name
    return format_html(
        '{} <strong class="odd">{} {}</strong>',
        name,
        icon("alert"),
        _("Some letters of this name only look like others."),
    )


@register.filter
def envelope(value: object) -> SafeString:
    """The answers of a report that was sealed on a device: the same place, for all of them."""
    return _sealed("data-envelope", str(value))


def _sealed(mark: str, armoured: str) -> SafeString:
    return format_html(
        '<span class="sealed" {}="{}" data-not="{}">{}</span>',
        mark,
        armoured,
        _("Sealed: it does not open with this key."),
        _("Sealed: it opens here for whoever has the key."),
    )


@register.filter
def dated(value: date | datetime | None) -> str:
    """A day, or a day with its time, whose month is a word: plain text that no direction turns."""
    language = get_language() or "ur"
    if isinstance(value, datetime):
        return full_date(value, language)
    return full_day(value, language) if value else "–"


@register.simple_tag
def when(moment: datetime | None) -> SafeString:
    """A moment as people here say it: "today 17:30", "tomorrow 09:00", "24 November, 17:30"."""
    if moment is None:
        return SafeString("–")
    local = timezone.localtime(moment, clock.PKT)
    time = format_html('<bdi dir="ltr">{}</bdi>', local.strftime("%H:%M"))
    words = format_html(_said_day(local, clock.now()), time=time)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)


@register.simple_tag
def day(on: date | None) -> str:
    """A date in words: "24 November 2026"."""
    return full_day(on, get_language() or "ur") if on else "–"


def _said_day(local: datetime, now: datetime) -> str:
    today = timezone.localtime(now, clock.PKT).date()
    days = (local.date() - today).days
    near = {0: _("today {time}"), 1: _("tomorrow {time}"), -1: _("yesterday {time}")}
    if days in near:
        return near[days]
    months = MONTHS.get(get_language() or "ur", MONTHS["en"]).split()
    date = f"{local.day} {months[local.month - 1]}"
    if local.year != now.year:
        date = f"{date} {local.year}"
    return _("{date}, {time}").replace("{date}", date)


@register.inclusion_tag("site/promise.html")
def promise(p: Any) -> dict[str, Any]:
    """The card of one promise: what is owed, by when, by whom, and who is next."""
    state = p["state"] if isinstance(p, dict) else p.state
    return {"p": p, "icon_name": PROMISE_ICONS.get(str(state), "clock")}


@register.inclusion_tag("site/stages.html")
def stages(line: Iterable[tuple[str, str, str]]) -> dict[str, Any]:
    """The way of a case: (code, name, state) with state `done`, `now` or `next`."""
    return {"line": list(line)}


@register.inclusion_tag("site/field.html")
def field(bound: forms.BoundField, css: str = "") -> dict[str, Any]:
    """One form field: label, hint, what is wrong with it, and the control."""
    widget = bound.field.widget
    kind = "line"
    if isinstance(widget, forms.CheckboxInput):
        kind = "tick"
    elif isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        kind = "choice"
    return {"field": bound, "kind": kind, "css": css}


@register.inclusion_tag("site/problems.html")
def problems(form: forms.BaseForm) -> dict[str, Any]:
    """All that must be mended, on top of the page, each a link to its field."""
    return {"form": form, "wrong": [bound for bound in form if bound.errors]}


@register.simple_tag(takes_context=True)
def alarms(context: template.Context) -> SafeString:
    """What rings at the desks of whoever is signed in, above every page of the desk."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return mark_safe("")
    lines = seen.lines(viewer_of(request), get_language() or "ur", clock.now())
    return render_to_string("response/bar.html", {"lines": lines}, request=request)
