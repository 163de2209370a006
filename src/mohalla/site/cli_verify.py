"""`mohalla verify`: receipts and evidence bundles, without database, settings or network."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from mohalla.foundation.ledger.elsewhere import Published
from mohalla.foundation.ledger.rules import succession
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.encoding import BadNote
from mohalla.foundation.ledger.rules.notes import Verifier
from mohalla.foundation.ledger.rules.succession import Trusted
from mohalla.site.monitor import Monitor
from mohalla.stages.access.rules import filing
from mohalla.station.casework.rules import bundle

ZIP = b"PK"


@dataclass
class Check:
    """What is trusted, and the trees that were told so far."""

    own: Verifier
    keys: list[Trusted]
    witnesses: list[Verifier]
    quorum: int
    against: str
    history: str
    roots: dict[int, bytes] = field(default_factory=dict)

    def seen(self, tree: Checkpoint) -> None:
        """Raises `BadNote` where the log told two pasts."""
        if self.roots.setdefault(tree.size, tree.root) != tree.root:
            raise BadNote("the log told somebody else another past of the same size")
        if self.against:
            now = next((row.key for row in self.keys if row.until is None), self.own)
            Published(self.against).holds(tree, now)

    def receipt(self, path: Path) -> tuple[bool, str]:
        """Whether it may count, and the line about it; raises `BadNote`."""
        found = self._filed(path.read_text())
        said = f"{path}: {found.filing.reference}, received {found.filing.received}"
        if found.tree is not None:
            self.seen(found.tree)
        if len(found.witnesses) < self.quorum:
            return False, f"PENDING      {said}: {len(found.witnesses)} of {self.quorum} witnesses"
        if found.tree is None:
            return True, f"SIGNED       {said}; kept before it had a place in the log"
        seen = f", seen by {', '.join(found.witnesses)}" if found.witnesses else ""
        return True, f"GENUINE      {said}, place {found.position} of {found.tree.size}{seen}"

    def evidence(self, path: Path) -> tuple[bool, str]:
        """The same for a bundle; a line more for each original. Raises `bundle.Wrong`, `BadNote`."""
        with path.open("rb") as opened:
            found = bundle.verify(opened, self.own, self.witnesses, self.history)
        self.seen(found.tree)
        said = f"{path}: {found.reference}, made {found.made}, {found.acts} acts"
        if len(found.witnesses) < self.quorum:
            return False, f"PENDING      {said}: {len(found.witnesses)} of {self.quorum} witnesses"
        seen = f", seen by {', '.join(found.witnesses)}" if found.witnesses else ""
        lines = [f"GENUINE      {said}, all in the log of {found.tree.size}{seen}"]
        for row in found.originals:
            place = "no place: it came before files had one"
            if row.since is not None:
                place = f"place {row.since}"
            lines.append(f"  {row.name}  {row.sha256}  since {row.received}, {place}")
        return True, "\n".join(lines)

    def _filed(self, content: str) -> filing.Verified:
        """By whichever of the keys signed it; the trusted one says what is wrong where none did."""
        others = [row for row in self.keys if row.key != self.own]
        try:
            return filing.verify(content, self.own, self.witnesses)
        except BadNote as bad:
            for row in others:
                try:
                    found = filing.verify(content, row.key, self.witnesses)
                except BadNote:
                    continue
                if found.tree is None and row.until is not None:
                    raise BadNote(
                        "signed by a key that was renewed, without its place in the log"
                    ) from None
                succession.allowed(row, found.tree.size if found.tree else 0)
                return found
            raise bad


def verify(
    key: Annotated[str, typer.Option(help="Key of the log, from a place that you trust.")],
    files: Annotated[
        list[Path] | None, typer.Argument(help="Receipt files or evidence bundles.")
    ] = None,
    site: Annotated[
        str, typer.Option(help="Address of a site: are its scripts those that the register states?")
    ] = "",
    witness: Annotated[list[str] | None, typer.Option(help="Key of a witness; repeatable.")] = None,
    quorum: Annotated[int, typer.Option(help="How many of them must have cosigned.")] = 0,
    against: Annotated[
        str, typer.Option(help="Folder or address of the log, to see that it still says the same.")
    ] = "",
    history: Annotated[
        Path | None,
        typer.Option(help="The published `/log/keys`, where the key was renewed since."),
    ] = None,
) -> None:
    """Check receipts and evidence, or the pages of a site: no database, and no network unless
    `--against` or `--site` names one. Exit 1 if one is not genuine, if two of them, or one and the
    log, tell different pasts, or if a page loads a script that the register does not state."""
    try:
        told = history.read_text() if history else "[]"
        own, others = Verifier.parse(key), [Verifier.parse(row) for row in witness or []]
        keys = succession.ring(own, succession.parsed(told))
    except OSError as error:
        _stop(f"{history}: {error.strerror}")
    except (BadNote, UnicodeDecodeError) as bad:
        _stop(str(bad))
    check = Check(own, keys, others, quorum, against, told)
    if not files and not site:
        _stop("name receipt files, evidence bundles, or a site with --site")
    counted = [_checked(check, path) for path in files or []]
    if site:
        counted.append(_watched(Monitor(site, own, others), quorum))
    raise typer.Exit(0 if all(counted) else 1)


def _watched(monitor: Monitor, quorum: int) -> bool:
    """The pages as they come from here; run it from several places."""
    try:
        stated = monitor.stated()
        found = list(monitor.differences(stated))
    except BadNote as wrong:
        print(f"NOT SHOWN    {monitor.site}: {wrong}")
        return False
    for line in found:
        print(f"CHANGED      {line}")
    if found:
        return False
    said = f"{monitor.site}: {len(monitor.seen)} scripts as stated {stated.at}"
    if len(stated.witnesses) < quorum:
        print(f"PENDING      {said}: {len(stated.witnesses)} of {quorum} witnesses")
        return False
    print(f"AS STATED    {said}, place {stated.position}")
    for address, hash_ in sorted(monitor.seen.items()):
        print(f"  {hash_}  {address}")
    return True


def _checked(check: Check, path: Path) -> bool:
    try:
        with path.open("rb") as opened:
            is_zip = opened.read(2) == ZIP
        good, said = check.evidence(path) if is_zip else check.receipt(path)
    except OSError as error:
        good, said = False, f"CANNOT READ  {path}: {error.strerror}; look at the name"
    except UnicodeDecodeError:
        good, said = False, f"NOT GENUINE  {path}: not a text"
    except (BadNote, bundle.Wrong) as wrong:
        good, said = False, f"NOT GENUINE  {path}: {wrong}"
    print(said)
    return good


def _stop(words: str) -> None:
    print(f"mohalla: {words}", file=sys.stderr)
    raise typer.Exit(1)
