"""Words looked for wherever they must not be: in bytes, in six encodings."""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus


def encoded(word: str) -> set[bytes]:
    """UTF-8, UTF-16, base64 at each of three offsets, hexadecimal, percent, JSON escapes."""
    plain = word.encode()
    forms = {plain, word.encode("utf-16-le"), word.encode("utf-16-be")}
    forms |= {plain.hex().encode(), plain.hex().upper().encode()}
    forms |= {quote(word).encode(), quote(word).lower().encode(), quote_plus(word).encode()}
    forms.add(json.dumps(word)[1:-1].encode())
    for offset in range(3):
        whole = base64.b64encode(b"\0" * offset + plain)
        forms.add(whole[4 if offset else 0 : len(whole) - 4])  # what the neighbours do not change
    return {form for form in forms if len(form) >= 8}


def within(content: bytes, words: Iterable[str]) -> set[str]:
    """Which of the words stand in it, in whatever encoding."""
    return {word for word in words if any(form in content for form in encoded(word))}


def files(folder: Path, words: Iterable[str]) -> dict[str, set[str]]:
    """Every file below a folder that holds one of them."""
    words = list(words)
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() and (hits := within(path.read_bytes(), words)):
            found[str(path.relative_to(folder))] = hits
    return found


def memory(pid: int, words: Iterable[str]) -> set[str]:
    """What the memory of a process holds of them: what a core dump would."""
    words, found = list(words), set()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as mem:
        for start, size in _writable(pid):
            try:
                mem.seek(start)
                found |= within(mem.read(size), words)
            except (OSError, ValueError):
                continue
    return found


def _writable(pid: int) -> Iterator[tuple[int, int]]:
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        match = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
        if match and "[v" not in line:
            start, end = int(match[1], 16), int(match[2], 16)
            yield start, end - start


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found, wanted = [], [pid]
    while wanted:
        each = wanted.pop()
        found.append(each)
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            wanted += map(int, task.read_text().split())
    return found


def readable(pid: int) -> bool:
    """Whether we may look into that process."""
    return os.access(f"/proc/{pid}/mem", os.R_OK)
