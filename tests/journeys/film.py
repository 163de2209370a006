"""A short film of a journey: pictures with the time that each stays, in one animated file.

Written beside the manual by `make film`, else into a temporary folder.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page
from tests.journeys.manual import _folder

MOST = 2_000_000  # bytes


@dataclass
class Film:
    """Frames of one size, in order."""

    code: str
    width: int = 360
    height: int = 740
    frames: list[Image.Image] = field(default_factory=list)
    times: list[int] = field(default_factory=list)

    def shot(self, page: Page, milliseconds: int = 1600) -> None:
        """What stands on the screen now."""
        taken = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
        if taken.size != (self.width, self.height):
            taken = taken.resize((self.width, self.height))
        self.frames.append(taken)
        self.times.append(milliseconds)

    def save(self) -> Path:
        """The file; refuses to grow beyond what a manual can carry."""
        folder = _folder() / "journey"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.code}.webp"
        first, *rest = self.frames
        first.save(
            path, save_all=True, append_images=rest, duration=self.times, loop=0,
            quality=60, method=6, minimize_size=True,
        )  # fmt: skip
        assert path.stat().st_size <= MOST, path.stat().st_size
        return path
