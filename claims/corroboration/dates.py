"""Claims of when: the days and hours of a claim against those of a passage.

A day decides a claim only where the claim has no other figure. Of several days, all must be met; a passage
that names one of them settles nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from claims.corroboration.alignment import likeness
from claims.corroboration.occasion import same_time
from claims.corroboration.profile import Profile, days_of
from claims.language.readings import Span, TimeExpression

#: Two clock times of one event that are no further apart are the same, as people round them.
_ROUNDED = timedelta(minutes=5)
#: What is dated stands this near to its date, in words.
_NEAR = 8


@dataclass(frozen=True, slots=True)
class Days:
    """``bound`` tells whether the names of the claim stand close to the passage's days."""

    agreement: Literal["same", "different", "partly"]
    claim_span: Span
    passage_span: Span
    bound: bool = True


def compare_days(claim: Profile, passage: Profile, stretch: Span) -> Days | None:
    """Return how the days (or hours) of a claim stand to those of a stretch; None where either has none."""
    wanted, told = _dated(claim.reading.times), [t for t in passage.reading.times if t.span.overlaps(stretch)]
    found = _dated(tuple(told))
    if not wanted or not found:
        return None
    hours, told_hours = _hours(claim.reading.times), _hours(tuple(told))
    if hours and told_hours:
        same = any(abs(one.start - two.start) <= _ROUNDED for one in hours for two in told_hours)
        return Days("same" if same else "different", hours[0].span, told_hours[0].span)
    asked = frozenset(day for time in wanted for day in days_of(time))
    given = frozenset(day for time in found for day in days_of(time))
    nearest = max(found, key=lambda time: len(asked & frozenset(days_of(time))))
    named = frozenset(days_of(nearest))
    if not asked & given and any(same_time(claim, one, passage, two) for one in wanted for two in found):
        return Days("same", wanted[0].span, nearest.span)
    if asked <= given:
        return Days("same", wanted[0].span, nearest.span)
    if not asked & given:
        # A single stretch of days stands against the claim's; of several, one may belong to something else.
        alone = len(found) == 1 and len(named) <= max(3, len(asked))
        bound = _bound(claim, passage, nearest)
        return Days("different" if alone else "partly", wanted[0].span, nearest.span, bound)
    # Of 17 and 18 February, “16–17 February” is another pair of days, “17 February” only the first of them.
    bound = _bound(claim, passage, nearest)
    return Days("partly" if named <= asked else "different", wanted[0].span, nearest.span, bound)


def _bound(claim: Profile, passage: Profile, time: TimeExpression) -> bool:
    near = [unit for unit in passage.content if passage.distance(unit.span, time.span) <= _NEAR]
    names = [unit for unit in claim.content if unit.kind == "name"]
    return all(any(likeness(name, unit) > 0.5 for unit in near) for name in names)


def _dated(times: tuple[TimeExpression, ...]) -> list[TimeExpression]:
    return [time for time in times if next(days_of(time), None) is not None]


def _hours(times: tuple[TimeExpression, ...]) -> list[TimeExpression]:
    return [time for time in times if time.kind == "datetime"]
