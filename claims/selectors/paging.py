"""Pages of a list by key: page 1,000 costs what page 1 costs, and nothing is shown twice.

A page is asked for by the key of the row that it follows or precedes, never by a number of rows to skip.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Coalesce

from claims.rules.numbers import whole_number

M = TypeVar("M", bound=Model)
T = TypeVar("T")
PAGE_SIZE = 30
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: The cursor of the last page: it ends before nothing.
END = "end"


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[M]):
    """Rows in order; ``before`` is the id to ask the next page with, None on the last one."""

    rows: list[M]
    before: int | None


def newest_first(rows: QuerySet[M], before: int | None, *, size: int = PAGE_SIZE) -> KeysetPage[M]:
    """Return the ``size`` rows with the largest ids below ``before``. One query."""
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    return KeysetPage(found[:size], found[size - 1].pk if len(found) > size else None)


class CursorBroken(ValueError):
    """The text is no position that a page could have given."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins (or, ``backward``, ends): beyond the row with this key; no key, at the list's end."""

    key: tuple[Any, ...]
    backward: bool


def page_of(found: list[T], cursor: Cursor | None, size: int) -> tuple[list[T], bool, bool]:
    """Return at most ``size`` rows in order, whether others stand after them, and whether before them.

    ``found`` are up to ``size + 1`` rows beyond the cursor, in its direction.
    """
    more, rows = len(found) > size, found[:size]
    if cursor is None or not cursor.backward:
        return rows, more, bool(rows) and cursor is not None
    rows.reverse()
    return rows, bool(rows) and bool(cursor.key), more


@dataclass(frozen=True, slots=True)
class Order:
    """An order by columns and then the id, so that it is total and an index can hold it.

    ``columns`` are (name, int or datetime); rows without a value in one are not in the list.
    """

    columns: tuple[tuple[str, type], ...] = ()
    descending: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (*(name for name, _kind in self.columns), "id")

    def within(self) -> Order:
        """Return the order of the rows that share one value of the first column."""
        return Order(self.columns[1:], self.descending)

    def cursor(self, text: str, *, backward: bool) -> Cursor:
        """Read ``text`` as ``place`` wrote it, or ``END`` for the last page. Raises ``CursorBroken``."""
        if backward and text == END:
            return Cursor((), backward)
        parts = text.split(".")
        if len(parts) != len(self.names) or None in map(whole_number, parts):
            raise CursorBroken(text)
        try:
            columns = [_read(part, kind) for part, (_name, kind) in zip(parts, self.columns, strict=False)]
        except OverflowError:
            raise CursorBroken(text) from None
        return Cursor((*columns, int(parts[-1])), backward)

    def place(self, row: Model) -> str:
        """Return the position of ``row`` as it stands in an address."""
        return ".".join(_written(getattr(row, name)) for name in self.names)

    def beyond(self, cursor: Cursor) -> Q:
        """Return the condition that rows beyond the cursor meet."""
        if not cursor.key:
            return Q()
        side = "lt" if self.descending is not cursor.backward else "gt"
        condition = Q(**{f"id__{side}": cursor.key[-1]})
        for name, value in reversed(list(zip(self.names[:-1], cursor.key[:-1], strict=True))):
            # Said in two ways: the first bounds the index, the second decides among rows of the same value.
            condition = Q(**{f"{name}__{side}e": value}) & (Q(**{f"{name}__{side}": value}) | condition)
        return condition

    def by(self, *, backward: bool, walked: bool) -> list[Any]:
        """Return what to order by. Not ``walked``, the rows that were found are sorted: an expression keeps
        the planner from walking the whole index of the order until enough rows meet the conditions."""
        down = self.descending is not backward
        columns = [F(name) if walked else Coalesce(name, name) for name in self.names]
        return [column.desc() if down else column.asc() for column in columns]


def _read(text: str, kind: type) -> Any:
    return _EPOCH + timedelta(microseconds=int(text)) if kind is datetime else int(text)


def _written(value: Any) -> str:
    return str((value - _EPOCH) // timedelta(microseconds=1) if isinstance(value, datetime) else value)
