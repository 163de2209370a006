"""The illustrated manual: pictures with captions, taken by the journeys as they go.

Written into `docs/operations/` by `make manual`, else into a temporary folder, so that a test run
leaves no changed pictures behind.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import FloatRect, Page

DOCS = Path(__file__).resolve().parents[2] / "docs/operations"
HEAD = """# The manual, in pictures

Made by the journeys in `tests/journeys/` with `make manual`: the demonstration district, a phone of
360 pixels without scripts, a desk of 1280. Every picture is what the program showed.

How to change the petition's wording, which no lawyer has read yet:
[change the petition](../howto/change-the-petition.md).
"""


@dataclass
class Manual:
    """Pictures of one journey, in order."""

    title: str
    code: str
    lines: list[str] = field(default_factory=list)

    def shot(self, page: Page, caption: str, *, until: str = "") -> None:
        """One picture with its caption: the whole page, or from its top to the end of `until`."""
        page.evaluate("document.fonts.ready") if _scripts(page) else None
        name = f"{self.code}-{len(self.lines) + 1:02d}.png"
        folder = _folder() / "journey"
        folder.mkdir(parents=True, exist_ok=True)
        page.evaluate("scrollTo(0, 0)")  # what sticks to the top stays there
        page.screenshot(path=folder / name, full_page=True, clip=_part(page, until))
        _make_small(folder / name)
        self.lines.append(f"![{caption}](journey/{name})\n\n*{caption}*\n")

    def film(self, name: str, caption: str) -> None:
        """A film that lies beside the pictures."""
        self.lines.append(f"![{caption}](journey/{name})\n\n*{caption}*\n")

    def close(self) -> None:
        """Write this journey's chapter and the manual of all chapters."""
        folder = _folder()
        chapters = folder / "chapters"
        chapters.mkdir(parents=True, exist_ok=True)
        (chapters / f"{self.code}.md").write_text(f"## {self.title}\n\n" + "\n".join(self.lines))
        parts = [path.read_text() for path in sorted(chapters.glob("*.md"))]
        (folder / "manual.md").write_text("\n".join([HEAD, *parts]))


def _part(page: Page, until: str) -> FloatRect | None:
    if not until:
        return None
    box = page.locator(until).last.bounding_box()
    size = page.viewport_size
    assert box is not None
    assert size is not None
    return {"x": 0, "y": 0, "width": size["width"], "height": box["y"] + box["height"] + 16}


def _make_small(path: Path) -> None:
    """A hundred and twenty-eight colours are enough for pages like ours, at a third of the size."""
    with Image.open(path) as full:
        small = full.convert("RGB").quantize(
            128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
    small.save(path, optimize=True)


def _folder() -> Path:
    if os.environ.get("MOHALLA_MANUAL") == "1":
        return DOCS
    return Path(tempfile.gettempdir()) / "mohalla-manual"


def _scripts(page: Page) -> bool:
    try:
        return bool(page.evaluate("true"))
    except Exception:
        return False
