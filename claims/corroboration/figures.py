"""Do two figures agree within what their words allow? Intervals and comparators, never string equality."""

from __future__ import annotations

import math

from claims.language.readings import Quantity

#: Relative slack for values that were converted from one unit into another.
_TOLERANCE = 1e-6


def figures_agree(claim: Quantity, passage: Quantity) -> bool:
    """Tell whether two figures of one unit can both be right: their intervals meet, open bounds apart.

    “Exceeds 15” is met by 20, and not by exactly 15; “about two hours” and “less than two” meet.
    """
    low = max(_low(claim), _low(passage))
    high = min(_high(claim), _high(passage))
    slack = _TOLERANCE * max([1.0, *(abs(bound) for bound in (low, high) if math.isfinite(bound))])
    if low > high + slack:
        return False
    touching = abs(low - high) <= slack
    return not (touching and (_excludes(claim, low) or _excludes(passage, low)))


def _low(quantity: Quantity) -> float:
    return -math.inf if quantity.low is None else quantity.low


def _high(quantity: Quantity) -> float:
    return math.inf if quantity.high is None else quantity.high


def _excludes(quantity: Quantity, value: float) -> bool:
    """Tell whether a strict bound (“more than 15”) stands exactly at ``value``."""
    return (quantity.comparator == ">" and quantity.low == value) or (
        quantity.comparator == "<" and quantity.high == value
    )
