"""Counting requests of a caller in the running minute, in the database, so that all workers count together."""

from __future__ import annotations

import time

from django.db import connection
from django.utils.crypto import salted_hmac

from claims.models import RequestCount

_TABLE = RequestCount._meta.db_table


def count_request(caller: str) -> tuple[int, int]:
    """Count one request of ``caller`` (an address or a token, kept as a keyed hash alone).

    Return how many there were in this minute, this one included, and in how many seconds the next begins.
    """
    now = time.time()
    hashed = salted_hmac("claims.request_count", caller, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        # One statement: of two workers that count at once, neither overwrites the other.
        cursor.execute(
            f"INSERT INTO {_TABLE} (caller, minute, count) VALUES (%s, %s, 1) "  # noqa: S608
            f"ON CONFLICT (caller) DO UPDATE SET "
            f"count = CASE WHEN {_TABLE}.minute = excluded.minute THEN {_TABLE}.count + 1 ELSE 1 END, "
            f"minute = excluded.minute RETURNING count",
            [hashed, int(now) // 60],
        )
        (count,) = cursor.fetchone()
    return count, 60 - int(now) % 60
