from django.db import OperationalError, migrations

# Made by hand: neither database has a field for it, and nothing in it is the record. It is filled
# by `actions/index.py` from the reports themselves, and may be dropped and filled again at any time.
SQLITE = (
    "CREATE TABLE reports_search (id INTEGER PRIMARY KEY, report_id CHAR(32) NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE reports_search_words USING fts5"
    "(words, content='', detail='none', columnsize=0, tokenize='trigram')",
)
POSTGRESQL = (
    "CREATE TABLE reports_search (report_id uuid PRIMARY KEY, grams text[] NOT NULL)",
    "CREATE INDEX reports_search_grams ON reports_search USING gin (grams)",
)


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for text in POSTGRESQL:
            schema_editor.execute(text)
        return
    try:
        for text in reversed(SQLITE):
            schema_editor.execute(text)
    except OperationalError as error:  # an SQLite without FTS5 or its trigrams: every row is read
        if "no such module" not in str(error) and "tokenizer" not in str(error):
            raise


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS reports_search_words")
    schema_editor.execute("DROP TABLE IF EXISTS reports_search")


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_references_without_constraint")]
    operations = [migrations.RunPython(make, drop)]
