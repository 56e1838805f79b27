"""The guards of the database, set aside while rows are copied in that already went through them.

Invariant: it happens in the caller's transaction alone. At the end, whatever it was, the very triggers stand that
stood before, and nobody else ever sees the tables without them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def guards_aside(tables: Collection[str]) -> Iterator[None]:
    """Take the triggers of ``tables`` away for the time of the block. Call it in a transaction.

    PostgreSQL disables them, which locks the tables against writers until the transaction ends; SQLite, which has
    one writer at a time, drops and makes them again in their own words.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("guards_aside belongs into a transaction.")
    if connection.vendor == "postgresql":
        _alter(tables, "DISABLE")
        yield
        # Rows whose foreign keys were not looked at yet would forbid to alter their table.
        connection.check_constraints()
        _alter(tables, "ENABLE")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        taken = [(name, sql) for name, sql, table in cursor.fetchall() if table in tables]
        for name, _sql in taken:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        yield
        for _name, sql in taken:
            cursor.execute(sql)


def _alter(tables: Collection[str], verb: str) -> None:
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} {verb} TRIGGER USER")
