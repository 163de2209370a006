"""One picture in on standard input, its working copy out on standard output; a process by itself.

Started by `copying` and by nobody else. The kernel holds it to its limits before it reads the
first byte, because a picture from outside may be made to burst or to break the decoder.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings
from contextlib import suppress

import pi_heif
from PIL import Image, ImageOps

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2560
SECONDS, MEMORY, ANSWER = 20, 1 << 30, 32 << 20


def hold() -> None:
    """No more than this from here on; where the system knows no such limit, without it."""
    limits = (
        (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, ANSWER), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 64),
    )  # fmt: skip
    for what, most in limits:
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def copied(original: bytes, media_type: str) -> bytes:
    """The pixels the right way up, at most 2,560 a side, as JPEG; nothing else of the original."""
    with Image.open(io.BytesIO(original), formats=[FORMATS[media_type]]) as found:
        if found.width * found.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        found.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        turned = ImageOps.exif_transpose(found)
        bare = Image.new("RGB", turned.size, "white")  # a fresh one: comments and profiles stay out
        if turned.has_transparency_data:
            clear = turned.convert("RGBA")
            bare.paste(clear, mask=clear)
        else:
            bare.paste(turned.convert("RGB"))
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=85)
    return out.getvalue()


if __name__ == "__main__":
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error")
    pi_heif.register_heif_opener()
    Image.init()
    hold()
    sys.stdout.buffer.write(copied(sys.stdin.buffer.read(), sys.argv[1]))
