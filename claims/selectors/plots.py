"""One axis, many readings: what the range plot of figures and the timeline of moments share.

Places are per cent of the axis, so that the page can draw them as SVG at any width. A plot carries nothing that
its rows do not say in words: the page shows it inside a table, which is its text alternative.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.models import StanceChoice

#: An interval narrower than this share of the axis (per cent) is drawn as a point, or nobody would see it.
_NARROWEST = 0.8
#: The rows of one stance that are drawn; what is left out is counted.
ROWS_SHOWN = 12
#: The most ticks that fit beside each other on a phone.
MOST_TICKS = 5
#: Beyond these places (per cent) a label stands beside its tick instead of under it.
_FIRST, _LAST = 6.0, 94.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One reading on the axis, from ``start`` to ``end`` in per cent.

    An open side has no bound there, or its bound lies beyond the axis; it is drawn as an arrow.
    """

    start: float
    end: float
    open_low: bool = False
    open_high: bool = False

    @property
    def width(self) -> float:
        return round(self.end - self.start, 2)

    @property
    def middle(self) -> float:
        return round((self.start + self.end) / 2, 2)

    @property
    def is_point(self) -> bool:
        return self.width < _NARROWEST and not (self.open_low or self.open_high)


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the axis with its label; ``side`` is ``first`` or ``last`` near an end of the axis."""

    x: float
    label: str

    @property
    def side(self) -> str:
        return "first" if self.x < _FIRST else "last" if self.x > _LAST else ""


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of numbers ``[low, high]``, ``low < high``."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """Return where ``value`` stands, in per cent, no further out than the ends."""
        return round(max(0.0, min(100.0, (value - self.low) / (self.high - self.low) * 100)), 2)

    def mark(self, low: float | None, high: float | None) -> Mark:
        """Return the mark of an interval; None is a side without a bound."""
        return Mark(
            0.0 if low is None else self.place(low),
            100.0 if high is None else self.place(high),
            low is None or low < self.low,
            high is None or high > self.high,
        )

    def multiples(self, step: float) -> list[float]:
        """Return the multiples of ``step`` that lie on the axis."""
        return [step * n for n in range(math.ceil(self.low / step), math.floor(self.high / step) + 1)]


@dataclass(frozen=True, slots=True)
class PlotRow:
    """One origin (or the claim, without a name): what it says, a note to that, and its mark.

    ``documents`` counts those that carry it; ``anchor`` is the id of the evidence that stands for them.
    """

    name: str
    stance: str
    says: str
    mark: Mark
    note: str = ""
    language: str = ""
    documents: int = 0
    anchor: int = 0


@dataclass(frozen=True, slots=True)
class PlotGroup:
    """The rows of one stance, from left to right; ``more`` were left out."""

    stance: str
    rows: tuple[PlotRow, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Plot:
    """The claim's row, the origins' rows by stance, and the ticks of the axis that all share."""

    claim: PlotRow
    groups: tuple[PlotGroup, ...]
    ticks: tuple[Tick, ...]

    @property
    def rows(self) -> tuple[PlotRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)


def group_rows(rows: Iterable[PlotRow]) -> tuple[PlotGroup, ...]:
    """Return the rows by stance, in the order of ``StanceChoice``; a stance without rows is left out."""
    by_stance: dict[str, list[PlotRow]] = {stance: [] for stance in StanceChoice.values}
    for row in rows:
        by_stance[row.stance].append(row)
    return tuple(_group(stance, found) for stance, found in by_stance.items() if found)


def _group(stance: str, rows: Sequence[PlotRow]) -> PlotGroup:
    """Keep the first rows, for evidence comes best first, and put them in the order of the axis."""
    shown = sorted(rows[:ROWS_SHOWN], key=lambda row: (row.mark.start, row.mark.end, row.name))
    return PlotGroup(stance, tuple(shown), max(0, len(rows) - ROWS_SHOWN))
