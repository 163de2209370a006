"""A case's evidence as one file that is checked without us; see `rules/bundle.py` for its shape."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from mohalla.foundation import files
from mohalla.foundation.ledger import key
from mohalla.foundation.ledger import queries as ledger
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.commitments import halves, moment, written
from mohalla.foundation.ledger.rules.encoding import encoded
from mohalla.foundation.reports.models import Attachment
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions, certificates, hands
from mohalla.station.casework.actions.read import READ
from mohalla.station.casework.hands import Hand
from mohalla.station.casework.models import Case
from mohalla.station.casework.rules import bundle, parcel

LANGUAGES = ("en", "ur")
Content = Callable[[], Iterator[bytes]]  # from the beginning, each time it is called


class NotYet(Exception):
    """The register has not laid the last act down yet: seconds."""


class NothingKept(Exception):
    """The case has no file."""


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """`stream` gives `size` bytes, once; `manifest` is the digest that its signature covers."""

    name: str
    size: int
    manifest: str
    stream: Iterator[bytes]


def of(case: Case, *, maker: certificates.Maker | None, at: datetime) -> Bundle:
    """The same rows, log and moment give the same bytes. Raises `NotYet`, `NothingKept`, and
    `files.Damaged` or `FileNotFoundError` where an original is not what came in.

    Without `maker` it is for the reporter: her own files, and of the acts those that no officer did.
    """
    ours = set() if maker else hands.by_officers(case)
    kept = [
        (number, row)
        for number, row in enumerate(hands.originals(case), start=1)
        if row.pk not in ours
    ]
    if not kept:
        raise NothingKept(case.reference)
    acts = _acts(case, {str(row.pk) for _number, row in kept}, reporter=maker is None)
    found = ledger.proofs_of([act.entry for act in acts])
    if found is None:
        raise NotYet(case.reference)
    checkpoint, proofs = found
    names = [f"custody/{number:04}.proof" for number in range(1, len(acts) + 1)]
    texts = {
        bundle.CHECKPOINT: str(checkpoint).encode(),
        bundle.KEYS: key.history().encode(),
        bundle.CUSTODY: written([_row(act, name) for act, name in zip(acts, names, strict=True)]),
        **{name: str(proof).encode() for name, proof in zip(names, proofs, strict=True)},
        **_papers(case, kept, acts, maker, Checkpoint.parse(checkpoint.text), at),
    }
    contents: dict[str, Content] = {name: _whole(text) for name, text in texts.items()}
    contents |= {name: _shelf(sha256) for name, sha256 in _shelved(kept).items()}
    manifest = written(_manifest(case, contents, kept, Checkpoint.parse(checkpoint.text), at))
    signed = bundle.note(
        manifest=manifest, log=key.signer().name, reference=case.reference, made=moment(at),
        signer=key.signer(),
    )  # fmt: skip
    contents |= {bundle.MANIFEST: _whole(manifest), bundle.NOTE: _whole(signed)}
    return _packed(case, contents, hashlib.sha256(manifest).hexdigest())


def taken(case: Case, *, viewer: Viewer | None, purpose: str, at: datetime) -> Bundle:
    """The bundle, and in the log that it left; raises what `of` raises, and then nothing left.

    Without a viewer it goes to the reporter.
    """
    maker = None
    if viewer is not None:
        unit = actions.acting_desk(case, viewer)
        maker = certificates.Maker(officer=viewer.officer, unit=unit, purpose=purpose)
    made = of(case, maker=maker, at=at)
    actions.note_bundle(case=case, viewer=viewer, manifest=made.manifest, purpose=purpose, at=at)
    return made


def _acts(case: Case, files_of: set[str], *, reporter: bool) -> list[Hand]:
    """A reading of this very minute may wait for its place; nothing else may."""
    found = [
        act
        for act in hands.of(case, seen=not reporter)
        if act.entry.what != READ or act.entry.position is not None
    ]
    if reporter:
        found = [act for act in found if not act.officer and act.attachment in files_of]
    return found


def _row(act: Hand, name: str) -> dict[str, Any]:
    words = actions.words_of(act.row) if act.row else None
    return {
        "proof": name,
        "facts": written(act.entry.facts).decode(),
        "hidden": encoded(halves(bytes(act.entry.salt))[0]),
        "words": words and {"person": words.person, "number": words.number, "note": words.note},
    }


def _papers(
    case: Case, kept: list[tuple[int, Attachment]], acts: list[Hand],
    maker: certificates.Maker | None, tree: Checkpoint, at: datetime,
) -> dict[str, bytes]:  # fmt: skip
    made = {}
    for language in LANGUAGES:
        with translation.override(language):
            said = certificates.of(
                case, kept, acts, maker=maker, tree=tree, language=language, at=at
            )
            context = {"c": said, "language": language, "key": str(key.signer().verifier)}
            page = render_to_string("casework/certificate.html", context)
            made[f"certificate.{language}.html"] = page.encode()
    context = {"key": str(key.signer().verifier), "reference": case.reference}
    made["readme.txt"] = render_to_string("casework/bundle.txt", context).encode()
    return made


def _shelved(kept: list[tuple[int, Attachment]]) -> dict[str, str]:
    """Names in the bundle and what lies under them on the shelf."""
    found = {original_name(number, row): row.sha256 for number, row in kept}
    return found | {
        copy_name(number, row): row.copy_sha256 for number, row in kept if row.copy_sha256
    }


def original_name(number: int, row: Attachment) -> str:
    return f"originals/{number:02}.{files.ENDINGS[row.media_type]}"


def copy_name(number: int, row: Attachment) -> str:
    """Empty where there is no copy."""
    return f"copies/{number:02}.jpg" if row.copy_sha256 else ""


def _manifest(
    case: Case, contents: dict[str, Content], kept: list[tuple[int, Attachment]], tree: Checkpoint,
    at: datetime,
) -> dict[str, Any]:  # fmt: skip
    return {
        "format": bundle.HEAD,
        "log": tree.origin,
        "tree": tree.size,
        "reference": case.reference,
        "made": moment(at),
        "files": [_listed(name, contents[name]) for name in sorted(contents)],
        "evidence": [
            {
                "id": str(row.pk), "original": original_name(number, row),
                "copy": copy_name(number, row), "type": row.media_type,
                "received": moment(row.uploaded_at),
            }
            for number, row in kept
        ],
    }  # fmt: skip


def _listed(name: str, content: Content) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    for piece in content():
        digest.update(piece)
        size += len(piece)
    return {"name": name, "size": size, "sha256": digest.hexdigest()}


def _packed(case: Case, contents: dict[str, Content], manifest: str) -> Bundle:
    """Measured first: what is damaged stops it before a byte has left."""
    names = sorted(contents)
    parts = [parcel.part(name, contents[name]()) for name in names]
    end = parcel.tail(parts)
    heads = [parcel.head(one) for one in parts]
    pieces = (chain([head], contents[one.name]()) for head, one in zip(heads, parts, strict=True))
    return Bundle(
        name=f"{case.reference}-evidence.zip",
        size=sum(map(len, heads)) + sum(one.size for one in parts) + len(end),
        manifest=manifest,
        stream=chain(chain.from_iterable(pieces), [end]),
    )


def _whole(content: bytes) -> Content:
    return lambda: iter([content])


def _shelf(sha256: str) -> Content:
    return lambda: files.chunks(sha256)


REFUSED = (NotYet, NothingKept, files.Damaged, FileNotFoundError)


def said(refused: Exception) -> str:
    """Why there is none, for a page."""
    if isinstance(refused, NotYet):
        return _("The register is still writing the last act down. Try again in a few seconds.")
    if isinstance(refused, NothingKept):
        return _("There is no file here.")
    return _("An original is NOT what came in. No bundle is made; tell the head of the desk.")
