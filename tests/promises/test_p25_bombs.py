"""P25: a file or message that breaks its reader breaks nothing else.

Each reader of bytes from outside gets seeded inputs: valid ones turned, cut, doubled and spliced, and
noise. It may refuse in its own words, and in no others. `PARSER_INPUTS` of them for each (pictures a
thousandth, each has a process of its own); `make prove` takes many more.
"""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import os
import random
import resource
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from PIL import Image
from tests.district import District
from tests.pictures import drawing, heic, overlapping_zip, photograph, png, webp, zip_of

from mohalla.channels.sms.http import inbound
from mohalla.channels.sms.rules import concatenation, encoding
from mohalla.channels.sms.smpp import deliver, frames
from mohalla.foundation import files
from mohalla.foundation.files.copying import COPYIST
from mohalla.foundation.ledger.rules import merkle, notes, succession, tiles
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.commitments import SALT, written
from mohalla.foundation.ledger.rules.encoding import BadNote, encoded
from mohalla.foundation.ledger.rules.notes import ED25519, Signer, Verifier
from mohalla.foundation.ledger.rules.proofs import Proof
from mohalla.foundation.places.rules import files as places
from mohalla.stages.access.api.problems import Problem
from mohalla.stages.access.api.reading import JsonParser
from mohalla.stages.access.rules import filing
from mohalla.stages.access.rules.filing import Filing
from mohalla.station.casework.rules import bundle, parcel

INPUTS = int(os.environ.get("PARSER_INPUTS", "400"))
SIGNER = Signer("test.mohalla/log", ED25519, b"\1" * 32)
NEXT = Signer("test.mohalla/log", ED25519, b"\2" * 32)


def receipt() -> bytes:
    event = {"subject": "K7M2", "at": "2026-11-21T07:30:00.000000Z", "words": encoded(b"w" * 32)}
    opening = b"\3" * SALT + written(event)
    entry = filing.commitments.opened(opening)
    told = Filing(
        log=SIGNER.name, reference="K7M2", received=event["at"], contact_by=event["at"],
        words=event["words"], entry=encoded(entry),
    )  # fmt: skip
    root = merkle.leaf_hash(entry)
    note = notes.sign(str(Checkpoint(SIGNER.name, 1, root)), SIGNER)
    proof = Proof(0, (), note, opening)
    return filing.with_proof(filing.signed(told, SIGNER), proof).encode()


def packed(inner: dict[str, bytes]) -> bytes:
    parts = [parcel.part(name, [content]) for name, content in inner.items()]
    body = b"".join(parcel.head(one) + inner[one.name] for one in parts)
    return body + parcel.tail(parts)


def evidence() -> bytes:
    """The shape of a bundle; its inside is refused at a later step each time."""
    manifest = written({"format": bundle.HEAD, "log": SIGNER.name, "reference": "K", "made": "m",
                        "tree": 0, "files": [], "evidence": []})  # fmt: skip
    note = bundle.note(manifest=manifest, log=SIGNER.name, reference="K", made="m", signer=SIGNER)
    return packed({bundle.KEYS: b"[]", bundle.MANIFEST: manifest, bundle.NOTE: note})


def deliver_sm() -> bytes:
    text = "گلی میں".encode("utf-16-be")
    return (
        b"\0\1\1923001234567\0\0\1" + b"1787\0" + b"\x40\0\0\0\0\0\0\x08\0"
        + bytes([len(text) + 6]) + b"\5\0\3\7\2\1" + text + struct.pack(">HH", 0x1E, 3) + b"ab\0"
    )  # fmt: skip


CSV = b"code,name_en,name_ur,name_ps,parent,lat,lon\nmohalla-a,Mohalla A,,,lahore,31.5,74.3\n"
SHAPE = {"type": "Polygon", "coordinates": [[[74.0, 31.0], [74.1, 31.0], [74.1, 31.1], [74, 31]]]}
GEO = json.dumps(
    {"features": [{"properties": {"code": "a", "name": "A"}, "geometry": SHAPE}]}
).encode()
REPORT = json.dumps(
    {"text": "گلی", "place": {"mohalla": "a", "lat": 31.5}, "attachments": []}
).encode()
HANDOVER = succession.written([str(succession.signed(SIGNER, NEXT, at="x", size=9))]).encode()


def _places(content: bytes) -> object:
    with tempfile.NamedTemporaryFile() as kept:
        kept.write(content)
        kept.flush()
        return places.read(Path(kept.name), kind="mohalla")


def _json(content: bytes) -> object:
    request = RequestFactory().post("/", content, content_type="application/json")
    return JsonParser().parse_body(request)


def _frame(content: bytes) -> object:
    async def read() -> object:
        reader = asyncio.StreamReader()
        reader.feed_data(content)
        reader.feed_eof()
        return await frames.read_frame(reader, deadline=5)

    return asyncio.run(read())


