"""Figures as a picture: each origin a row with what it says, an interval on one axis with the claim's own.

Only figures that were read as the same measure are drawn; reprints are folded into their origin.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from claims.models import Evidence
from claims.selectors.figure_wording import word_figure, word_value
from claims.selectors.plots import MOST_TICKS, Axis, Plot, PlotRow, Tick, group_rows

#: The axis reaches this many times the claim's own figure; what lies beyond is drawn at its edge.
_REACH = 6
_MINUTE, _HOUR, _DAY = 60.0, 3_600.0, 86_400.0
#: Steps between ticks of a duration (seconds) that people count in.
_DURATIONS = (
    *(1.0, 5.0, 10.0, 30.0),
    *(_MINUTE * n for n in (1, 5, 10, 15, 30)),
    *(_HOUR * n for n in (1, 2, 3, 6, 12)),
    *(_DAY * n for n in (1, 2, 7, 14, 30, 90, 365)),
)


def range_plot(evidence: Sequence[Evidence]) -> Plot | None:
    """Return the picture of the comparable figures, best evidence first, or None where there is none."""
    pairs = [(piece, pair) for piece in evidence if piece.state != "rejected" if (pair := _comparable(piece))]
    if not pairs:
        return None
    # A claim may state two figures; the one that most passages speak of is drawn.
    measure = Counter(_measure(pair) for _piece, pair in pairs).most_common(1)[0][0]
    pairs = [(piece, pair) for piece, pair in pairs if _measure(pair) == measure]
    claimed = pairs[0][1]["claim"]
    bounds = [
        float(bound)
        for figure in [claimed, *(pair["passage"] for _piece, pair in pairs)]
        for bound in (figure["low"], figure["high"])
        if bound is not None and math.isfinite(bound)
    ]
    if not bounds:
        return None
    axis = _axis(bounds, claimed)
    told: dict[tuple[str, str, str], tuple[Evidence, dict[str, Any], set[int]]] = {}
    for piece, pair in pairs:
        key = (piece.origin, piece.stance, word_figure(pair["passage"]))
        told.setdefault(key, (piece, pair["passage"], set()))[2].add(piece.passage.document_id)
    rows = [
        PlotRow(
            name=piece.origin_name or piece.passage.document.outlet.name,
            stance=piece.stance,
            says=word_figure(figure),
            mark=axis.mark(_bound(figure["low"]), _bound(figure["high"])),
            documents=len(documents),
            anchor=piece.pk,
        )
        for piece, figure, documents in told.values()
    ]
    own = axis.mark(_bound(claimed["low"]), _bound(claimed["high"]))
    return Plot(
        PlotRow("", "claim", word_figure(claimed), own), group_rows(rows), _ticks(axis, claimed["unit"])
    )


def _comparable(piece: Evidence) -> dict[str, Any] | None:
    return next((pair for pair in piece.figures if pair.get("agreement") in ("same", "different")), None)


def _measure(pair: dict[str, Any]) -> tuple[str, Any, Any]:
    claimed = pair["claim"]
    return claimed["unit"], claimed["low"], claimed["high"]


def _bound(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _axis(bounds: Sequence[float], claimed: dict[str, Any]) -> Axis:
    """Return the axis, so that one figure of another size does not press all others together."""
    low, high = min(bounds), max(bounds)
    own = max((abs(bound) for bound in (_bound(claimed["low"]), _bound(claimed["high"])) if bound), default=0)
    if own:
        low, high = max(low, -own * _REACH), min(high, own * _REACH)
    if 0 < low <= high:
        low = 0.0
    return Axis(low, high + ((high - low) * 0.1 or abs(high) * 0.1 or 1.0))


def _ticks(axis: Axis, unit: str) -> tuple[Tick, ...]:
    span = axis.high - axis.low
    step = next((step for step in _DURATIONS if span <= step * MOST_TICKS), 0.0) if unit == "s" else 0.0
    return tuple(
        Tick(axis.place(value), word_value(value, unit))
        for value in axis.multiples(step or _round_step(span))
    )


def _round_step(span: float) -> float:
    """Return 1, 2 or 5 times a power of ten, so that at most ``MOST_TICKS`` steps fit into ``span``."""
    power = 10.0 ** math.floor(math.log10(span / MOST_TICKS))
    return next(power * n for n in (1, 2, 5, 10) if span <= power * n * MOST_TICKS)
