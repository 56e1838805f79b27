"""What a suite yields, and how it is printed: a table of figures and the worst errors by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

#: Nested by name; the leaves are numbers. ``{"times": {"f1": 0.9}}`` is the key ``times.f1``.
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Miss:
    """One error: its kind, the case's id, and a line that shows it."""

    kind: str
    id: str
    shown: str


@dataclass(frozen=True, slots=True)
class Outcome:
    figures: Figures
    misses: list[Miss] = field(default_factory=list)


def table(figures: Figures) -> Iterator[str]:
    """Yield one line for each figure, under its dotted key."""
    rows = list(flat(figures))
    width = max((len(key) for key, _value in rows), default=0)
    for key, value in rows:
        shown = f"{value:.4f}" if isinstance(value, float) else str(value)
        yield f"{key:<{width}}  {shown:>10}"


def flat(figures: Figures, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each figure with its dotted key: ``("times.f1", 0.9)``."""
    for key, value in figures.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
