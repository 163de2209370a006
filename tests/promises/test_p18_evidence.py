"""P18: what somebody gives as evidence stands in court: whole, with every hand it went through."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.district import NOON, District
from tests.pictures import photograph

from mohalla.foundation import clock, files, seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger import key
from mohalla.foundation.ledger.rules import notes
from mohalla.foundation.ledger.rules.commitments import written
from mohalla.foundation.ledger.rules.encoding import encoded
from mohalla.foundation.ledger.rules.notes import ED25519, Signer, Verifier
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.models import Attachment
from mohalla.stages.access.queries import proved
from mohalla.stages.access.rules import filing
from mohalla.station.casework import actions, bundles
from mohalla.station.casework.certificates import Maker
from mohalla.station.casework.models import Case
from mohalla.station.casework.rules import bundle as rules
from mohalla.station.casework.rules import parcel

RECORDING = b"#!AMR\n" + bytes(range(256)) * 40
HANDOVERS = (
    ("pfsa", "disc"), ("court", "bundle"), ("prosecutor", "print"), ("kp_fsl", "disc"),
    ("nccia", "bundle"), ("hospital", "print"),
)  # fmt: skip


def kept(content: bytes, name: str = "a.jpg", **more: Any) -> Attachment:
    return reports.keep_attachment(upload=SimpleUploadedFile(name, content), at=NOON, **more)


@pytest.fixture
def case(district: District, settings: Any, tmp_path: Path) -> Case:
    """Keys of its own; a photograph and a recording, twelve hand-overs that came back, a device, a check."""
    settings.KEYS_DIR = tmp_path / "keys"
    rows = [kept(photograph()), kept(RECORDING, "a.amr", told_at=NOON - timedelta(hours=3))]
    reports.make_copy(attachment=rows[0].pk, at=NOON)
    made = district.make_case(
        category="online_harassment", attachments=tuple(row.pk for row in rows)
    )
    viewer = district.viewer(district.sana)
    hours = (NOON + timedelta(hours=n) for n in itertools.count(1))
    for row in rows:
        row.refresh_from_db()
        for holder, medium in HANDOVERS:
            at = next(hours)
            handed = actions.hand_evidence(
                case=made, attachment=row, viewer=viewer, at=at, happened_at=at, medium=medium,
                holder=holder, words=actions.Words(person="Constable Gul Khan", number="77/2026"),
            )  # fmt: skip
            at = next(hours)
            actions.bring_back(
                handed=handed, viewer=viewer, at=at, happened_at=at, words=actions.Words(person="x")
            )
        at = next(hours)
        actions.check_original(case=made, attachment=row, viewer=viewer, at=at)
    actions.keep_handset(
        case=made, viewer=viewer, at=at, happened_at=at, words=actions.Words(person="اس کی مالکہ")
    )
    ledger.sequence(at=at)
    return made


def packed(district: District, case: Case, **more: Any) -> bytes:
    maker = Maker(officer=district.sana.pk, unit=district.womens_desk.pk, purpose="the trial")
    made = bundles.of(case, maker=maker, at=more.get("at", NOON + timedelta(days=9)))
    content = b"".join(made.stream)
    assert len(content) == made.size
    return content


def opened(content: bytes, *, key_: Verifier | None = None, history: str = "[]") -> rules.Found:
    return rules.verify(io.BytesIO(content), key_ or key.signer().verifier, history=history)


def wrong(content: bytes, *, key_: Verifier | None = None) -> tuple[str, str]:
    with pytest.raises(rules.Wrong) as raised:
        opened(content, key_=key_)
    return raised.value.item, raised.value.step


def members(content: bytes) -> dict[str, bytes]:
    """As a foreign program reads it."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def repacked(inner: dict[str, bytes]) -> bytes:
    """A zip of the right shape with other contents: the container finds nothing."""
    parts = [parcel.part(name, [inner[name]]) for name in sorted(inner)]
    body = b"".join(parcel.head(one) + inner[one.name] for one in parts)
    return body + parcel.tail(parts)


