"""P17: my photograph does not show my house: the copy that pages show tells nothing but the picture.

The oracle is nobody's of ours: exiftool, asked for everything that it finds anywhere in a file.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.district import NOON, District
from tests.pictures import drawing, heic, photograph, webp, zip_of

from mohalla.foundation import files, identifiers
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.models import Attachment

EXIFTOOL = shutil.which("exiftool")
needs_oracle = pytest.mark.skipif(
    EXIFTOOL is None, reason="exiftool is not here: apt-get install libimage-exiftool-perl"
)
# what a file is by itself: its form and size, nothing of who, where, when and with what
PLAIN = {"SourceFile", "ExifTool", "System", "File", "JFIF"}
COMPOSITE = {"ImageSize", "Megapixels"}
TELLING = ("gps", "serial", "artist", "author", "creator", "owner", "make", "model", "byline",
           "location", "lens", "date", "thumbnail", "preview", "software", "comment")  # fmt: skip
TAGS = (
    "-GPSLatitude=31.5497", "-GPSLatitudeRef=N", "-GPSLongitude=74.3436", "-GPSLongitudeRef=E",
    "-GPSAltitude=210", "-Artist=Amina Bibi", "-Copyright=Amina Bibi", "-SerialNumber=SN-35-2209",
    "-LensSerialNumber=LN-9", "-OwnerName=Amina Bibi", "-Make=PhoneOfAmina", "-Model=P-1",
    "-Software=Camera 3", "-DateTimeOriginal=2026:03:25 12:00:00", "-UserComment=our lane",
    "-ImageUniqueID=abc123", "-XMP-exif:GPSLatitude=31.5497", "-XMP-exif:GPSLongitude=74.3436",
    "-XMP-dc:Creator=Amina Bibi", "-XMP-photoshop:City=Lahore", "-XMP-aux:SerialNumber=SN-35",
    "-XMP-xmpMM:DocumentID=uuid:1", "-IPTC:By-line=Amina Bibi", "-IPTC:City=Lahore",
    "-IPTC:Sub-location=Street 4", "-Photoshop:URL=https://example.org/amina",
)  # fmt: skip


def told(content: bytes, folder: Path) -> dict[str, object]:
    """Everything that exiftool finds, also inside of what lies inside, as `group:tag`."""
    path = folder / "asked"
    path.write_bytes(content)
    done = subprocess.run(
        [str(EXIFTOOL), "-j", "-G1", "-a", "-u", "-U", "-ee3", str(path)],
        capture_output=True, check=False,
    )  # fmt: skip
    found: dict[str, object] = json.loads(done.stdout)[0]
    return found


def telling(found: dict[str, object]) -> list[str]:
    """Tags that are no mere form or size."""
    more = []
    for name in found:
        group, _colon, tag = name.partition(":")
        if group == "Composite" and tag in COMPOSITE:
            continue
        if group not in PLAIN or (group == "File" and tag in {"Comment"}):
            more.append(name)
    return more


def with_tags(content: bytes, ending: str, folder: Path) -> bytes:
    """Written by a foreign program into all the places that this kind of file has."""
    path = folder / f"made.{ending}"
    path.write_bytes(content)
    subprocess.run(
        [str(EXIFTOOL), "-q", "-m", "-overwrite_original", *TAGS, str(path)],
        capture_output=True, check=False,
    )  # fmt: skip
    return path.read_bytes()


def with_thumbnail(content: bytes, folder: Path) -> bytes:
    """A photograph whose thumbnail has place and author of its own; and a preview behind its end."""
    small = with_tags(photograph((80, 60)), "small.jpg", folder)
    (folder / "thumb.jpg").write_bytes(small)
    path = folder / "thumbed.jpg"
    path.write_bytes(content)
    subprocess.run(
        [str(EXIFTOOL), "-q", "-m", "-overwrite_original",
         f"-ThumbnailImage<={folder / 'thumb.jpg'}", str(path)],
        capture_output=True, check=True,
    )  # fmt: skip
    return path.read_bytes() + small


def maker_notes() -> bytes:
    """A block that a maker writes, with a serial number and a place inside."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Canon", "Canon EOS"
    exif.get_ifd(0x8769)[0x927C] = b"Canon\0SN-35-2209 31.5497N 74.3436E" * 8
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "navy").save(out, "JPEG", exif=exif)
    return out.getvalue()


