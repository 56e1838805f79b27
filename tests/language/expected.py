"""How the tables of the figure readers are compared: overlapping words, equal bounds, equal unit."""

from __future__ import annotations

from claims.language.quantities import read_quantities
from claims.language.readings import Language, Quantity

Expected = tuple[str, float | None, float | None, str]


def quantities_of(text: str, language: Language) -> list[Quantity]:
    return list(read_quantities(text, language))


def _equal(left: float | None, right: float | None) -> bool:
    if left is None or right is None:
        return left is right
    return abs(left - right) <= 1e-4 * max(abs(left), abs(right))


def same_figures(text: str, found: list[Quantity], expected: list[Expected]) -> bool:
    """Fail with both lists in view where they differ; the words must overlap the expected ones."""
    readings = [(figure.span.of(text), figure.low, figure.high, figure.unit) for figure in found]
    assert len(readings) == len(expected), f"{readings} != {expected}"
    for (words, low, high, unit), (words_due, low_due, high_due, unit_due) in zip(
        readings, expected, strict=True
    ):
        assert words in words_due or words_due in words, f"{words!r} is not {words_due!r}"
        assert unit == unit_due, f"{words!r}: {unit} is not {unit_due}"
        assert _equal(low, low_due), f"{words!r}: {low} is not {low_due}"
        assert _equal(high, high_due), f"{words!r}: {high} is not {high_due}"
    return True
