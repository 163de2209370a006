"""Each web worker keeps to a processor that no other one has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TWO = """
import json, os, sys
from pathlib import Path
from mohalla.site import processors
print(json.dumps([processors.settle(workers=int(sys.argv[1]), home=Path(sys.argv[2])),
                  sorted(os.sched_getaffinity(0))]), flush=True)
sys.stdin.read()
"""


def worker(home: Path, workers: int) -> tuple[subprocess.Popen[str], list[object]]:
    started = subprocess.Popen(
        [sys.executable, "-c", TWO, str(workers), str(home)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert started.stdout is not None
    return started, json.loads(started.stdout.readline())


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one processor only")
def test_workers_share_no_processor_and_an_ended_one_gives_it_back(tmp_path: Path) -> None:
    all_of_them = sorted(os.sched_getaffinity(0))
    many = len(all_of_them)
    first, (one, kept) = worker(tmp_path, many)
    second, (other, _kept) = worker(tmp_path, many)
    assert (one, kept) == (all_of_them[0], [all_of_them[0]])
    assert other == all_of_them[1]
    first.kill()
    first.wait()
    third, (again, _kept) = worker(tmp_path, many)
    assert again == one
    few, (none, free) = worker(tmp_path, many - 1)
    assert (none, free) == (None, all_of_them)  # the kernel chooses
    for process in (second, third, few):
        process.communicate()