def two_pictures() -> bytes:
    """MPO: a second picture behind the first, as depth and portrait modes store it."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "PhoneOfAmina"
    first = Image.new("RGB", (64, 64), "red")
    more = [Image.new("RGB", (64, 64), "blue")]
    first.save(out, "MPO", save_all=True, append_images=more, exif=exif)
    return out.getvalue()


def moving_webp() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (32, 32), shade) for shade in ("red", "green", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()


def corpus(folder: Path) -> dict[str, tuple[bytes, str]]:
    """Name to content and type; every one of them tells something."""
    return {
        "jpeg": (with_tags(photograph(), "jpg", folder), "image/jpeg"),
        "jpeg with thumbnail and preview": (
            with_thumbnail(with_tags(photograph(), "jpg", folder), folder), "image/jpeg",
        ),
        "jpeg with maker notes": (with_tags(maker_notes(), "jpg", folder), "image/jpeg"),
        "jpeg with a zip behind": (photograph() + zip_of({"a": b"x"}), "image/jpeg"),
        "two pictures in one": (with_tags(two_pictures(), "jpg", folder), "image/jpeg"),
        "png": (with_tags(drawing(), "png", folder), "image/png"),
        "png with text": (drawing(b"31.5497N 74.3436E"), "image/png"),
        "moving png": (with_tags(drawing(animated=True), "png", folder), "image/png"),
        "webp": (with_tags(webp(), "webp", folder), "image/webp"),
        "moving webp": (with_tags(moving_webp(), "webp", folder), "image/webp"),
        "heic": (with_tags(heic(), "heic", folder), "image/heic"),
    }  # fmt: skip


@needs_oracle
def test_promise_P17_a_copy_tells_neither_place_nor_device_nor_author(
    district: District, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    before = 0
    for name, (content, media_type) in corpus(tmp_path).items():
        seen = telling(told(content, tmp_path))
        assert any(word in tag.lower() for tag in seen for word in TELLING), name  # the twin
        before += len(seen)
        row = reports.keep_attachment(upload=SimpleUploadedFile(name, content), at=NOON)
        row = reports.make_copy(attachment=row.pk, at=NOON)
        assert (row.media_type, row.copy) == (media_type, Attachment.Copy.MADE), name
        copy = files.read(row.copy_sha256)
        assert telling(told(copy, tmp_path)) == [], name
        for word in (b"Amina", b"Lahore", b"SN-35", b"31.5497", b"PK\3\4", b"exif", b"Exif"):
            assert word not in copy, (name, word)
        assert copy.endswith(b"\xff\xd9")
        assert files.read(row.sha256) == content, name  # the original: byte for byte
    kinds = len(corpus(tmp_path))
    figure(f"{kinds} kinds of pictures, {before} telling tags by exiftool; in their copies 0")


# what has no clean copy: what such files carry, and that the pages say so
MP4 = (
    b"\0\0\0\x18ftypisom\0\0\2\0isomiso2"
    + b"\0\0\0\x2amoov\0\0\0\x22udta\0\0\0\x1a\xa9xyz\0\x0e\x15\xc7+31.5497+74.3436/"
)


def _pdf() -> bytes:
    """The smallest with an author."""
    body, places = b"%PDF-1.4\n", []
    for inner in (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>",
                  b"<</Author(Amina Bibi)/Title(our house)>>"):  # fmt: skip
        places.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (len(places), inner)
    rows = b"".join(b"%010d 00000 n \n" % at for at in places)
    tail = b"trailer<</Size 4/Root 1 0 R/Info 3 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 4\n0000000000 65535 f \n" + rows + tail


PDF = _pdf()
MP3 = b"ID3\3\0\0\0\0\0\x1bTPE1\0\0\0\x0b\0\0\0Amina Bibi" + b"\xff\xfb\x90\0" + b"\0" * 413
BARE = {"video/mp4": MP4, "application/pdf": PDF, "audio/mpeg": MP3}
DESK = "they may tell where, when and with what they were made"
TRACK = "Videos, recordings and documents have no such copy"


def test_promise_P17_what_has_no_clean_copy_is_never_called_clean(
    district: District, figure: Callable[[str], None]
) -> None:
    desk = district.client(district.ali)
    for media_type, content in BARE.items():
        row = reports.keep_attachment(upload=SimpleUploadedFile("x", content), at=NOON)
        assert (row.media_type, row.copy) == (media_type, Attachment.Copy.NONE)
        with pytest.raises(files.NoCopy):
            files.working_copy(content, media_type=media_type)
        case = district.make_case(attachments=(row.pk,))
        page = desk.get(f"/desk/cases/{case.reference}/").content.decode()
        assert DESK in page, media_type
        evidence = desk.get(f"/desk/cases/{case.reference}/evidence").content.decode()
        assert "It has no clean copy" in evidence
        receipt = identifiers.receipt_for(case.report_id, 1)
        assert TRACK in Client().post("/en/track/", {"receipt": receipt}).content.decode()
        answer = desk.get(f"/desk/cases/{case.reference}/files/{row.pk}")
        assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    photo = reports.keep_attachment(upload=SimpleUploadedFile("x", photograph()), at=NOON)
    case = district.make_case(attachments=(photo.pk,))
    assert DESK not in desk.get(f"/desk/cases/{case.reference}/").content.decode()
    figure(f"{len(BARE)} kinds without a clean copy: said at the desk and to the reporter")


@needs_oracle
def test_promise_P17_the_oracle_sees_what_those_files_tell(tmp_path: Path) -> None:
    """So that nobody believes that there is nothing to say about them."""
    for media_type, content in BARE.items():
        seen = " ".join(told(content, tmp_path)).lower()
        assert any(word in seen for word in ("gps", "author", "artist")), (media_type, seen)
    assert telling(told(photograph(), tmp_path))


def test_promise_P17_office_papers_are_not_taken(district: District) -> None:
    """DOCX carries its author; it is refused at the door, not kept and shown."""
    paper = zip_of({"docProps/core.xml": b"<dc:creator>Amina Bibi</dc:creator>"})
    with pytest.raises(reports.AttachmentRefused):
        reports.keep_attachment(upload=SimpleUploadedFile("a.docx", paper), at=NOON)
    kept = reports.keep_attachment(upload=SimpleUploadedFile("a.jpg", photograph()), at=NOON)
    assert kept.pk


def test_promise_P17_a_picture_that_cannot_be_copied_is_not_shown(district: District) -> None:
    broken = photograph()[:700]
    row = reports.keep_attachment(upload=SimpleUploadedFile("x", broken), at=NOON)
    case = district.make_case(attachments=(row.pk,))
    desk = district.client(district.ali)
    answer = desk.get(f"/desk/cases/{case.reference}/files/{row.pk}")
    assert answer.status_code == 302  # back to the case, with a sentence
    receipt = identifiers.receipt_for(case.report_id, 1)
    shown = Client().post("/en/track/", {"receipt": receipt, "do": "file", "file": str(row.pk)})
    assert b"cannot be shown safely" in shown.content
    assert broken[:64] not in shown.content
