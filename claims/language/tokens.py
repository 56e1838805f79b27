"""The tokens under which a reading is indexed, one string of space-separated tokens for each field.

Both engines index these strings with whitespace analysers, so they rank alike. Invariant: a token holds
no white space and means the same in every language, except in ``terms``, which carries stems.

- ``terms``: stems of content words.
- ``names``: ``n:`` script-independent keys, ``c:`` their consonants, and ids such as ``place:ua``; a body
named
  by its country (``body:foreign+ministry:ua``) brings the id of the country too.
- ``concepts``: concept ids, and ``^talks`` for what is a kind of ``talks`` (“peace talks”).
- ``figures``: ``s:~48`` (unit and step on a scale of steps of about a tenth) for every step that the
  figure's interval touches, ``s:≥48`` for open ends, and ``s:`` alone for the unit.
- ``dates``: the civil days that a time expression touches, ``2024-05-31``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import timedelta

from claims.language.lexicon import broader_concepts
from claims.language.names.keys import consonants
from claims.language.readings import Name, Quantity, Reading, TimeExpression

_STEPS_PER_DECADE = 24  # Steps of 10 %: figures that round to each other share a step or a neighbour.
_MOST_STEPS = 12
_MOST_DAYS = 45  # A longer stretch of time says too little about any one day.
_SHORTEST_CONSONANTS = 3


def index_tokens(reading: Reading) -> dict[str, str]:
    """Return the fields ``terms``, ``names``, ``concepts``, ``figures`` and ``dates``, tokens repeated
    as often as they were read."""
    return {
        "terms": _join(term.stem for term in reading.terms),
        "names": _join(token for name in reading.names for token in name_tokens(name)),
        "concepts": _join(token for concept in reading.concepts for token in concept_tokens(concept.concept)),
        "figures": _join(token for quantity in reading.quantities for token in figure_tokens(quantity)),
        "dates": _join(token for time in reading.times for token in date_tokens(time)),
    }


def _join(tokens: Iterable[str]) -> str:
    return " ".join("".join(token.split()) for token in tokens if token and not token.isspace())


def concept_tokens(concept: str) -> Iterator[str]:
    """Yield the concept, and under ``^`` what it is a kind of: a longer phrase hides the shorter one in it."""
    yield concept
    for broader in sorted(broader_concepts(concept)):
        yield f"^{broader}"


def name_tokens(name: Name) -> Iterator[str]:
    """Yield the tokens of one name: its id if it has one, and the keys of its words."""
    if name.canonical:
        yield name.canonical
        kind, _, rest = name.canonical.partition(":")
        if kind == "body" and ":" in rest:
            # A ministry of a country is also sought by the country.
            yield f"place:{rest.rpartition(':')[2]}"
    for key in name.keys:
        if len(key) == 1:
            continue  # An initial fits too many names.
        yield f"n:{key}"
        if len(bare := consonants(key)) >= _SHORTEST_CONSONANTS:
            yield f"c:{bare}"


def figure_tokens(quantity: Quantity) -> Iterator[str]:
    """Yield the tokens of one figure: its unit, and the steps of the scale that it touches."""
    yield f"{quantity.unit}:"
    low, high = quantity.low, quantity.high
    if low is not None and high is not None and math.isfinite(low) and math.isfinite(high):
        first, last = sorted((_step(low), _step(high)))
        for step in range(first, min(last, first + _MOST_STEPS) + 1):
            yield f"{quantity.unit}:~{step}"
        return
    bound = high if low is None else low
    if bound is not None and math.isfinite(bound):
        yield f"{quantity.unit}:~{_step(bound)}"
        yield f"{quantity.unit}:{'≤' if low is None else '≥'}{_step(bound)}"


def _step(value: float) -> int:
    """Return the step of ``value`` on a logarithmic scale that is mirrored for negative values."""
    if abs(value) < 1e-9:
        return 0
    magnitude = round(math.log10(abs(value)) * _STEPS_PER_DECADE) + 10 * _STEPS_PER_DECADE
    return magnitude if value > 0 else -magnitude


def date_tokens(time: TimeExpression) -> Iterator[str]:
    """Yield the civil days that ``time`` touches, in the zone in which it was read."""
    first = time.start.date()
    last = time.end.date() if time.end == time.start else (time.end - timedelta(microseconds=1)).date()
    if (last - first).days > _MOST_DAYS:
        return
    for offset in range(max((last - first).days, 0) + 1):
        yield (first + timedelta(days=offset)).isoformat()