def _text(read: Callable[[str], object]) -> Callable[[bytes], object]:
    """Of a file that `mohalla verify` opened as text."""
    return lambda content: read(content.decode())


Reader = tuple[Callable[[bytes], object], list[bytes], tuple[type[Exception], ...]]
READERS: dict[str, Reader] = {
    "receipt": (
        _text(lambda text: filing.verify(text, SIGNER.verifier)), [receipt()],
        (BadNote, UnicodeDecodeError),
    ),
    "proof": (_text(Proof.parse), [receipt().partition(b"\nc2sp")[2].join([b"c2sp", b""])],
              (BadNote, UnicodeDecodeError)),
    "note": (_text(notes.parse), [receipt()], (BadNote, UnicodeDecodeError)),
    "checkpoint": (_text(Checkpoint.parse), [str(Checkpoint("o", 3, b"\4" * 32)).encode()],
                   (BadNote, UnicodeDecodeError)),
    "key": (_text(Verifier.parse), [str(SIGNER.verifier).encode()], (BadNote, UnicodeDecodeError)),
    "history of keys": (_text(succession.parsed), [HANDOVER], (BadNote, UnicodeDecodeError)),
    "tile of entries": (tiles.unbundled, [tiles.bundle([b"\5" * 32, b"\6" * 32])], (ValueError,)),
    "evidence bundle": (
        lambda content: bundle.verify(io.BytesIO(content), SIGNER.verifier),
        [evidence(), zip_of({"a": b"x"}), overlapping_zip()], (bundle.Wrong,),
    ),
    "kind of a file": (
        lambda content: files.media_type(io.BytesIO(content)),
        [photograph(), drawing(), webp(), heic(), b"#!AMR\n", b"\0\0\0\x18ftypisom", b"%PDF-1.4"], (),
    ),
    "places": (_places, [CSV, GEO, gzip.compress(GEO, mtime=0)], (places.FileRefused,)),
    "JSON body": (_json, [REPORT], (Problem,)),
    "SMS: deliver_sm": (
        lambda content: deliver.read_deliver(content, pdu=content), [deliver_sm()],
        (deliver.Malformed,),
    ),
    "SMS: frame": (_frame, [struct.pack(">4I", 16, 0x15, 0, 1), b"HTTP/1.1 200"], (frames.BadFrame,)),
    "SMS: header of a part": (concatenation.split_header, [b"\5\0\3\7\2\1text"], (ValueError,)),
    "SMS: letters": (
        lambda content: [encoding.decode(content[1:], coding) for coding in {0, 8, *content[:1]}],
        ["گلی میں".encode("utf-16-be"), b"\x1b\x65hello"], (),
    ),
    "SMS: gateway": (
        lambda content: inbound.fields(content, content, "application/json"),
        [b"from=0300&text=a%20b", b'{"from":"0300","text":"x"}'], (inbound.Unclear,),
    ),
}  # fmt: skip


def inputs(samples: list[bytes], count: int, seed: str) -> Iterator[bytes]:
    """Each sample as it is, then `count` of what becomes of them."""
    chance = random.Random(f"25 {seed}")
    yield from samples
    yield from (b"", b"\0", b"[" * 100_000, b'{"a":' * 50_000, b"\xff" * 4096)
    for _number in range(count):
        made = bytearray(chance.choice(samples))
        for _turn in range(chance.randrange(1, 5)):
            at = chance.randrange(len(made) + 1)
            kind = chance.randrange(7)
            if kind == 0 and made:
                made[at % len(made)] ^= 1 << chance.randrange(8)
            elif kind == 1:
                del made[at:]
            elif kind == 2:
                made[at:at] = chance.randbytes(chance.randrange(1, 9))
            elif kind == 3:
                made[at:at] = made[: chance.randrange(len(made) + 1)]
            elif kind == 4:
                del made[at : at + chance.randrange(1, 16)]
            elif kind == 5:
                made[at : at + 4] = chance.choice(
                    [
                        b"\xff\xff\xff\xff",
                        b"\0\0\0\0",
                        b"1e999",
                        b"-1",
                        b"\xd8\0",
                        b"\n\n",
                        "—".encode(),
                    ]
                )
            else:
                made = bytearray(chance.randbytes(chance.randrange(200)))
        yield bytes(made)


@pytest.mark.parametrize("name", READERS)
def test_promise_P25_a_reader_refuses_in_its_own_words(name: str) -> None:
    read, samples, own = READERS[name]
    done = refused = 0
    for content in inputs(samples, INPUTS, name):
        done += 1
        try:
            read(content)
        except own:
            refused += 1
    assert done > INPUTS
    assert refused < done or name == "evidence bundle"


