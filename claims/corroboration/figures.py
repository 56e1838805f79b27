"""Do two figures agree within what their words allow? Intervals and comparators, never string equality."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from claims.language.readings import Comparator, Quantity, Reading

#: Relative slack for values that were converted from one unit into another.
_TOLERANCE = 1e-6
#: An open bound bears out a figure that is at most this many times as much.
_FAR = 1.5
_MANTISSA = re.compile(r"\d+(?:[.,]\d+)?")
_PARTITIVE = re.compile(
    r"\s{1,3}(?:\w{1,20}\s{1,3})?(?:of|out of|із|з|зі|из)\s{1,3}(?:the\s{1,3}|всех\s{1,3}|усіх\s{1,3})?\Z"
)
_LONGEST_PARTITIVE = 40
_DENIED: Mapping[str, Comparator] = {">": "≤", "≥": "<"}
#: A negation denies a bound that begins within so many code points: “did not last more than”.
_DENIAL_REACH = 16


def figures_agree(claim: Quantity, passage: Quantity, claim_text: str = "", passage_text: str = "") -> bool:
    """Tell whether two figures of one unit can both be right: their intervals meet, open bounds apart.

    “Exceeds 15” is met by 20, and not by exactly 15; “about two hours” and “less than two” meet; “95” and
    “95.3” meet, for the first may be the second rounded. The texts tell how precisely a figure is stated.
    """
    low = max(_low(claim), _low(passage))
    high = min(_high(claim), _high(passage))
    slack = _TOLERANCE * max([1.0, *(abs(bound) for bound in (low, high) if math.isfinite(bound))])
    if low > high + slack:
        rounded = max(_step(claim, claim_text), _step(passage, passage_text)) / 2
        return low - high < rounded
    touching = abs(low - high) <= slack
    return not (touching and (_excludes(claim, low) or _excludes(passage, low)))


def says_enough(claim: Quantity, passage: Quantity) -> bool:
    """Tell whether an open bound is near enough to bear a figure out: “at least two” says little of twelve."""
    bound = passage.low if passage.high is None else passage.high if passage.low is None else None
    if bound is None or (passage.low is None and passage.high is None):
        return True
    wanted = claim.low if passage.high is None else claim.high
    if wanted is None:
        return True
    less, more = sorted((abs(bound), abs(wanted)))
    return less > 0 and more / less <= _FAR


def equivalents(
    quantity: Quantity, figures: tuple[Quantity, ...], text: str, *, falls: bool
) -> Iterator[Quantity]:
    """Yield ``quantity`` and what it comes to in other units.

    A ratio is a change in per cent (doubled: +100 %, halved: −50 %); “138 of the 199” is a share.
    ``falls`` tells whether the text speaks of a fall.
    """
    yield quantity
    if quantity.unit == "x" and quantity.low == quantity.high and quantity.low:
        times = quantity.low
        change = (1 - 1 / times) * 100 if falls else (times - 1) * 100
        yield replace(quantity, unit="%", low=change, high=change)
    if quantity.unit == "count" and quantity.low == quantity.high and quantity.low is not None:
        whole = _whole_of(quantity, figures, text)
        if whole:
            share = 100 * quantity.low / whole
            yield replace(quantity, unit="%", low=share, high=share)


def as_denied(quantity: Quantity, reading: Reading) -> Quantity:
    """Return the bound that a denied one leaves: “did not last more than an hour” is at most an hour."""
    turned = _DENIED.get(quantity.comparator)
    if turned is None or not any(
        0 <= quantity.span.start - negation.end <= _DENIAL_REACH for negation in reading.negations
    ):
        return quantity
    return replace(quantity, comparator=turned, low=quantity.high, high=quantity.low)


def _whole_of(part: Quantity, figures: tuple[Quantity, ...], text: str) -> float | None:
    if part.low is None:
        return None
    for whole in figures:
        between = text[part.span.end : whole.span.start] if whole.span.start > part.span.end else ""
        exact = whole.unit == "count" and whole.low is not None and whole.low == whole.high
        if exact and 0 < len(between) <= _LONGEST_PARTITIVE and _PARTITIVE.match(between):
            return whole.low if whole.low and whole.low >= part.low else None
    return None


def _step(quantity: Quantity, text: str) -> float:
    """Return the step in which an exact figure is stated: 1 % for “7 %”, 0.1 % for “7.4 %”, 0 if unknown.

    A count in plain digits or words is exact; “60 тис.” is stated in thousands.
    """
    if quantity.comparator != "=" or quantity.low is None or not text:
        return 0.0
    written = _MANTISSA.search(quantity.span.of(text))
    if written is None:
        return 0.0
    value = float(written.group().replace(",", "."))
    decimals = len(re.split(r"[.,]", written.group())[1]) if re.search(r"[.,]", written.group()) else 0
    scale = abs(quantity.low) / value if value else 0.0
    if quantity.unit == "count" and scale < 2:
        return 0.0
    step: float = scale * 10**-decimals
    return step


def _low(quantity: Quantity) -> float:
    return -math.inf if quantity.low is None else quantity.low


def _high(quantity: Quantity) -> float:
    return math.inf if quantity.high is None else quantity.high


def _excludes(quantity: Quantity, value: float) -> bool:
    """Tell whether a strict bound (“more than 15”) stands exactly at ``value``."""
    return (quantity.comparator == ">" and quantity.low == value) or (
        quantity.comparator == "<" and quantity.high == value
    )
