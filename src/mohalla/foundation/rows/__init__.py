"""Many new rows in a few statements (COPY on PostgreSQL), for the path that must be fast.

`rows.new(Model, …)` makes an unsaved row without the ORM's constructor; an `Act` gathers the rows
of one act over all tables; `rows.commit(act)` makes it durable, together with the acts of other
threads that wait at the same moment (see docs/adr/0002-writes-on-sqlite.md). Only for models whose
keys are made by the application or not needed afterwards: nothing is read back, and no `save()` or
signal runs.
"""

from mohalla.foundation.rows.acts import Act, holds
from mohalla.foundation.rows.group import commit
from mohalla.foundation.rows.plans import new

__all__ = ["Act", "commit", "holds", "new"]
