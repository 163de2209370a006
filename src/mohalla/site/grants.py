"""Rights of a PostgreSQL role that can do everything the product does, and nothing to the record.

`DATABASE_URL` stays the owner: it migrates and lays the log. `MOHALLA_WEB_DATABASE_URL` is the
role of web, texts and jobs: what happened it can only add to.
"""

from __future__ import annotations

import re

from django.db import connection

from mohalla.foundation.approvals.models import Answer
from mohalla.foundation.ledger.models import Entry

ADDED_ONLY = (Entry, Answer)
READ_ONLY = ("django_migrations",)
ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}\Z")


class NoSuchRole(Exception):
    """Not a plain name."""


def statements(role: str) -> list[str]:
    """To be run by the owner after each migration; safe to run again."""
    if not ROLE.match(role):
        raise NoSuchRole(role)
    added = [model._meta.db_table for model in ADDED_ONLY]
    others = [
        name
        for name in sorted(connection.introspection.table_names())
        if name not in {*added, *READ_ONLY}
    ]
    return [
        f'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{role}";',
        f'GRANT USAGE ON SCHEMA public TO "{role}";',
        f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}";',
        *(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{name}" TO "{role}";' for name in others),
        *(f'GRANT SELECT, INSERT ON "{name}" TO "{role}";' for name in added),
        *(f'GRANT SELECT ON "{name}" TO "{role}";' for name in READ_ONLY),
    ]
