"""Codes, times and what people typed keep their shape in a sentence of either direction."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from mohalla.foundation import catalogue, clock
from mohalla.site.pictures import PICTURES

NOW = datetime(2026, 3, 25, 7, 0, tzinfo=UTC)  # noon in Peshawar


def shown(source: str, language: str = "en", **values: object) -> str:
    with translation.override(language), clock.fixed(NOW):
        return Template(source).render(Context(values))


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 3, 25, 12, 30, tzinfo=UTC), 'today <bdi dir="ltr">17:30</bdi>'),
        (datetime(2026, 3, 25, 19, 30, tzinfo=UTC), 'tomorrow <bdi dir="ltr">00:30</bdi>'),
        (datetime(2026, 3, 24, 18, 59, tzinfo=UTC), 'yesterday <bdi dir="ltr">23:59</bdi>'),
        (datetime(2026, 11, 24, 4, 0, tzinfo=UTC), '24 November, <bdi dir="ltr">09:00</bdi>'),
        (datetime(2027, 1, 2, 4, 0, tzinfo=UTC), '2 January 2027, <bdi dir="ltr">09:00</bdi>'),
    ],
)
def test_when_speaks_in_pakistan_time(at: datetime, words: str) -> None:
    html = shown("{% when at %}", at=at)
    assert words in html
    assert "+05:00" in html


def test_when_uses_the_months_of_the_language() -> None:
    at = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
    assert "نومبر" in shown("{% when at %}", "ur", at=at)
    assert "جولايي" in shown("{% when at %}", "ps", at=at.replace(month=7))


def test_said_escapes_and_shows_hidden_characters() -> None:
    html = shown("{{ words|said }}", words="<b>\u202eabc\u202c &#39; {{ 7 }}\n")
    assert "\u202e" not in html
    assert "\u202c" not in html
    assert "▯abc▯" in html
    assert "&lt;b&gt;" in html
    assert "&amp;#39;" in html
    assert html.startswith('<bdi dir="auto" class="said">')


def test_said_keeps_joiners_and_whole_numbers() -> None:
    html = shown("{{ words|said }}", words="می\u200cخواہم +92 300 1234567 پر")
    assert "می\u200cخواہم" in html
    assert '<bdi dir="ltr" class="whole">+92 300 1234567</bdi>' in html


def test_codes_are_isolated_left_to_right() -> None:
    assert shown("{% ref code %}", code="K7<2") == '<bdi dir="ltr" class="code">K7&lt;2</bdi>'
    assert ">1234 5678 9<" in shown("{% ref code|fours %}", code="123456789")


def test_every_picture_named_in_the_catalogue_is_drawn() -> None:
    book = catalogue.get()
    named = {row.icon for row in (*book.groups.values(), *book.categories.values())}
    assert named <= set(PICTURES)


def test_a_date_with_its_time_is_not_torn_apart() -> None:
    html = shown("{{ words|said }}", words="اگلا قدم 28-11 10:46 تک، فون 0300 1234567")
    assert "28-11 10:46" in html
    assert '<bdi dir="ltr" class="whole">0300 1234567</bdi>' in html