def test_promise_P25_what_is_valid_is_read(figure: Callable[[str], None]) -> None:
    """The twin: none of the readers refuses everything."""
    assert filing.verify(receipt().decode(), SIGNER.verifier).position == 0
    assert len(succession.parsed(HANDOVER.decode())) == 1
    assert _places(CSV)
    assert _places(gzip.compress(GEO))
    assert deliver.read_deliver(deliver_sm(), pdu=b"").payload  # type: ignore[union-attr]
    assert parcel.Parcel(io.BytesIO(evidence())).read(bundle.KEYS) == b"[]"
    figure(
        f"{len(READERS)} readers, {INPUTS} seeded inputs each: read, or refused in its own words"
    )


def frames_of(count: int) -> bytes:
    """A moving picture of ten thousand frames."""
    out = io.BytesIO()
    frame = Image.new("P", (1, 1))
    other = Image.new("P", (1, 1), 1)
    frame.save(out, "PNG", save_all=True, append_images=[other, frame] * (count // 2))
    return out.getvalue()


PICTURES = {
    "65,535 a side": (png(65_535, 65_535), "image/png"),
    "over 50 million": (png(7_072, 7_072, data=b"\0" * 7_072 * 7_073 * 3), "image/png"),
    "text that bursts": (
        png(8, 8, (b"zTXt", b"c\0\0" + zlib.compress(b"\0" * 50_000_000))), "image/png",
    ),
    "international text that bursts": (
        png(8, 8, (b"iTXt", b"c\0\1\0\0\0" + zlib.compress(b"\0" * 50_000_000))), "image/png",
    ),
    "colours that burst": (
        png(8, 8, (b"iCCP", b"c\0\0" + zlib.compress(b"\0" * 50_000_000))), "image/png",
    ),
    "cut": (photograph()[:700], "image/jpeg"),
    "GIF called JPEG": (b"GIF89a\xff\xff\xff\xff\0\0\0" * 40, "image/jpeg"),
    "FITS called PNG": (b"SIMPLE  =                    T" * 90, "image/png"),
    "PSD called JPEG": (b"8BPS\0\1" + b"\0" * 400, "image/jpeg"),
    "web page called JPEG": (b"\xff\xd8\xff<script>alert(1)</script>", "image/jpeg"),
    "HEIC of zeroes": (b"\0\0\0\x18ftypheic" + b"\0" * 5000, "image/heic"),
    "WebP that lies": (b"RIFF\xff\xff\xff\x7fWEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff", "image/webp"),
    "nothing": (b"", "image/png"),
}  # fmt: skip


def test_promise_P25_pictures_that_burst_burst_alone(figure: Callable[[str], None]) -> None:
    for name, (content, media_type) in PICTURES.items():
        with pytest.raises(files.NoCopy):
            files.working_copy(content, media_type=media_type)
        assert name
    many = frames_of(10_000)
    assert files.working_copy(many, media_type="image/png")  # its first frame, as a still
    assert files.working_copy(photograph(), media_type="image/jpeg")  # and the next one is made
    worst = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    figure(f"{len(PICTURES)} bombs refused; the largest child so far held {worst} MB")


def test_promise_P25_the_copyist_survives_what_it_is_given(figure: Callable[[str], None]) -> None:
    """Its process ends or answers; we go on either way, and an answer is always a fresh JPEG."""
    kinds = [(photograph(), "image/jpeg"), (drawing(), "image/png"), (webp(), "image/webp"),
             (heic(), "image/heic")]  # fmt: skip
    done = made = 0
    for sample, media_type in kinds:
        for content in inputs([sample], max(5, INPUTS // 1000), media_type):
            done += 1
            try:
                copy = files.working_copy(content, media_type=media_type)
            except files.NoCopy:
                continue
            made += 1
            assert copy[:2] == b"\xff\xd8"
    assert made
    figure(f"{done} pictures, {made} copied, the others refused")


LIMITS = """
import resource, runpy, sys
hold = runpy.run_path(sys.argv[1])["hold"]
hold.__globals__["SECONDS"] = 1
hold()
what = {"cpu": resource.RLIMIT_CPU, "memory": resource.RLIMIT_AS, "answer": resource.RLIMIT_FSIZE,
        "core": resource.RLIMIT_CORE, "files": resource.RLIMIT_NOFILE}
print({name: resource.getrlimit(kind) for name, kind in what.items()}, flush=True)
if sys.argv[2] == "work":
    while True: pass
if sys.argv[2] == "grow":
    try: bytearray(2 << 30)
    except MemoryError: print("held")
if sys.argv[2] == "write":
    with open(sys.argv[3], "wb") as out:
        for _ in range(64): out.write(b"x" * (1 << 20))
"""


def test_promise_P25_the_kernel_holds_the_copyist(tmp_path: Path) -> None:
    """Limits that the process cannot lift again: its hard limits are its soft ones."""

    def held(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", LIMITS, str(COPYIST), *args],
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    said = held("look")
    assert said.returncode == 0, said.stderr
    assert "'cpu': (1, 1)" in said.stdout
    assert "'memory': (1073741824, 1073741824)" in said.stdout
    assert "'answer': (33554432, 33554432)" in said.stdout
    assert "'core': (0, 0)" in said.stdout
    assert "'files': (64, 64)" in said.stdout
    assert held("work").returncode < 0  # the kernel ended it
    assert "held" in held("grow").stdout
    assert held("write", str(tmp_path / "out")).returncode != 0
    assert (tmp_path / "out").stat().st_size <= 32 << 20


def test_promise_P25_bundles_that_burst_are_refused_before_they_are_read() -> None:
    whole = evidence()
    claims = bytearray(whole)
    at = claims.rindex(b"PK\1\2")
    struct.pack_into("<L", claims, at + 20, 0xFFFFFFF0)  # a file of four gigabytes
    struct.pack_into("<L", claims, at + 24, 0xFFFFFFF0)
    for content in (bytes(claims), zip_of({"a": b"\0" * 9_000_000}), overlapping_zip(1000),
                    packed({"manifest.json": b"[" * 200_000, "keys.json": b"[" * 200_000})):  # fmt: skip
        with pytest.raises(bundle.Wrong):
            bundle.verify(io.BytesIO(content), SIGNER.verifier)
    deep = written({"a": 1}).replace(b"1", b"[" * 100_000)
    with pytest.raises(bundle.Wrong) as refused:
        bundle.verify(io.BytesIO(packed({bundle.KEYS: deep})), SIGNER.verifier)
    assert refused.value.item == bundle.KEYS


def test_promise_P25_lists_of_places_that_burst(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "LARGEST", 1 << 20)
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(b" " * (64 << 20)))
    with pytest.raises(places.FileRefused, match="larger than"):
        places.read(bomb, kind="mohalla")
    deep = b'{"features":[{"properties":{"code":"a","name":"A"},"geometry":{"type":"Polygon","coordinates":%s}}]}'
    for coordinates in (b"[" * 900 + b"1" + b"]" * 900, b"[" * 90_000, b"[[1]]", b'"x"', b"null"):
        (tmp_path / "list.geojson").write_bytes(deep % coordinates)
        with pytest.raises(places.FileRefused):
            places.read(tmp_path / "list.geojson", kind="mohalla")


def test_promise_P25_the_server_answers_the_next_one(
    district: District, settings: Any, figure: Callable[[str], None]
) -> None:
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    good = json.dumps({"text": "The lamp is out", "category": "street_light",
                       "place": {"mohalla": district.mohalla_a.code}})  # fmt: skip
    bodies = [
        b"[" * 100_000, b'{"text":' * 20_000, b'{"text":1e400}', b'{"text":NaN}', b"\xff\xfe{}",
        b'{"text":"a","text":"b"}', b'{"text":"' + b"\\ud800" * 1000 + b'"}', b"9" * 100_000, b"",
    ]  # fmt: skip
    for body in bodies:
        answer = client.generic("POST", "/api/v1/reports", body, "application/json")
        assert answer.status_code < 500, body[:40]
    part = b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\nb\r\n'
    forms = [
        b"".join(part % n for n in range(10_000)) + b"--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name="' + b"a" * (1 << 20) + b'"\r\n\r\nb\r\n--x--\r\n',
        b"--x\r\n" * 50_000, b"--x", b"",
    ]  # fmt: skip
    for path in ("/api/v1/attachments", "/en/report/", "/en/track/"):
        for form in forms:
            answer = client.generic("POST", path, form, "multipart/form-data; boundary=x")
            assert answer.status_code < 500, (path, form[:40])
    kinds = (zip_of({"a.docx": b"x"}), overlapping_zip(), gzip.compress(b"\0" * 1_000_000),
             b"\xfd7zXZ\0" + b"\0" * 99, b"<svg onload=alert(1)>", b"<!DOCTYPE lolz [<!ENTITY a 'b'>]>",
             b"\xd0\xcf\x11\xe0" * 99, b"MZ" * 99)  # fmt: skip
    for content in kinds:
        upload = {"file": SimpleUploadedFile("holiday.jpg", content)}
        assert client.post("/api/v1/attachments", upload).status_code == 422
    left = list(settings.FILES_DIR.rglob("incoming-*")) if settings.FILES_DIR.exists() else []
    assert left == []
    kept = client.generic("POST", "/api/v1/reports", good.encode(), "application/json")
    assert kept.status_code == 201  # it is there, and takes the next one
    figure(f"{len(bodies) + 3 * len(forms) + len(kinds)} hostile bodies, then a report: accepted")
