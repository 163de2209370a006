"""A secret is made once, whoever comes first, and nobody else can read it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from mohalla.foundation import keyfiles

RACER = """
import sys, time
from pathlib import Path
from mohalla.foundation import keyfiles
path, name, starts = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
def make():
    time.sleep(0.05)  # both have seen that there is none
    return name
while time.time() < starts:
    pass
print(keyfiles.kept(path, make))
"""


@pytest.mark.parametrize("round_", range(3))
def test_of_two_processes_at_once_the_first_wins(tmp_path: Path, round_: int) -> None:
    path = tmp_path / "keys" / "secret"
    starts = str(time.time() + 0.5)
    racers = [
        subprocess.Popen([sys.executable, "-c", RACER, str(path), name, starts],
                         stdout=subprocess.PIPE, text=True)
        for name in ("one", "two", "three")
    ]  # fmt: skip
    said = {racer.communicate(timeout=20)[0].strip() for racer in racers}
    assert len(said) == 1
    assert said <= {"one", "two", "three"}
    assert path.read_text() in said
    assert [found.name for found in path.parent.iterdir()] == ["secret"]


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "secret"
    assert keyfiles.kept(path, lambda: "made") == "made"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_what_is_there_is_never_made_again(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("older\n")
    assert keyfiles.kept(path, lambda: pytest.fail("made again")) == "older"


def test_a_maker_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> str:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        keyfiles.kept(tmp_path / "secret", broken)
    assert list(tmp_path.iterdir()) == []
