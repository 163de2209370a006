"""Memory of `mohalla log check` as matters grow: `python benchmarks/log_check.py [20000]`.

A home of its own with that many matters of one row each; the highest memory that Python held while
all of it was compared, in MB, with a tenth of them and with all of them.
"""

from __future__ import annotations

import os
import sys
import tempfile
import tracemalloc

MANY = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
BATCH = 2000

with tempfile.TemporaryDirectory() as home:
    os.environ |= {"MOHALLA_HOME": home, "MOHALLA_DEMO": "1", "DATABASE_URL": ""}
    os.environ["DJANGO_SETTINGS_MODULE"] = "mohalla.site.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from mohalla.foundation import clock
    from mohalla.foundation.jobs.models import Tally
    from mohalla.foundation.ledger import actions, files, queries
    from mohalla.foundation.ledger.models import Entry

    call_command("migrate", verbosity=0)
    files.rooms().clear()
    name = Tally._meta.pk.attname
    files.watch("bench", [files.Table(Tally, name, leave=frozenset())])

    def grow(start: int, end: int) -> None:
        for first in range(start, end, BATCH):
            names = [f"K{n:07d}" for n in range(first, min(first + BATCH, end))]
            made(names)
            Entry.objects.bulk_create(
                actions.entry(what="x", room="bench", subject=one, by="system", at=clock.now())
                for one in names
            )
            while actions.sequence(at=clock.now()):
                pass

    def made(names: list[str]) -> None:
        Tally.objects.bulk_create(Tally(**{name: one}) for one in names)

    def peak() -> float:
        tracemalloc.start()
        assert not list(queries.differences())
        high = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return high / 1e6

    grow(0, MANY // 10)
    few = peak()
    grow(MANY // 10, MANY)
    all_ = peak()
    print(f"{MANY // 10} matters: {few:.1f} MB; {MANY}: {all_:.1f} MB; ratio {all_ / few:.2f}")
