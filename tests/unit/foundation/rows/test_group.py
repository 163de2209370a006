"""Acts of many threads share a transaction, and none of them harms another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from mohalla.foundation import rows
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.rows import group

AT = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


def entry(subject: str) -> Entry:
    return rows.new(Entry, at=AT, what="tried", room="casework", subject=subject, by="sender")


def act(*made: Entry, also: Callable[[], None] | None = None) -> rows.Act:
    found = rows.Act()
    found.add(made)
    if also is not None:
        found.also.append(also)
    return found


def at_once(acts: list[rows.Act]) -> list[BaseException | None]:
    """Commit each in a thread of its own, all at the same moment: what each of them raised."""
    start, raised = Barrier(len(acts)), [None] * len(acts)

    def run(number: int) -> None:
        start.wait()
        try:
            rows.commit(acts[number])
        except BaseException as error:  # told to the test
            raised[number] = error  # type: ignore[call-overload]  # the list starts with None only
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return list(raised)


@pytest.mark.django_db(transaction=True)
def test_all_are_stored_and_the_refused_one_is_refused_alone() -> None:
    same = entry("TWICE")
    acts = [act(entry(f"N{number}")) for number in range(20)]
    acts += [act(same), act(entry("HALF"), same), act(entry("LOST"), also=_refuse)]
    raised = at_once(acts)
    kept = sorted(Entry.objects.values_list("subject", flat=True))
    assert [error for error in raised[:20] if error] == []
    assert len([error for error in raised[20:22] if isinstance(error, IntegrityError)]) == 1
    assert isinstance(raised[22], LookupError)
    half = ["HALF"] if raised[20] else []  # whichever of the two came first is whole
    assert kept == sorted([f"N{number}" for number in range(20)] + ["TWICE"] + half)


def _refuse() -> None:
    raise LookupError("not to be had")


@pytest.mark.django_db(transaction=True)
def test_those_who_wait_share_one_transaction() -> None:
    waiting = [group._Waiting(act(entry(f"N{number}"))) for number in range(3)]
    group._queue.extend(waiting)
    with CaptureQueriesContext(connection) as asked:
        rows.commit(act(entry("N3")))
    assert Entry.objects.count() == 4
    assert all(one.done and one.error is None for one in waiting)
    assert len([row for row in asked if row["sql"].startswith(("INSERT", "COPY"))]) == 1


@pytest.mark.django_db
def test_inside_a_transaction_it_joins_that_one() -> None:
    try:
        with transaction.atomic():
            rows.commit(act(entry("GONE")))
            raise LookupError
    except LookupError:
        pass
    with transaction.atomic():
        rows.commit(act(entry("KEPT")))
    assert list(Entry.objects.values_list("subject", flat=True)) == ["KEPT"]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_asked_once_for_all() -> None:
    asked = []

    def away() -> None:
        asked.append(1)
        raise OperationalError("database is locked")

    waiting = [group._Waiting(act(entry(f"N{number}"))) for number in range(3)]
    group._queue.extend(waiting)
    with pytest.raises(OperationalError):
        rows.commit(act(entry("N3"), also=away))
    assert (len(asked), Entry.objects.count()) == (1, 0)
    assert all(isinstance(one.error, OperationalError) for one in waiting)
