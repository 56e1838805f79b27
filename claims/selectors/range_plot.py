"""Figures as a picture: each origin a row with what it says, an interval on one axis with the claim's own.

Positions are whole numbers from 0 to ``WIDTH``; the page draws them as SVG and tells the same in a table, so
that the picture carries nothing that the words do not.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claims.models import Evidence
from claims.selectors.figure_wording import word_figure, word_value

WIDTH = 1000
#: The narrowest bar, so that a single value can be seen.
_NARROWEST = 8
#: The axis reaches this many times the claim's own figure; what lies beyond is drawn at its edge.
_REACH = 6


@dataclass(frozen=True, slots=True)
class PlotRow:
    """One origin (or the claim): ``x`` and ``width`` on the axis; open ends run to its edge or beyond.

    ``anchor`` is the id of the evidence that it stands for.
    """

    name: str
    stance: str
    figure: str
    x: int
    width: int
    open_low: bool
    open_high: bool
    documents: int = 0
    anchor: int = 0


@dataclass(frozen=True, slots=True)
class RangePlot:
    """The claim's row, the origins' rows, and the two ends of the axis in words."""

    claim: PlotRow
    rows: tuple[PlotRow, ...]
    first: str
    last: str


def range_plot(evidence: Sequence[Evidence]) -> RangePlot | None:
    """Return the picture of the comparable figures, or None where fewer than one can be compared."""
    pairs = [(piece, pair) for piece in evidence if piece.state != "rejected" if (pair := _comparable(piece))]
    if not pairs:
        return None
    measure = Counter(_measure(pair) for _piece, pair in pairs).most_common(1)[0][0]
    pairs = [(piece, pair) for piece, pair in pairs if _measure(pair) == measure]
    claimed, unit = pairs[0][1]["claim"], measure[0]
    bounds = [
        float(bound)
        for figure in [claimed, *(pair["passage"] for _piece, pair in pairs)]
        for bound in (figure["low"], figure["high"])
        if bound is not None and math.isfinite(bound)
    ]
    if not bounds:
        return None
    axis = _axis(bounds, claimed)
    told: dict[tuple[str, str], tuple[Evidence, dict[str, Any], set[int]]] = {}
    for piece, pair in pairs:
        key = (piece.origin, word_figure(pair["passage"]))
        told.setdefault(key, (piece, pair["passage"], set()))[2].add(piece.passage.document_id)
    rows = tuple(
        _row(
            piece.origin_name or piece.passage.document.outlet.name,
            piece.stance,
            figure,
            axis,
            len(documents),
            piece.pk,
        )
        for piece, figure, documents in told.values()
    )
    order = {"supports": 0, "contradicts": 1, "context": 2}
    return RangePlot(
        _row("", "claim", claimed, axis),
        tuple(sorted(rows, key=lambda row: (order.get(row.stance, 3), row.x, row.name))),
        word_value(axis[0], unit),
        word_value(axis[1], unit),
    )


def _comparable(piece: Evidence) -> dict[str, Any] | None:
    return next((pair for pair in piece.figures if pair.get("agreement") in ("same", "different")), None)


def _measure(pair: dict[str, Any]) -> tuple[str, Any, Any]:
    claimed = pair["claim"]
    return claimed["unit"], claimed["low"], claimed["high"]


def _axis(bounds: Sequence[float], claimed: dict[str, Any]) -> tuple[float, float]:
    """Return the ends of the axis, so that one figure of another size does not press all others together."""
    low, high = min(bounds), max(bounds)
    own = max(abs(float(bound)) for bound in (claimed["low"], claimed["high"]) if bound is not None)
    if own:
        low, high = max(low, -own * _REACH), min(high, own * _REACH)
    if 0 < low <= high:
        low = 0.0
    room = (high - low) * 0.1 or abs(high) * 0.1 or 1.0
    return low, high + room


def _row(
    name: str,
    stance: str,
    figure: dict[str, Any],
    axis: tuple[float, float],
    documents: int = 0,
    anchor: int = 0,
) -> PlotRow:
    low, high = figure["low"], figure["high"]
    beyond_low = low is None or float(low) < axis[0]
    beyond_high = high is None or float(high) > axis[1]
    x = 0 if low is None else _place(float(low), axis)
    end = WIDTH if high is None else _place(float(high), axis)
    if end - x < _NARROWEST:
        x = max(0, min(WIDTH - _NARROWEST, (x + end - _NARROWEST) // 2))
        end = x + _NARROWEST
    return PlotRow(name, stance, word_figure(figure), x, end - x, beyond_low, beyond_high, documents, anchor)


def _place(value: float, axis: tuple[float, float]) -> int:
    return max(0, min(WIDTH, round((value - axis[0]) / (axis[1] - axis[0]) * WIDTH)))
