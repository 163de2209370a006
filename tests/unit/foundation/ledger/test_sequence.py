"""Acts reach the log once, in one order, whatever happens on the way."""

from __future__ import annotations

import os
import tracemalloc
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.peers import tlog

from mohalla.foundation import ledger
from mohalla.foundation.jobs.models import Tally
from mohalla.foundation.ledger import actions, key, queries
from mohalla.foundation.ledger import files as matters
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.ledger.rules import merkle
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.encoding import encoded
from mohalla.foundation.ledger.rules.proofs import Proof
from mohalla.foundation.ledger.store import Store

sequencing: Any = import_module("mohalla.foundation.ledger.actions.sequence")
AT = datetime(2026, 11, 21, 7, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def acts(count: int) -> list[Entry]:
    return Entry.objects.bulk_create(
        actions.entry(what="report received", room="test", subject=f"K{n}", by="sender",
                      at=AT + timedelta(seconds=n), door="web", kept=True, urdu="گلی", none=None)
        for n in range(count)
    )  # fmt: skip


def tree() -> Checkpoint:
    found = key.store().tree(key.signer().verifier)
    assert found is not None
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"checkpoint", "lock"}
    }


def test_every_act_gets_its_place_and_a_proof_that_others_accept() -> None:
    made = [*acts(3), *acts(300)]
    assert actions.sequence(at=AT) == 303
    assert actions.sequence(at=AT) == 0
    signed = tree()
    assert signed.size == 303
    questions = []
    for position, entry in enumerate(Entry.objects.order_by("position")):
        assert entry.pk == made[position].pk
        proof = queries.proof_of(entry)
        assert proof is not None
        again = Proof.parse(str(proof))
        assert again == proof
        assert again.verify(entry.leaf(), key.signer().verifier) == []
        questions.append({
            "Do": "tiles", "Folder": str(key.store().folder), "Root": encoded(signed.root),
            "Size": signed.size, "Index": position, "Leaf": encoded(merkle.leaf_hash(entry.leaf())),
        })  # fmt: skip
    wrong = questions[0] | {"Index": 1}
    answers = tlog.asked([*questions, wrong])
    assert answers[:-1] == [""] * 303
    assert answers[-1] != ""
    assert list(queries.differences()) == []


def test_the_log_grows_and_never_forgets() -> None:
    roots = [(0, merkle.EMPTY)]
    for count in (1, 254, 1, 1, 300, 3, 512):
        acts(count)
        actions.sequence(at=AT)
        roots.append((tree().size, tree().root))
    size, root = roots[-1]
    assert size == 1072
    for old, old_root in roots:
        merkle.verify_consistency(old, size, old_root, root, queries.consistency(old, size))
    in_steps = files(key.store().folder)
    store = Store(key.store().folder.with_name("at-once"))
    store.append(0, list(key.store().entries(0, size)), list(key.store().acts(0, size)))
    for name, content in files(store.folder).items():
        assert in_steps[name] == content, name


def test_one_writes_at_a_time() -> None:
    acts(2)
    with key.store().locked():
        assert actions.sequence(at=AT) == 0
    assert actions.sequence(at=AT) == 2


def test_a_kill_at_any_write_is_gone_on_from(monkeypatch: pytest.MonkeyPatch) -> None:
    acts(255)
    actions.sequence(at=AT)
    cut = 0
    while True:
        acts(300)
        before = tree()
        with monkeypatch.context() as patched:
            patched.setattr(Store, "_write", _cut_after(Store._write, cut))
            try:
                assert actions.sequence(at=AT) == 300
                break
            except KeyboardInterrupt:
                pass
        assert tree() == before  # nothing is said that does not hold
        cut += 1
        assert actions.sequence(at=AT) == 300
        after = tree()
        merkle.verify_consistency(
            before.size, after.size, before.root, after.root,
            queries.consistency(before.size, after.size),
        )  # fmt: skip
        assert list(queries.differences()) == []
    assert cut > 5
    assert list(queries.differences()) == []


def _cut_after(write: Any, count: int) -> Any:
    left = [count]

    def cut(store: Store, name: str, content: bytes) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        write(store, name, content)

    return cut


def test_a_database_that_was_put_back_is_found_and_nothing_is_signed() -> None:
    acts(10)
    actions.sequence(at=AT)
    signed = tree()
    lost = list(Entry.objects.filter(position__gte=7).order_by("position"))
    Entry.objects.filter(position__gte=7).delete()
    acts(20)
    with pytest.raises(ledger.actions.DatabaseBehind) as behind:
        actions.sequence(at=AT)
    assert (behind.value.database, behind.value.log) == (7, 10)
    assert tree() == signed
    found = list(queries.differences())
    assert [(row.kind, row.position) for row in found] == [
        ("missing", 7), ("missing", 8), ("missing", 9),
    ]  # fmt: skip
    assert [row.event["subject"] for row in found] == [row.subject for row in lost]


def test_a_log_that_is_gone_is_not_quietly_begun_anew() -> None:
    acts(2)
    actions.sequence(at=AT)
    folder = key.store().folder
    folder.rename(folder.with_name("away"))
    acts(1)
    with pytest.raises(ledger.actions.LogLost):
        actions.sequence(at=AT)
    assert [row.kind for row in queries.differences()] == ["torn"]
    folder.with_name("away").rename(folder.with_name("back"))
    with key.store().locked():  # the failed rounds made an empty folder with its lock
        pass
    (folder / "lock").unlink()
    folder.rmdir()
    folder.with_name("back").rename(folder)
    assert actions.sequence(at=AT) == 1


