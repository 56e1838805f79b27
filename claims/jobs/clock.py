"""The database's clock, which alone decides what is due and which lease has ended.

Workers on several machines may disagree about the time; the rows that they share have one clock.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, Func
from django.db.models.sql.compiler import SQLCompiler


class FromNow(Func):
    """The moment at which the statement runs, plus ``seconds``; SQLite counts in whole milliseconds."""

    output_field = DateTimeField()

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, tuple[str, ...]]:
        # Django stores moments as text with microseconds; the zeros keep the two comparable as text.
        return "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f000', 'NOW', %s)", (f"{self.seconds:+.3f} seconds",)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, tuple[float, ...]]:
        # CLOCK_TIMESTAMP and not NOW: the latter stands still at the start of the transaction.
        return "(CLOCK_TIMESTAMP() + %s * INTERVAL '1 second')", (self.seconds,)
