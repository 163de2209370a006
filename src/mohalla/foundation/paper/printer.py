"""One page in on standard input, its PDF out on standard output; a process by itself.

Started by `printing` and by nobody else. It fetches nothing, and the kernel holds it to its limits:
the words on the page are of people whom nobody knows.
"""

from __future__ import annotations

import resource
import sys
from base64 import b64encode
from contextlib import suppress
from pathlib import Path

from weasyprint import CSS, HTML, URLFetcher
from weasyprint.text.fonts import FontConfiguration

SECONDS, MEMORY, ANSWER = 40, 1 << 30, 32 << 20


def hold() -> None:
    """No more than this from here on; where the system knows no such limit, without it."""
    limits = (
        (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, ANSWER), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 256),
    )  # fmt: skip
    for what, most in limits:
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def printed(page: str, fonts: list[Path]) -> bytes:
    """Fonts travel inside; any other address is refused."""
    faces = "".join(
        f"@font-face {{ font-family: Paper{number};"
        f" src: url(data:font/woff2;base64,{b64encode(font.read_bytes()).decode()}) }}"
        for number, font in enumerate(fonts, start=1)
    )
    closed, known = URLFetcher(allowed_protocols=("data",)), FontConfiguration()
    style = CSS(string=faces, font_config=known, url_fetcher=closed)
    made: bytes = HTML(string=page, url_fetcher=closed).write_pdf(
        stylesheets=[style], font_config=known
    )
    return made


if __name__ == "__main__":
    hold()
    sys.stdout.buffer.write(printed(sys.stdin.read(), [Path(name) for name in sys.argv[1:]]))
