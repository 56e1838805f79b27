"""A long article in parts that a page can show: cut between updates where that can be, never in a word.

The parts cover the text without gap or overlap, and every page that cuts it finds the same parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.models import Update

#: Code points that one page shows, and reads for suggestions.
PART = 60_000


@dataclass(frozen=True, slots=True)
class Part:
    """Part ``number`` (from 1) of ``count``: code points ``[start, end)``, and the times printed in it."""

    number: int
    count: int
    start: int
    end: int
    first_time: str = ""
    last_time: str = ""

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.count else None


def parts_of(text: str, updates: Sequence[Update], size: int | None = None) -> tuple[Part, ...]:
    """Return the parts of ``text``; one, and an empty one for no text, where it is short."""
    size = size or PART
    starts = sorted(update.start for update in updates)
    edges = [0]
    while len(text) - edges[-1] > size:
        edges.append(_cut(text, starts, edges[-1], size))
    bounds = [*pairwise([*edges, len(text)])]
    posts = [update for update in updates if update.kind == Update.Kind.POST]
    return tuple(
        _part(number, len(bounds), start, end, posts) for number, (start, end) in enumerate(bounds, 1)
    )


def part_at(parts: Sequence[Part], position: int) -> Part:
    """Return the part that holds ``position``, the last one for what lies beyond."""
    return next((part for part in parts if position < part.end), parts[-1])


def cut_text(text: str, start: int, end: int, size: int) -> list[int]:
    """Return where ``[start, end)`` is cut into stretches of at most ``size``: after a line, else after a word."""
    edges = [start]
    while end - edges[-1] > size:
        edges.append(_cut(text, (), edges[-1], size))
    return [*edges, end] if start < end else []


def _cut(text: str, starts: Sequence[int], start: int, size: int) -> int:
    """Return where the stretch from ``start`` ends: before an update, else after a line, else after a word."""
    left, right = start + size // 2, start + size
    between = [at for at in starts if left < at <= right]
    if between:
        return between[-1]
    cut = text.rfind("\n", left, right)
    cut = cut if cut >= 0 else text.rfind(" ", left, right)
    return cut + 1 if cut >= 0 else right


def _part(number: int, count: int, start: int, end: int, posts: Sequence[Update]) -> Part:
    inside = [post for post in posts if start <= post.start < end]
    if not inside:
        return Part(number, count, start, end)
    return Part(number, count, start, end, inside[0].printed_time, inside[-1].printed_time)
