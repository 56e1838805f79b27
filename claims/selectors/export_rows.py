"""The rows of an export of everything, streamed from one reading of the database.

Invariant: within ``one_reading`` every row is of one and the same moment, whatever is written meanwhile, and
nobody who writes has to wait for it. Memory is bounded by a chunk of rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import F
from django.db.models.functions import Length

from claims.models import HistoryHead
from claims.selectors.export_decisions import Shape

#: Rows that are read at a time: a text may be some megabytes.
_CHUNK = 100
_CAPTURES = 2


@contextmanager
def one_reading() -> Iterator[None]:
    """Read everything within as of one moment. Not to be used within a transaction, nor to write.

    PostgreSQL: REPEATABLE READ takes one snapshot at the first read. SQLite: in WAL mode a transaction that only
    reads sees one state and holds no writer up; ours otherwise begin IMMEDIATE, which would.
    """
    if connection.in_atomic_block:
        raise RuntimeError("one_reading begins a transaction of its own.")
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def count_rows(shape: Shape) -> int:
    return shape.model._base_manager.count()


def row_bodies(shape: Shape) -> Iterator[bytes]:
    """Yield the rows by their key as JSON objects: columns by name, of each capture its size in bytes."""
    names = [one.attname for one in shape.columns] + [one.attname for one in shape.captures]
    sizes = {f"bytes_of_{one.attname}": Length(one.attname) for one in shape.captures}
    columns = [F(one.attname) for one in shape.columns] + [F(name) for name in sizes]
    rows = shape.model._base_manager.order_by("pk").annotate(**sizes).values_list(*columns)
    for row in rows.iterator(chunk_size=_CHUNK):
        yield _encoded(dict(zip(names, row, strict=True)))


def captures(shape: Shape, column: str) -> Iterator[tuple[str, bytes]]:
    """Yield the key and the bytes of every row that has any, in the order of ``row_bodies``."""
    rows = shape.model._base_manager.order_by("pk").annotate(bytes_of=Length(column)).filter(bytes_of__gt=0)
    for key, content in rows.values_list("pk", column).iterator(chunk_size=_CAPTURES):
        yield str(key), bytes(content)


def head_of_history() -> dict[str, object]:
    head = HistoryHead.objects.first()
    return {"count": head.count if head else 0, "hash": head.hash if head else ""}


def newest_migrations() -> dict[str, str]:
    """Return the newest migration of every app that has any, by their numbers."""
    applied = MigrationRecorder(connection).applied_migrations()
    newest: dict[str, str] = {}
    for app, name in sorted(applied):
        newest[app] = name
    return newest


def _encoded(row: dict[str, Any]) -> bytes:
    try:
        text = json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_plain)
        return text.encode("utf-8")
    except UnicodeEncodeError:
        # A lone surrogate out of a JSON column: only an escape can say it.
        return json.dumps(row, separators=(",", ":"), default=_plain).encode("ascii")


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"an export has no form for {type(value).__name__}")
