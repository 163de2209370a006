"""docs/ASVS.md: no number is missing or double, and what is named as a proof is there."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

from tests.homes import python

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/ASVS.md").read_text()
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| (\d) \| (.+?) \| (.+?) \| (.+) \|$", PAGE, re.M)
STATES = {"shown", "built", "part", "gap", "site", "n/a"}


def test_every_number_of_level_1_and_2_once() -> None:
    with (ROOT / "tests/golden/asvs.csv").open() as lines:
        wanted = [(row["number"], row["level"]) for row in csv.DictReader(lines)]
    assert Counter(level for _number, level in wanted) == {"1": 70, "2": 183}
    assert [(number, level) for number, level, *_rest in ROWS] == wanted


def test_files_and_tests_that_are_named_exist() -> None:
    looked = 0
    for number, _level, _asked, state, how in ROWS:
        assert state in STATES, number
        named = [name for name in re.findall(r"`([^`]+)`", how) if "/" in name and "…" not in name]
        for name in named:
            path, _colons, test = name.partition("::")
            assert (ROOT / path).exists(), (number, name)
            assert not test or f"def {test}(" in (ROOT / path).read_text(), (number, name)
            looked += 1
        tests = [name for name in named if name.startswith("tests/") and name.endswith(_TEST)]
        if state == "shown":
            assert tests or any("::" in name for name in named), number
            assert len(named) >= 2, f"{number}: the file, and the test that shows it"
    assert looked > 200


_TEST = (".py",)


def test_the_figures_above_the_table_are_those_of_the_table() -> None:
    counted = Counter(state for _n, _l, _a, state, _h in ROWS)
    said = dict(re.findall(r"^- \*\*([a-z/]+)\*\* \((\d+)\)", PAGE, re.M))
    assert {state: int(count) for state, count in said.items()} == dict(counted)


SETTINGS = """
import json
from django.conf import settings as s
print(json.dumps([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME,
    s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY,
    s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_SAMESITE, s.SECURE_HSTS_SECONDS,
    s.SECURE_HSTS_INCLUDE_SUBDOMAINS]))
"""


def test_cookies_over_https_are_bound_to_this_host(tmp_path: Path) -> None:
    """ASVS 3.3.1 to 3.3.4 and 3.4.1; over plain HTTP on loopback no browser would take such names."""
    for https, prefix in (("1", "__Host-"), ("0", "")):
        code = f"import os; os.environ['MOHALLA_HTTPS'] = '{https}'\n" + SETTINGS
        done = python(code, home=tmp_path)
        assert done.returncode == 0, done.stderr
        session, form, language, secure, *rest = json.loads(done.stdout)
        assert [session, form, language] == [f"{prefix}s", f"{prefix}c", f"{prefix}l"]
        assert secure == bool(prefix)
        assert rest == [True, True, "Lax", "Lax", 31536000 * bool(prefix), bool(prefix)]
