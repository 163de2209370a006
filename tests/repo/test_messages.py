"""Every string in every language: Urdu for all, Pashto wherever a citizen reads."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from tests.messages import Message, marks, messages_of, wrong

import mohalla

PACKAGE = Path(next(iter(mohalla.__path__)))


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return messages_of(PACKAGE)


def po(language: str) -> polib.POFile:
    return polib.pofile(str(PACKAGE / "locale" / language / "LC_MESSAGES/django.po"))


def test_urdu_for_everybody(messages: list[Message]) -> None:
    found = wrong(messages, po("ur"), staff=True)
    assert not found, f"{len(found)} in ur:\n" + "\n".join(found)


def test_pashto_wherever_a_citizen_reads(messages: list[Message]) -> None:
    found = wrong(messages, po("ps"), staff=False)
    assert not found, f"{len(found)} in ps:\n" + "\n".join(found)


@pytest.mark.parametrize("language", ["ur", "ps"])
def test_no_string_stands_twice(language: str) -> None:
    seen: set[tuple[str | None, str]] = set()
    for entry in po(language):
        assert (entry.msgctxt, entry.msgid) not in seen, entry.msgid
        seen.add((entry.msgctxt, entry.msgid))


def test_the_extraction_sees_both_kinds_of_source(messages: list[Message]) -> None:
    known = {(message.context, message.text): message for message in messages}
    assert len(messages) > 200
    assert "templates/base.html" in known[None, "Follow my report"].where
    assert ("deadline", "by %(due)s") in known
    assert not known[None, "Follow my report"].staff_only
    assert known[None, "Write down a report"].staff_only
    assert not known[None, "Inspector"].staff_only
    assert any(name.endswith("forms.py") for name in known[None, "Phone number"].where)


TEMPLATE = """
<div>
    {% if x %}{% translate "In the template" %}{% endif %}
  {% blocktranslate with name=x %}Hello {{ name }}{% endblocktranslate %}
</div>
"""
PYTHON = 'from x import gettext as _\nWORDS = _("In {place} " "at %(time)s")\nPLAIN = "not shown"\n'


@pytest.fixture
def package(tmp_path: Path) -> list[Message]:
    (tmp_path / "station/presence").mkdir(parents=True)
    (tmp_path / "page.html").write_text(TEMPLATE)
    (tmp_path / "station/presence/forms.py").write_text(PYTHON)
    return messages_of(tmp_path)


def written(**entries: str) -> polib.POFile:
    file = polib.POFile()
    texts = {"a": "In the template", "b": "Hello %(name)s", "c": "In {place} at %(time)s"}
    for key, said in entries.items():
        file.append(polib.POEntry(msgid=texts[key], msgstr=said))
    return file


GOOD = {"a": "سانچے میں", "b": "سلام %(name)s", "c": "%(time)s پر {place} میں"}


def test_the_checker_passes_what_is_right(package: list[Message]) -> None:
    assert wrong(package, written(**GOOD), staff=True) == []
    without = {key: said for key, said in GOOD.items() if key != "c"}
    assert wrong(package, written(**without), staff=False) == []
    assert wrong(package, written(**without, c=""), staff=False) == []
    assert wrong(package, written(**without, c=""), staff=True) != []


@pytest.mark.parametrize(
    "change,words",
    [
        ({"a": ""}, "empty: 'In the template'"),
        ({"a": "In the template"}, "English: 'In the template'"),
        ({"b": "سلام"}, "other placeholders: 'Hello %(name)s'"),
        ({"c": "%(time)s پر {where} میں"}, "other placeholders"),
        ({"b": "سلام %(name)s %(name)s"}, "other placeholders"),
    ],
)
def test_the_checker_catches(package: list[Message], change: dict[str, str], words: str) -> None:
    (line,) = wrong(package, written(**(GOOD | change)), staff=True)
    assert words in line


def test_the_checker_misses_nothing_that_is_missing(package: list[Message]) -> None:
    lines = wrong(package, written(), staff=True)
    assert len(lines) == 3
    assert all(line.startswith("missing: ") for line in lines)
    doubtful = written(**GOOD)
    doubtful[0].flags.append("fuzzy")
    assert wrong(package, doubtful, staff=True) == ["marked as doubtful: 'In the template'"]


def test_short_forms_that_everybody_writes_may_stay() -> None:
    file = polib.POFile()
    file.append(polib.POEntry(msgid="FIR %(number)s", msgstr="FIR %(number)s"))
    file.append(polib.POEntry(msgid="FIR refused", msgstr="FIR refused"))
    assert wrong([], file, staff=True) == ["English: 'FIR refused'"]
    assert marks("100%% of %(a)s and {b} %s") == ["%(a)s", "%s", "{b}"]
