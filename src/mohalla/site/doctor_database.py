"""What the database server writes down by itself: a statement that failed or was slow, with its words."""

from __future__ import annotations

from django.db import connection

QUIET = {"fatal", "panic"}  # everything else about single statements stands below


def speaks() -> str:
    """The statement that silences it; empty where PostgreSQL keeps the words of people to itself."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('log_min_messages'), current_database()")
        level, name = cursor.fetchone()
    return "" if level in QUIET else f'ALTER DATABASE "{name}" SET log_min_messages = fatal;'
