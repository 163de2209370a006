"""Writes docs/PROMISES.md: what people are promised, the tests that show it, the figures reached.

`make promises` runs the tests, then this. What has no test is said to have none.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/PROMISES.md"
SAID = {
    "P01": "What is sealed in my browser the server cannot read",
    "P02": "Where sealing fails nothing is sent",
    "P03": "Whom I complain about never gets my report",
    "P04": "I hold proof that I reported",
    "P05": "Nobody quietly changes or back-dates the record",
    "P06": "I see who opened my case",
    "P07": "No single person deletes it, lowers its class or unmasks me",
    "P08": "Another officer cannot find me by searching",
    "P09": "Every address has a right of its own",
    "P10": "My phone shows nothing afterwards",
    "P11": "A text from us never gives me away",
    "P12": "A swapped SIM opens nothing confidential",
    "P13": "Receipts cannot be guessed",
    "P14": "I can report in a flood",
    "P15": "When it says “we have it”, it has it",
    "P16": "Sent twice is counted once; two people stay two",
    "P17": "My photograph does not show my house",
    "P18": "My evidence stands in court",
    "P19": "A missing child does not wait",
    "P20": "I can withdraw, and nobody can withdraw for me",
    "P21": "Published figures point at nobody",
    "P22": "It works on a simple phone, in Urdu",
    "P23": "Everybody can use it",
    "P24": "No text can lie to the officer",
    "P25": "A file that breaks its reader breaks nothing else",
    "P26": "The page I use is the page that was checked",
    "P27": "After a restore the past is the same, or what is lost is named",
    "P28": "Equal treatment is measured",
    "P29": "Rules are not switched off quietly",
    "P30": "Secrets never reach the logs",
}
# tests from before the promises had numbers, that show (part of) one
EARLIER = {
    "P03": [
        "tests/unit/foundation/units/test_exclusion_properties.py",
        "tests/web/desk/test_hidden.py",
    ],
    "P12": ["tests/web/test_sms_receipt.py"],
    "P16": ["tests/web/test_sms_loop.py", "tests/contracts/test_sms_real_texts.py"],
    "P17": ["tests/unit/foundation/test_working_copies.py"],
    "P22": ["tests/journeys/test_by_sms_only.py", "tests/journeys/test_first_load.py"],
    "P23": ["tests/journeys/test_axe.py", "tests/journeys/test_keyboard_only.py"],
}
TEST = re.compile(r"^def (test_promise((?:_P\d\d)+)_\w+)", re.M)


def tests() -> dict[str, list[str]]:
    """Promise to `file::test`, from the sources."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name, numbers in TEST.findall(path.read_text()):
            for number in numbers.strip("_").split("_"):
                found[number].append(f"{path.relative_to(ROOT)}::{name}")
    return found


def figures(folder: Path) -> dict[str, list[str]]:
    """`file::test` to the figures that a run reached."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("*.json")):
        kept = json.loads(path.read_text())
        found[kept["test"].partition("[")[0]].append(kept["figure"])
    return found


def page(reached: dict[str, list[str]]) -> str:
    """The whole page."""
    shown = tests()
    lines = [
        "# What people are promised, and what shows it",
        "",
        "Made by `make promises` from the tests and the figures of its run. “Not shown yet” means that"
        " no test shows the promise; “in part” that tests from earlier work show a part of it.",
        "",
    ]
    for number, words in SAID.items():
        names, earlier = shown.get(number, []), EARLIER.get(number, [])
        state = "" if names else " (in part)" if earlier else " (not shown yet)"
        lines += [f"## {number} {words}{state}", ""]
        for name in names:
            lines.append(f"- `{name}`" + "".join(f": {said}" for said in reached.get(name, [])))
        lines += [f"- `{name}`" for name in earlier]
        lines += [""] if names or earlier else []
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(figures(Path(sys.argv[1]))))
    print(f"{PAGE}: {sum(map(len, tests().values()))} tests")