def listed_anew(inner: dict[str, bytes]) -> dict[str, bytes]:
    """The manifest names what lies there now; the signature is still the old one."""
    manifest = json.loads(inner[rules.MANIFEST])
    manifest["files"] = [
        {"name": name, "size": len(text), "sha256": hashlib.sha256(text).hexdigest()}
        for name, text in sorted(inner.items())
        if name not in {rules.MANIFEST, rules.NOTE}
    ]
    return inner | {rules.MANIFEST: written(manifest)}


def signed_anew(inner: dict[str, bytes]) -> dict[str, bytes]:
    """What only the keeper of the key can do."""
    manifest = json.loads(inner[rules.MANIFEST])
    note = rules.note(
        manifest=inner[rules.MANIFEST], log=manifest["log"], reference=manifest["reference"],
        made=manifest["made"], signer=key.signer(),
    )  # fmt: skip
    return inner | {rules.NOTE: note}


def test_promise_P18_twelve_hands_and_a_check_without_us(
    district: District, case: Case, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    content = packed(district, case)
    inner = members(content)
    assert inner["originals/01.jpg"] == photograph()  # byte for byte
    assert inner["originals/02.amr"] == RECORDING
    found = opened(content)
    assert [row.since is not None for row in found.originals] == [True, True]
    acts = [json.loads(row["facts"]) for row in json.loads(inner[rules.CUSTODY])]
    assert (
        sum("returns" in row and not row["returns"] and bool(row["holder"]) for row in acts) == 12
    )
    told = next(row["told"] for row in acts if row.get("type") == "audio/amr")
    assert told.startswith("2026-03-25T04:00")  # her clock, beside ours
    for language, words in (("en", "Forensic report"), ("ur", "فرانزک")):
        page = inner[f"certificate.{language}.html"].decode()
        assert words in page
        assert hashlib.sha256(RECORDING).hexdigest() in page
        assert "Constable Gul Khan" in page
        assert '<td class="line">' in page  # what is not known is left to be filled in
    (tmp_path / "evidence.zip").write_bytes(content)
    done = alone(tmp_path, "evidence.zip")
    assert done.returncode == 0, done.stderr
    assert "GENUINE" in done.stdout
    assert "originals/02.amr" in done.stdout
    (tmp_path / "other.zip").write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    done = alone(tmp_path, "other.zip")
    assert done.returncode == 1
    assert "NOT GENUINE" in done.stdout
    figure(
        f"12 hand-overs, {found.acts} acts proved in a register of {found.tree.size}; checked in a"
        " process without network, database or settings"
    )


ALONE = """
import socket, sys
class Closed(socket.socket):
    def __init__(self, *a, **k): raise OSError("no network here")
socket.socket = Closed
from mohalla.site.cli import main
sys.argv = ["mohalla", "verify", "--key", sys.argv[1], sys.argv[2]]
try:
    main()
finally:
    from django.apps import apps
    from django.conf import settings
    assert not apps.ready and not settings.configured, "it needed an installation"
"""


def alone(folder: Path, name: str) -> subprocess.CompletedProcess[str]:
    """No network, no database, no home, no settings."""
    return subprocess.run(
        [sys.executable, "-c", ALONE, str(key.signer().verifier), name], cwd=folder, env={},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_promise_P18_the_same_state_gives_the_same_bytes(district: District, case: Case) -> None:
    assert packed(district, case) == packed(district, case)
    assert packed(district, case, at=NOON + timedelta(days=10)) != packed(district, case)


def spans(content: bytes) -> list[tuple[int, int, str]]:
    """From, to, and whose bits these are."""
    found, at = [], 0
    for one in parcel.Parcel(io.BytesIO(content)).parts:
        end = at + len(parcel.head(one)) + one.size
        found.append((at, end, one.name))
        at = end
    return [*found, (at, len(content), parcel.DIRECTORY)]


def test_promise_P18_one_bit_anywhere_is_found_and_named(
    district: District, case: Case, figure: Callable[[str], None]
) -> None:
    content = packed(district, case)
    assert opened(content).acts > 30  # as it is: genuine
    places, chance = spans(content), random.Random(18)
    bits = [8 * chance.randrange(start, end) + chance.randrange(8) for start, end, _n in places]
    bits += [8 * start for start, _end, _name in places]
    bits += chance.sample(range(8 * len(content)), int(os.environ.get("PROOF_BITS", "1000")))
    for bit in bits:
        at = bit // 8
        changed = content[:at] + bytes([content[at] ^ 1 << bit % 8]) + content[at + 1 :]
        owner = next(name for start, end, name in places if start <= at < end)
        item, step = wrong(changed)
        assert step == "container"
        # a name or number in the directory is one of its file as well
        assert item == owner or owner == parcel.DIRECTORY, (bit, item, owner)
    for cut in (0, 1, 21, len(content) // 2, len(content) - 1):
        assert wrong(content[:cut])[1] == "container"
    assert wrong(content + b"\0")[1] == "container"
    assert wrong(b"\0" + content)[1] == "container"
    figure(f"{len(bits)} of {len(bits)} changed bits found, each named with its file and step")


def test_promise_P18_whoever_packs_it_anew_is_found_at_the_next_step(
    district: District, case: Case
) -> None:
    """A zip of the right shape, a manifest that fits, even our own signature: a step deeper each."""
    inner = members(packed(district, case))
    assert opened(repacked(inner)).acts > 30
    for name in inner:
        text = inner[name]
        other = inner | {name: text[:-2] + bytes([text[-2] ^ 1]) + text[-1:]}
        item, step = wrong(repacked(other))
        expected = {
            rules.MANIFEST: (rules.MANIFEST, "manifest"), rules.NOTE: (rules.NOTE, "manifest"),
            rules.KEYS: (rules.KEYS, "keys"),
        }.get(name, (name, "file"))  # fmt: skip
        assert (item, step) == expected
        if name not in {rules.MANIFEST, rules.NOTE, rules.KEYS}:
            assert wrong(repacked(listed_anew(other))) == (rules.MANIFEST, "manifest")
    swapped = inner | {"originals/02.amr": b"#!AMR\n another voice"}
    assert wrong(repacked(swapped)) == ("originals/02.amr", "file")
    assert wrong(repacked(signed_anew(listed_anew(swapped)))) == ("originals/02.amr", "custody")
    for change in ("facts", "words", "hidden"):
        rows = json.loads(inner[rules.CUSTODY])
        row = next(row for row in rows if row["words"] and row["words"]["person"] != "x")
        if change == "words":
            row["words"]["person"] = "Constable Zafar"
        elif change == "facts":
            row["facts"] = row["facts"].replace("pfsa", "court")
        else:
            row["hidden"] = encoded(b"\0" * 16)
        forged = inner | {rules.CUSTODY: written(rows)}
        assert wrong(repacked(signed_anew(listed_anew(forged)))) == (row["proof"], "custody")
    moved = inner | {"custody/0002.proof": inner["custody/0003.proof"]}
    assert wrong(repacked(signed_anew(listed_anew(moved)))) == ("custody/0002.proof", "custody")
    gone = {name: text for name, text in inner.items() if name != "copies/01.jpg"}
    assert wrong(repacked(gone)) == ("copies/01.jpg", "file")
    assert wrong(repacked(inner | {"more.txt": b"x"})) == ("more.txt", "file")
    stranger = Signer(key.signer().name, ED25519, b"\7" * 32)
    assert wrong(repacked(inner), key_=stranger.verifier) == (rules.NOTE, "manifest")


def test_promise_P18_five_years_and_two_keys_later(
    district: District, case: Case, settings: Any, tmp_path: Path
) -> None:
    first, old = packed(district, case), key.signer()
    later = NOON + timedelta(days=5 * 365)
    seals = settings.KEYS_DIR / "seal"
    with clock.fixed(later):
        seals.write_text(f"{Fernet.generate_key().decode()}\n{seals.read_text()}")
        seal._box.cache_clear()
        ledger.rotate(by="system", at=later)
        new, history = key.signer(), key.history()
        assert new.verifier != old.verifier
        actions.check_original(
            case=case, attachment=case.report.attachments.first(),  # type: ignore[arg-type]
            viewer=district.viewer(district.sana), at=later,
        )  # fmt: skip
        assert ledger.sequence(at=later)
        second = packed(district, case, at=later)
    for content, trusted, told in (
        (first, old.verifier, "[]"), (first, new.verifier, history), (second, new.verifier, "[]"),
        (second, old.verifier, "[]"),  # its own history of keys leads there
    ):  # fmt: skip
        assert opened(content, key_=trusted, history=told).originals[0].since is not None
    assert members(first)["originals/01.jpg"] == members(second)["originals/01.jpg"]
    assert wrong(first, key_=new.verifier) == (
        rules.NOTE,
        "manifest",
    )  # nobody told it of the old one
    # somebody finds the old key: it cannot speak about anything later
    tree = key.store().tree(new.verifier)
    inner = members(second)
    forged = str(notes.sign(str(tree), old)).encode()
    assert wrong(repacked(signed_anew(listed_anew(inner | {rules.CHECKPOINT: forged})))) == (
        rules.CHECKPOINT, "register",
    )  # fmt: skip
    note = rules.note(
        manifest=inner[rules.MANIFEST], log=old.name, reference=case.reference,
        made=json.loads(inner[rules.MANIFEST])["made"], signer=old,
    )  # fmt: skip
    assert wrong(repacked(inner | {rules.NOTE: note})) == (rules.MANIFEST, "manifest")
    receipt = proved.of(case)
    assert receipt is not None
    assert filing.verify(receipt.file, new.verifier).position is not None


def test_promise_P18_what_is_damaged_is_not_handed_out(district: District, case: Case) -> None:
    row = case.report.attachments.order_by("pk").first()
    assert row is not None
    place, viewer = files.path_of(row.sha256), district.viewer(district.sana)
    assert actions.check_original(case=case, attachment=row, viewer=viewer, at=NOON).whole
    ledger.sequence(at=NOON)
    assert packed(district, case)
    place.write_bytes(seal.seal_bytes(b"\xff\xd8\xff another picture") + b"\n")
    assert not actions.check_original(case=case, attachment=row, viewer=viewer, at=NOON).whole
    ledger.sequence(at=NOON)
    with pytest.raises(files.Damaged):
        packed(district, case)
    place.unlink()
    with pytest.raises(FileNotFoundError):
        packed(district, case)


def test_promise_P18_an_act_without_its_place_waits(district: District, case: Case) -> None:
    row, viewer = case.report.attachments.first(), district.viewer(district.sana)
    assert row is not None
    actions.check_original(case=case, attachment=row, viewer=viewer, at=NOON)
    with pytest.raises(bundles.NotYet):
        packed(district, case)
    ledger.sequence(at=NOON)
    assert opened(packed(district, case)).acts > 30


def test_promise_P18_hands_that_do_not_fit_are_refused(district: District, case: Case) -> None:
    row, viewer = case.report.attachments.first(), district.viewer(district.sana)
    assert row is not None
    good: dict[str, Any] = {
        "case": case, "attachment": row, "viewer": viewer, "at": NOON, "happened_at": NOON,
        "medium": "disc", "holder": "court", "words": actions.Words(person="Reader of the court"),
    }  # fmt: skip
    handed = actions.hand_evidence(**good)
    for change, reason in (
        ({"holder": ""}, "to_whom"), ({"holder": "moon"}, "to_whom"),
        ({"unit": district.dpo.pk}, "to_whom"), ({"words": actions.Words()}, "who"),
        ({"happened_at": NOON + timedelta(minutes=1)}, "ahead"),
        ({"case": district.make_case()}, "file"),
    ):  # fmt: skip
        with pytest.raises(actions.CustodyRefused) as refused:
            actions.hand_evidence(**(good | change))
        assert refused.value.reason == reason
    back: dict[str, Any] = {"viewer": viewer, "at": NOON, "words": actions.Words()}
    with pytest.raises(actions.CustodyRefused):
        actions.bring_back(handed=handed, happened_at=NOON - timedelta(hours=1), **back)
    returned = actions.bring_back(handed=handed, happened_at=NOON, **back)
    for again in (handed, returned):
        with pytest.raises(actions.CustodyRefused):
            actions.bring_back(handed=again, happened_at=NOON, **back)
