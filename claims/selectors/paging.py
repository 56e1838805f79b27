"""Pages of a list by key: page 1,000 costs what page 1 costs, and nothing is shown twice.

A page is asked for by the key of the row that it follows or precedes, never by a number of rows to skip.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Coalesce

M = TypeVar("M", bound=Model)
PAGE_SIZE = 30
_LARGEST = 2**63 - 1
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


@dataclass(frozen=True, slots=True)
class Order:
    """An order by at most one column and the id, so that it is total and an index can hold it.

    ``column`` is (name, int or datetime); rows without a value in it are not in the list.
    """

    column: tuple[str, type] | None = None
    descending: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.column[0], "id") if self.column else ("id",)

    def cursor(self, text: str, *, backward: bool) -> Cursor:
        """Read ``text`` as ``place`` wrote it, or ``END`` for the last page. Raises ``CursorBroken``."""
        if backward and text == END:
            return Cursor((), backward)
        parts = text.split(".")
        digits = all(part.isascii() and part.isdigit() and len(part) <= 19 for part in parts)
        if len(parts) != len(self.names) or not digits or max(map(int, parts)) > _LARGEST:
            raise CursorBroken(text)
        numbers = tuple(int(part) for part in parts)
        if self.column and self.column[1] is datetime:
            try:
                return Cursor((_EPOCH + timedelta(microseconds=numbers[0]), numbers[1]), backward)
            except OverflowError:
                raise CursorBroken(text) from None
        return Cursor(numbers, backward)

    def place(self, row: Model) -> str:
        """Return the position of ``row`` as it stands in an address."""
        values = [getattr(row, name) for name in self.names]
        return ".".join(
            str((value - _EPOCH) // timedelta(microseconds=1) if isinstance(value, datetime) else value)
            for value in values
        )

    def beyond(self, cursor: Cursor) -> Q:
        """Return the condition that rows beyond the cursor meet."""
        if not cursor.key:
            return Q()
        side = "lt" if self.descending is not cursor.backward else "gt"
        if len(cursor.key) == 1:
            return Q(**{f"id__{side}": cursor.key[0]})
        name, (value, id) = self.names[0], cursor.key
        # Said in two ways: the first bounds the index, the second decides among rows of the same value.
        return Q(**{f"{name}__{side}e": value}) & (Q(**{f"{name}__{side}": value}) | Q(**{f"id__{side}": id}))

    def by(self, *, backward: bool, walked: bool) -> list[Any]:
        """Return what to order by. Not ``walked``, the rows that were found are sorted: an expression keeps
        the planner from walking the whole index of the order until enough rows meet the conditions."""
        down = self.descending is not backward
        columns = [F(name) if walked else Coalesce(name, name) for name in self.names]
        return [column.desc() if down else column.asc() for column in columns]
