"""Pictures as phones and attackers make them, and the oracle that finds what they tell."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from PIL import Image, PngImagePlugin

PLACE = "31.5497N 74.3436E"
MAKER = "PhoneOfAmina"
XMP = (
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>{PLACE}</exif:GPSLatitude></x:xmpmeta>'
)
# Segments and words that any tool for reading metadata looks for.
TELLTALES = (
    b"Exif", b"http://ns.adobe.com", b"xmpmeta", b"GPS", b"Photoshop", b"ICC_PROFILE", b"MPF\0",
    b"JUMB", b"tEXt", b"zTXt", b"iTXt", b"eXIf", PLACE.encode(), MAKER.encode(), b"2026:03:25",
)  # fmt: skip


def told_by(picture: bytes) -> list[str]:
    """Every trace of place, camera, time or comment in the bytes; none in a working copy."""
    found = [mark.decode(errors="replace") for mark in TELLTALES if mark in picture]
    with Image.open(io.BytesIO(picture)) as opened:
        found += [f"exif {tag}" for tag in opened.getexif()]
        found += [name for name in opened.info if name not in
                  {"jfif", "jfif_version", "jfif_unit", "jfif_density"}]  # fmt: skip
    if picture[:2] == b"\xff\xd8":
        found += [f"segment {mark:02x}" for mark in segments(picture)
                  if mark == 0xFE or 0xE1 <= mark <= 0xEF]  # fmt: skip
        if not picture.endswith(b"\xff\xd9"):
            found.append("something after the end")
    return found


def segments(jpeg: bytes) -> list[int]:
    """Kinds of the segments before the picture itself."""
    at, found = 2, []
    while at < len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + int(struct.unpack(">H", jpeg[at + 2 : at + 4])[0])
    return found


def photograph(size: tuple[int, int] = (320, 240), *, orientation: int = 1) -> bytes:
    """A JPEG with place, camera, time, thumbnail, XMP, a comment and a zip behind its end."""
    picture = Image.new("RGB", size, "#203040")
    picture.paste("#ff0000", (0, 0, size[0] // 4, size[1] // 4))  # the corner that was on top
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0132] = MAKER, PLACE, "2026:03:25 12:00:00"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 32.0, 59.0), 3: "E", 4: (74.0, 20.0, 37.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, xmp=XMP.encode(), comment=PLACE.encode())
    return out.getvalue() + zip_of({"notes.txt": b"x" * 100})


def drawing(text: bytes = PLACE.encode(), *, animated: bool = False) -> bytes:
    """A PNG with transparency and a text chunk."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", text.decode(), zip=True)
    picture = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    out = io.BytesIO()
    more = {"save_all": True, "append_images": [Image.new("RGBA", (64, 64), "blue")] * 3}
    picture.save(out, "PNG", pnginfo=info, **(more if animated else {}))
    return out.getvalue()


def webp() -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = MAKER
    Image.new("RGB", (64, 64), "green").save(out, "WEBP", exif=exif, xmp=XMP.encode())
    return out.getvalue()


def heic() -> bytes:
    """96 × 64, as iPhones store it; made with libheif's heif-enc from `photograph`."""
    return (Path(__file__).parent / "samples/lane.heic").read_bytes()


def png(width: int, height: int, *chunks: tuple[bytes, bytes], data: bytes = b"\0" * 64) -> bytes:
    """Chunks by hand, to lie about the size or to burst."""
    body = b"\x89PNG\r\n\x1a\n"
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    for name, inner in ((b"IHDR", head), *chunks, (b"IDAT", zlib.compress(data)), (b"IEND", b"")):
        body += struct.pack(">I", len(inner)) + name + inner
        body += struct.pack(">I", zlib.crc32(name + inner))
    return body


def zip_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, inner in files.items():
            entry = zipfile.ZipInfo(name)  # its time is always the same
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, inner)
    return out.getvalue()


def overlapping_zip(entries: int = 50) -> bytes:
    """Every entry of the directory points at the same compressed megabyte."""
    plain = zip_of({"a": b"\0" * 1_000_000})
    at = plain.index(b"PK\x01\x02")
    end = plain.index(b"PK\x05\x06")
    directory = plain[at:end] * entries
    tail = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, entries, entries, len(directory), at, 0)
    return plain[:at] + directory + tail
