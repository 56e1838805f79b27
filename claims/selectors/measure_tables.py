"""A table whose rows are drawn as well: the figures stand in their cells, and a bar only repeats them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Value = str | int | float | None
#: The height of a row's picture; bars beside each other share it.
HEIGHT = 10.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of a row's bar: ``x`` and ``width`` in hundredths, ``y`` and ``height`` of ``HEIGHT``.

    ``series`` counts the drawn columns from 1.
    """

    x: float
    width: float
    y: float
    height: float
    series: int


@dataclass(frozen=True, slots=True)
class MeasureRow:
    name: str
    values: tuple[Value, ...]
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One table: ``columns`` head the values; those whose numbers are in ``drawn`` are drawn as well."""

    key: str
    title: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[MeasureRow, ...]
    drawn: tuple[int, ...] = ()
    note: str = ""

    @property
    def headings(self) -> list[tuple[str, int]]:
        """Return the columns with the series that draws each, 0 for none."""
        return [
            (name, self.drawn.index(n) + 1 if n in self.drawn else 0) for n, name in enumerate(self.columns)
        ]

    @property
    def lines(self) -> list[list[Value]]:
        """Return heading and rows for an export."""
        return [[self.first, *self.columns], *([row.name, *row.values] for row in self.rows)]


def measure(
    key: str,
    title: str,
    first: str,
    columns: tuple[str, ...],
    told: Sequence[tuple[str, tuple[Value, ...]]],
    drawn: tuple[int, ...] = (),
    *,
    note: str = "",
    stacked: bool = True,
) -> Measure:
    """Return the table with a bar for each row, all on one scale.

    ``stacked`` columns are parts of one whole and stand end to end; others stand one below the other.
    """
    lengths = [_drawn(values, drawn) for _name, values in told]
    longest = max((sum(row) if stacked else max(row, default=0) for row in lengths), default=0) or 1
    rows = tuple(
        MeasureRow(name, values, tuple(_bars(row, longest, stacked)))
        for (name, values), row in zip(told, lengths, strict=True)
    )
    return Measure(key, title, first, columns, rows, drawn, note)


def _drawn(values: tuple[Value, ...], drawn: tuple[int, ...]) -> list[float]:
    return [float(value) for number in drawn if isinstance(value := values[number], int | float)]


def _bars(lengths: list[float], longest: float, stacked: bool) -> Iterable[Bar]:
    x, height = 0.0, HEIGHT if stacked else HEIGHT / max(1, len(lengths))
    for series, length in enumerate(lengths, start=1):
        width = round(100 * length / longest, 2)
        if width:
            y = 0.0 if stacked else (series - 1) * height
            yield Bar(round(x, 2), width, y, height, series)
        x += width if stacked else 0.0
