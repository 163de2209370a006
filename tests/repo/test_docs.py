"""Docs that are compared with what they describe."""

from __future__ import annotations

import re
from pathlib import Path

from tests.promises import page

from mohalla.site.options import Options

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_is_documented_exactly_as_the_schema_says() -> None:
    assert (ROOT / "docs/reference/settings.md").read_text() == Options.reference()


def test_commands_of_readme_are_what_ci_runs() -> None:
    readme, ci = (ROOT / "README.md").read_text(), (ROOT / ".ci/run").read_text()
    makefile = (ROOT / "Makefile").read_text()
    assert "make ci" in ci
    assert re.search(r"^ci:.*\btest\b", makefile, re.M)
    for command in re.findall(r"^make (\w+)", readme, re.M):
        assert re.search(rf"^{command}:", makefile, re.M), command


def test_no_link_in_the_docs_is_dead() -> None:
    pages = [page for page in (ROOT / "docs").rglob("*.md") if page.parent.name != "chapters"]
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *pages]:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text()):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_files_named_in_the_architecture_exist() -> None:
    text = (ROOT / "docs/ARCHITECTURE.md").read_text()
    for name in re.findall(r"`([a-z_/]+/[a-z_]+\.py)`", text):
        hits = list((ROOT / "src/mohalla").rglob(name.split("/")[-1]))
        assert any(str(hit).endswith(name) for hit in hits), name


def test_every_promise_names_its_tests() -> None:
    text = (ROOT / "docs/PROMISES.md").read_text()
    shown = page.tests()
    assert set(shown) <= set(page.SAID)
    for names in shown.values():
        for name in names:
            assert f"`{name}`" in text, f"`make promises`: {name} is not on the page"
    for name in re.findall(r"`(tests/[^`:]+)(?:::(?:\w+))?`", text):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"`(tests/[^`]+::\w+)`", text):
        assert any(name in names for names in shown.values()), f"{name} is on the page only"
