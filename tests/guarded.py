"""Emptying a guarded database between tests: the one time when the triggers are taken down.

Django empties SQLite by DELETE and PostgreSQL by TRUNCATE; the triggers refuse both, as they should.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase


@contextmanager
def _triggers_lifted() -> Iterator[None]:
    """Take down what refuses that the database is emptied, and put the same back."""
    with _emptying_allowed() if connection.vendor == "postgresql" else _rows_deletable():
        yield


@contextmanager
def _emptying_allowed() -> Iterator[None]:
    """Switch the triggers on TRUNCATE off, which leaves them in place for whoever looks at them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'guard_truncate'")
        tables = [table for (table,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER guard_truncate")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER guard_truncate")


@contextmanager
def _rows_deletable() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _name, sql in triggers:
                cursor.execute(sql)


def empty_database() -> None:
    """Make the database what it is after ``migrate``: the guards, the default scale and topics stand."""
    with _triggers_lifted():
        call_command("flush", interactive=False, verbosity=0)


def let_flush_pass_the_guards() -> None:
    """Make the teardown of transactional tests lift the triggers and put the same ones back."""
    teardown = TransactionTestCase._fixture_teardown

    def guarded_teardown(case: Any) -> None:
        with _triggers_lifted():
            teardown(case)

    TransactionTestCase._fixture_teardown = guarded_teardown
