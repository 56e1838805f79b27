"""Cells of an export that a spreadsheet will not run. Pure.

A cell that begins with = + - @, a tab or a line break is read as a formula by spreadsheets, the full-width
forms of those signs as well (OWASP, CSV injection); an apostrophe before it makes text of it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

Cell = str | int | float | None

_BEGINNINGS = tuple("=+-@\t\r\n＝＋－＠")


def safe_cell(value: Cell) -> str | int | float:
    """Return ``value`` as a cell: numbers as they are, nothing as an empty text, text made harmless."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = value.replace("\x00", "")
    # Some spreadsheets pass over blanks and invisible characters before they look.
    looked_at = text.lstrip(" \u00a0\u200b\u2060\ufeff")
    return f"'{text}" if looked_at.startswith(_BEGINNINGS) or text.startswith(_BEGINNINGS) else text


def csv_text(rows: Iterable[Iterable[Cell]]) -> str:
    """Return the rows as CSV (RFC 4180), with the mark that lets spreadsheets read it as UTF-8."""
    return "".join(csv_pieces(rows))


def csv_pieces(rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """Yield the same piece by piece: the mark, then a row at a time."""
    yield "\ufeff"
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([safe_cell(value) for value in row])
        yield line.getvalue()
