"""What a picture tells besides itself stays with the original; what bursts, bursts alone."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zlib

import pytest
from PIL import Image
from tests.pictures import drawing, heic, photograph, png, told_by, webp

from mohalla.foundation import files
from mohalla.foundation.files.copying import COPYIST


def copy(original: bytes, media_type: str = "image/jpeg") -> Image.Image:
    made = files.working_copy(original, media_type=media_type)
    assert told_by(made) == []
    return Image.open(io.BytesIO(made))


def test_the_oracle_sees_what_it_must_not_find() -> None:
    for telling in (photograph(), drawing(), webp()):
        assert told_by(telling)
    assert {"GPS", "Exif", "comment", "something after the end"} - {"GPS"} <= set(
        told_by(photograph())
    )


@pytest.mark.parametrize(
    ("made", "media_type"),
    [(photograph(), "image/jpeg"), (drawing(), "image/png"), (webp(), "image/webp"),
     (drawing(animated=True), "image/png"), (heic(), "image/heic")],
    ids=["jpeg", "png", "webp", "animated", "heic"],
)  # fmt: skip
def test_a_copy_tells_nothing_but_the_picture(made: bytes, media_type: str) -> None:
    assert copy(made, media_type).format == "JPEG"


def test_the_right_way_up() -> None:
    turned = copy(photograph((320, 240), orientation=6))
    assert turned.size == (240, 320)
    red, green, _blue = turned.convert("RGB").getpixel((235, 5))
    assert (red > 200, green < 60) == (True, True), "the marked corner is at the upper right now"


def test_large_ones_are_made_smaller_and_clear_ones_white() -> None:
    assert copy(photograph((6000, 4000))).size == (2560, 1707)
    assert copy(drawing(), "image/png").getpixel((5, 5)) == (255, 255, 255)


def test_what_is_called_one_thing_and_is_another_is_not_tried() -> None:
    with pytest.raises(files.NoCopy):
        files.working_copy(webp(), media_type="image/png")
    with pytest.raises(files.NoCopy):
        files.working_copy(b"%PDF-1.7", media_type="application/pdf")


@pytest.mark.parametrize(
    ("bomb", "media_type"),
    [
        (png(65_535, 65_535), "image/png"),
        (png(7_072, 7_072, data=b"\0" * 7_072 * 7_073 * 3), "image/png"),  # just over 50 million
        (png(8, 8, (b"iTXt", b"c\0\1\0\0\0" + zlib.compress(b"\0" * 50_000_000))), "image/png"),
        (png(8, 8, (b"zTXt", b"c\0\0" + zlib.compress(b"\0" * 50_000_000))), "image/png"),
        (photograph()[:700], "image/jpeg"),
        (photograph()[:4], "image/jpeg"),
        (b"\xff\xd8\xff" + b"\xff" * 100_000, "image/jpeg"),
        (webp()[:-20], "image/webp"),
        (b"RIFF\x04\0\0\0WEBP", "image/webp"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 100, "image/heic"),
        (b"", "image/png"),
    ],
    ids=["65535", "pixels", "iTXt", "zTXt", "cut", "head", "noise", "cut webp", "no webp", "no heic",
         "nothing"],
)  # fmt: skip
def test_bombs_end_without_us(bomb: bytes, media_type: str) -> None:
    began = time.monotonic()
    with pytest.raises(files.NoCopy):
        files.working_copy(bomb, media_type=media_type)
    assert time.monotonic() - began < 8


def test_the_kernel_holds_the_copyist() -> None:
    """Memory, time and size of the answer: asked of the very process that decodes."""
    asks = (
        f"import runpy, resource; hold = runpy.run_path({str(COPYIST)!r})['hold']; hold()\n"
        "assert resource.getrlimit(resource.RLIMIT_CPU)[1] == 20\n"
        "assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == 32 << 20\n"
        "try: bytearray(2 << 30)\n"
        "except MemoryError: print('held')\n"
    )
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("held", 0), done.stderr
