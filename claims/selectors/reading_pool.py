"""Reading all rows for the index with several processes, for reading texts is what a rebuild spends on.

This module imports no model when it is loaded: a fresh process loads it before Django is set up. The
processes end with the one that started them, even when that is killed.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING

from claims.search.base import IndexKind

if TYPE_CHECKING:
    from claims.selectors.indexing import RowsRead


def pages_of_rows(kind: IndexKind, *, page: int, processes: int) -> Iterator[tuple[list[int], RowsRead]]:
    """Yield the ids of all rows that are to be found and what was read of them, ``page`` rows at a time.

    A row may have gone since its id was read; then there is an id without a document.
    """
    from claims.selectors.indexing import pages_of_ids, read_rows

    pages = pages_of_ids(kind, page=page)
    if processes > 1:
        yield from _read_by_processes(kind, pages, processes)
    else:
        for ids in pages:
            yield ids, read_rows(kind, ids)


def _read_by_processes(
    kind: IndexKind, pages: Iterator[list[int]], processes: int
) -> Iterator[tuple[list[int], RowsRead]]:
    from django.db import connection

    # Forking would share the database connection; a fresh process has its own.
    context = multiprocessing.get_context("spawn")
    database = str(connection.settings_dict["NAME"])
    pool = ProcessPoolExecutor(processes, context, initializer=_start, initargs=(database,))
    under_way: deque[tuple[list[int], Future[RowsRead]]] = deque()
    try:
        for ids in pages:
            under_way.append((ids, pool.submit(_read_page, kind, ids)))
            # No more is read ahead than keeps the processes busy, or memory would grow with the index.
            if len(under_way) > 2 * processes:
                read_ids, reading = under_way.popleft()
                yield read_ids, reading.result()
        while under_way:
            read_ids, reading = under_way.popleft()
            yield read_ids, reading.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _start(database: str) -> None:
    """Set up a fresh process on the database of the one that started it, and end with that one."""
    import django

    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_page(kind: IndexKind, ids: list[int]) -> RowsRead:
    from claims.selectors.indexing import read_rows

    return read_rows(kind, ids)
