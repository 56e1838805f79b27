"""What two readings have in common as sets of words, apart from their figures.

“Same words, other figure” is its own answer when claims are matched, so figures and times are taken out
before words are compared. Invariant: every measure lies between 0 and 1 and is 0 for empty texts.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from claims.language.readings import Reading, Span


def skeleton(reading: Reading) -> tuple[str, ...]:
    """Return the stems of a reading in order, without those that lie within figures and times.

    Two texts with equal skeletons say the same words of, perhaps, other figures.
    """
    measured = [quantity.span for quantity in reading.quantities] + [time.span for time in reading.times]
    return tuple(
        term.stem
        for term in reading.terms
        if not any(character.isdigit() for character in term.stem) and not _within(term.span, measured)
    )


def _within(span: Span, stretches: list[Span]) -> bool:
    return any(span.overlaps(stretch) for stretch in stretches)


def overlap(a: AbstractSet[str], b: AbstractSet[str]) -> float:
    """Return the share of the words of both sets that are in each of them (Jaccard)."""
    union = len(a | b)
    return len(a & b) / union if union else 0.0


def containment(part: AbstractSet[str], whole: AbstractSet[str]) -> float:
    """Return the share of the words of ``part`` that are in ``whole``."""
    return len(part & whole) / len(part) if part else 0.0
