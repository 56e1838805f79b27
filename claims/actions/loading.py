"""Copying the rows of an export into their tables: keys, moments and hashes stay what they were.

Invariant: a value that its column would not have held is refused, with the file and the line. Nothing is called
that a save would call: no default moment, no counting version, no hook.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connection, transaction

from claims.actions.column_values import Unfit, parsed
from claims.ingest.archive import Archive, Model
from claims.ingest.archive_places import ArchiveRefused
from claims.rules.archive import captures_name, rows_name
from claims.selectors.export_decisions import Shape

#: Rows that are written at a time, or fewer where their captures are large.
_BATCH = 500
_BATCH_BYTES = 16 * 1024 * 1024
_NOTHING: tuple[object, ...] = (None, "", 0, False, [], {})


@dataclass
class Loading:
    """How the rows of one model are written: ``filled`` makes what the export has no value for.

    ``foreign`` counts, by column that has no place here, the rows in which it says something.
    """

    shape: Shape
    filled: Mapping[str, Callable[[], Any]]
    check_choices: bool
    foreign: Counter[str] = field(default_factory=Counter)

    def load(self, archive: Archive, model: Model, step: Callable[[int], object]) -> int:
        """Write every row; return how many. ``step`` is told of each batch. Raises ``ArchiveRefused``."""
        captures = {column: archive.captures(model, column) for column in model.captures}
        batch: list[tuple[int, list[Any]]] = []
        rows = weight = 0
        for rows, body in archive.rows(model):
            values = self._row(model, rows, body, captures)
            batch.append((rows, values))
            weight += len(body) + sum(len(one) for one in values if isinstance(one, (bytes, memoryview)))
            if len(batch) >= _BATCH or weight >= _BATCH_BYTES:
                self._write(batch)
                step(len(batch))
                batch, weight = [], 0
        self._write(batch)
        step(len(batch))
        for column, left in captures.items():
            if (more := next(left, None)) is not None:
                raise ArchiveRefused(f"{more[0]!r} belongs to no row.", captures_name(model.label, column))
        return rows

    def _row(
        self, model: Model, line: int, body: bytes, captures: Mapping[str, Iterator[tuple[str, bytes]]]
    ) -> list[Any]:
        """Return the values of one line as the database takes them, in the order of ``_columns``."""
        name = rows_name(model.label)
        try:
            row = json.loads(body, parse_constant=_no_constant)
        except (ValueError, RecursionError) as reason:
            raise ArchiveRefused(f"It is no JSON: {reason}", name, line) from reason
        if not isinstance(row, dict) or set(row) != {*model.columns, *model.captures}:
            raise ArchiveRefused("It has other columns than the manifest says.", name, line)
        given = {column: row[column] for column in model.columns}
        for column, files in captures.items():
            given[column] = _capture(model, column, row, files, line)
        self.foreign.update(column for column in self._foreign(model) if given[column] not in _NOTHING)
        own = self._own()
        values = []
        for one in self._columns():
            # A column that an export of ours never holds, such as a password, is not taken from any.
            is_given = one.attname in given and one.attname in own
            try:
                value = self._value(one, given[one.attname]) if is_given else self._made(one)
                values.append(one.get_db_prep_save(value, connection))
            except Unfit as reason:
                raise ArchiveRefused(f"{one.attname}: {reason}", name, line) from reason
        return values

    def _value(self, one: Any, value: Any) -> Any:
        if isinstance(value, bytes):
            return value
        read = parsed(one, value)
        if self.check_choices and one.choices and read is not None:
            known = {choice for choice, _name in one.flatchoices} | ({""} if one.blank else set())
            if read not in known:
                raise Unfit(f"{read!r} is not known here.")
        return read

    def _made(self, one: Any) -> Any:
        if one.attname in self.filled:
            return self.filled[one.attname]()
        if not (one.has_default() or one.null or (one.empty_strings_allowed and one.blank)):
            raise Unfit("the export has no value for it, and there is no usual one.")
        return one.get_default()

    def _columns(self) -> list[Any]:
        return list(self.shape.model._meta.concrete_fields)

    def _own(self) -> list[str]:
        return [one.attname for one in (*self.shape.columns, *self.shape.captures)]

    def _foreign(self, model: Model) -> set[str]:
        return {*model.columns, *model.captures}.difference(self._own())

    def missing(self, model: Model) -> list[str]:
        """Return the columns that the export ought to have and has not: it is of an older product."""
        return [name for name in self._own() if name not in (*model.columns, *model.captures)]

    def _write(self, batch: list[tuple[int, list[Any]]]) -> None:
        """Write the rows; where the database refuses one, find out which."""
        if not batch:
            return
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(self._insert(), [values for _line, values in batch])
        except (DatabaseError, OverflowError, ValueError) as reason:
            if len(batch) == 1:
                sentence = f"The database refuses it: {str(reason).splitlines()[0]}"
                raise ArchiveRefused(sentence, rows_name(self.shape.label), batch[0][0]) from reason
            for row in batch:
                self._write([row])

    def _insert(self) -> str:
        quoted = connection.ops.quote_name
        columns = [quoted(one.column) for one in self._columns()]
        values = ", ".join(["%s"] * len(columns))
        return (
            f"INSERT INTO {quoted(self.shape.model._meta.db_table)} ({', '.join(columns)}) VALUES ({values})"  # noqa: S608 (names of our own tables)
        )


def _capture(
    model: Model, column: str, row: Mapping[str, Any], files: Iterator[tuple[str, bytes]], line: int
) -> bytes:
    """Return the bytes that a row says it has, which come in the order of the rows."""
    if not row[column]:
        return b""
    name, content = next(files, ("", b""))
    if name != str(row[model.key]) or len(content) != row[column]:
        sentence = (
            f"{row[column]} bytes of {captures_name(model.label, column)} belong to it and are not there."
        )
        raise ArchiveRefused(sentence, rows_name(model.label), line)
    return content


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")