@pytest.fixture
def laid() -> None:
    acts(300)
    actions.sequence(at=AT)
    assert list(queries.differences()) == []


def _sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("column, value", [
    ("what", "report heard"), ("room", "people"), ("subject", "K9"), ("by", "system"),
    ("at", datetime(2026, 11, 20, tzinfo=UTC)), ("facts", '{"door": "sms"}'), ("salt", b"0" * 32),
])  # fmt: skip
@pytest.mark.usefixtures("laid")
def test_an_act_that_was_edited_is_found(column: str, value: object) -> None:
    _sql(f'UPDATE ledger_entry SET "{column}" = %s WHERE position = 260', value)
    assert [(row.kind, row.position) for row in queries.differences()] == [("changed", 260)]


@pytest.mark.usefixtures("laid")
def test_an_act_that_was_taken_out_is_found_and_named() -> None:
    _sql("DELETE FROM ledger_entry WHERE position = 17")
    (found,) = queries.differences()
    assert (found.kind, found.position, found.event["subject"]) == ("missing", 17, "K17")


@pytest.mark.usefixtures("laid")
def test_two_acts_that_changed_places_are_found() -> None:
    _sql("UPDATE ledger_entry SET position = -1 WHERE position = 3")
    _sql("UPDATE ledger_entry SET position = 3 WHERE position = 4")
    _sql("UPDATE ledger_entry SET position = 4 WHERE position = -1")
    assert [(row.kind, row.position) for row in queries.differences()] == [
        ("moved", 3), ("moved", 4),
    ]  # fmt: skip


@pytest.mark.usefixtures("laid")
def test_an_act_that_was_written_later_for_an_earlier_time_is_found() -> None:
    actions.record(what="record fir", room="test", subject="K1", by="officer:1", at=AT)
    actions.sequence(at=AT + timedelta(days=3))
    (found,) = queries.differences()
    assert (found.kind, found.position) == ("late", 300)


@pytest.mark.usefixtures("laid")
@pytest.mark.parametrize(
    "name", ["tile/0/000", "tile/0/001.p/44", "tile/entries/001.p/44", "acts/001.jsonl"]
)
def test_a_file_of_the_log_that_was_touched_is_found(name: str) -> None:
    path = key.store().folder / name
    content = bytearray(path.read_bytes())
    content[40] ^= 1
    path.write_bytes(content)
    assert {row.kind for row in queries.differences()} == {"torn"}


def test_an_act_is_the_same_leaf_before_and_after_it_is_stored() -> None:
    made = actions.entry(
        what="report received", room="test", subject="K1", by="sender", at=AT,
        units={2: "named", 10: "above"}, pair=(1, 2), words="گلی",
    )  # fmt: skip
    before = made.leaf()
    made.save()
    assert Entry.objects.get(pk=made.pk).leaf() == before


def test_what_a_killed_sequencer_left_is_swept_and_nothing_else() -> None:
    folder = key.store().folder
    (folder / "acts").mkdir(parents=True)
    left, young = folder / "acts/000.jsonl.0a1b2c3d~", folder / "checkpoint.0a1b2c3d~"
    others = [folder / "notes.txt~", folder / "acts/000.jsonl.short~"]
    for path in (left, young, *others):
        path.write_text("half")
    for path in (left, *others):
        os.utime(path, (0, 0))
    acts(1)
    assert actions.sequence(at=AT) == 1
    assert not left.exists()
    assert all(path.exists() for path in (young, *others))


def test_a_page_of_the_check_ends_with_a_tile() -> None:
    """A log a little longer than 2,000 was called torn: its last tile was asked for by half."""
    acts(2030)
    while actions.sequence(at=AT):
        pass
    assert list(queries.differences()) == []


def test_matters_are_compared_in_batches_and_the_memory_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Six times the matters, the same memory; and each kind of change is found in any batch."""
    monkeypatch.setattr(queries, "PAGE", 256)
    monkeypatch.setattr(sequencing, "MOST", 256)
    monkeypatch.setattr(matters, "_rooms", {})
    matters.watch("bench", [matters.Table(Tally, "name")])

    def grow(start: int, end: int) -> None:
        names = [f"K{n:05d}" for n in range(start, end)]
        Tally.objects.bulk_create(Tally(name=name) for name in names)
        Entry.objects.bulk_create(
            actions.entry(what="x", room="bench", subject=name, by="system", at=AT)
            for name in names
        )
        while actions.sequence(at=AT):
            pass

    def peak() -> int:
        tracemalloc.start()
        assert list(queries.differences()) == []
        high = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return high

    grow(0, 100)
    peak()  # what is loaded once
    grow(100, 500)
    few = peak()
    grow(500, 3000)
    assert peak() < few * 1.3
    Tally.objects.filter(name="K00007").update(count=1)
    Tally.objects.filter(name="K01500").delete()
    Tally.objects.create(name="K99999")
    found = {(row.kind, row.event["subject"]) for row in queries.differences()}
    assert found == {("altered", "K00007"), ("lost", "K01500"), ("unknown", "K99999")}
