"""Emptying a guarded database between tests: the one time when the triggers are taken down.

Django empties SQLite by DELETE, which the triggers refuse, as they should; PostgreSQL's TRUNCATE passes them.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import TransactionTestCase


def let_flush_pass_the_guards() -> None:
    """Make the teardown of transactional tests lift the triggers of SQLite and put the same ones back."""
    teardown = TransactionTestCase._fixture_teardown

    def guarded_teardown(case: Any) -> None:
        if connection.vendor != "sqlite":
            teardown(case)
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        try:
            teardown(case)
        finally:
            with connection.cursor() as cursor:
                for _name, sql in triggers:
                    cursor.execute(sql)

    TransactionTestCase._fixture_teardown = guarded_teardown
