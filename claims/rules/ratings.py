"""Rating scales and their ClaimReview numbers: steps with labels and a number, or text only.

The numbers follow schema.org and Google's ClaimReview page: worst ≥ 1, worst < best, worst ≤ value ≤ best. A
verdict that says “we cannot tell” carries no number, because a number would place it between true and false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Steps that are no point on the way from false to true, whatever a newsroom calls its scale.
TEXT_ONLY_KEYS = frozenset({"unverifiable", "satire", "not-a-claim"})


@dataclass(frozen=True, slots=True)
class RatingStep:
    """One step of a scale. ``value`` is None for a step that is text only."""

    key: str
    labels: Mapping[str, str]
    value: int | None


@dataclass(frozen=True, slots=True)
class Scale:
    """One version of a newsroom's scale, from its worst number to its best."""

    key: str
    version: int
    name: str
    worst: int
    best: int
    steps: tuple[RatingStep, ...]


def number_stands(step: RatingStep, *, worst: int, best: int) -> bool:
    """Say whether the number of ``step`` (or its absence) may be published on a scale ``worst``–``best``."""
    if step.key in TEXT_ONLY_KEYS:
        return step.value is None
    if not 1 <= worst < best:
        return False
    return step.value is None or worst <= step.value <= best


def _step(key: str, en: str, uk: str, ru: str, value: int | None) -> RatingStep:
    return RatingStep(key, {"en": en, "uk": uk, "ru": ru}, value)


#: What a new installation starts with. It is never edited: a changed scale is a new version.
DEFAULT_SCALE = Scale(
    key="default",
    version=1,
    name="Default",
    worst=1,
    best=5,
    steps=(
        _step("true", "True", "Правда", "Правда", 5),
        _step("mostly-true", "Mostly true", "Переважно правда", "В основном правда", 4),
        _step("mixture", "Mixture", "Напівправда", "Полуправда", 3),
        _step("mostly-false", "Mostly false", "Переважно неправда", "В основном неправда", 2),
        _step("false", "False", "Неправда", "Неправда", 1),
        _step("unverifiable", "Unverifiable", "Неможливо перевірити", "Невозможно проверить", None),
    ),
)
