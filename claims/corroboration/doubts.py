"""What leaves open whether two figures that differ measure the same: then they are not called different.

A false contradiction costs more trust than a missed one, so each doubt alone is enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.corroboration.alignment import likeness
from claims.corroboration.comparison import Reason
from claims.corroboration.counted import (
    SURELY_ALIKE,
    TELLING,
    StatedFigure,
    shares_deed,
    stands_at_place,
)
from claims.corroboration.occasion import ordinals_of
from claims.corroboration.profile import days_of
from claims.corroboration.weights import BODIES, GROUPS_OF_PERSONS


def doubts_of(asked: StatedFigure, told: StatedFigure) -> Iterator[Reason]:
    """Yield what leaves open whether the claim's figure and the passage's, if they differ, measure the same."""
    yield from _other_moment(asked, told)
    said = [unit for unit in asked.units if unit.kind == "concept" and unit.weight >= TELLING]
    if asked.unit == "s":
        # Who does it says little: a delegation flies, talks and waits.
        said = [unit for unit in said if not unit.ids & BODIES] or said
    around = (*told.units, *(unit for unit in told.in_sentence if unit.kind == "concept"))
    if said and not any(likeness(one, two) >= SURELY_ALIKE for one in said[:3] for two in around):
        yield Reason("deed_not_told", asked.span, told.span)
    if asked.unit == told.unit == "count":
        one, two = asked.counted, told.counted
        deeds = [unit for unit in said if unit is not one and not unit.ids & GROUPS_OF_PERSONS]
        if deeds and not any(likeness(deed, unit) >= SURELY_ALIKE for deed in deeds for unit in around):
            yield Reason("deed_not_told", asked.span, told.span)
        alike = max((likeness(a, b) for a in asked.counted_words for b in told.counted_words), default=0.0)
        if one is not None and two is not None and 0.0 < alike < SURELY_ALIKE:
            yield Reason("perhaps_other_group", one.span, two.span)
        taken_up = stands_at_place(asked.profile, told)
        if (one is None or two is None) and not taken_up and not shares_deed(asked.units, told.units):
            yield Reason("counted_not_named", asked.span, told.span)


def _other_moment(asked: StatedFigure, told: StatedFigure) -> Iterator[Reason]:
    """Yield the round, the day and the hour that the passage names and the claim does not."""
    claim, passage = asked.profile, told.profile
    if not ordinals_of(claim, claim.whole):
        for _number, _numbered, span in ordinals_of(passage, told.clause):
            yield Reason("round_not_claimed", asked.span, span)
            break
    if (
        claim.context_day
        and told.times
        and all(claim.context_day not in days_of(each) for each in told.times)
    ):
        yield Reason("day_not_claimed", asked.span, told.times[0].span)
    # Also the hour of a count (“as of 3 pm”): later there may be more.
    hours = [
        time
        for time in passage.reading.times
        if time.kind == "datetime" and time.span.overlaps(told.clause) and not time.span.overlaps(told.span)
    ]
    if hours and not any(time.kind == "datetime" for time in claim.reading.times):
        yield Reason("hour_not_claimed", asked.span, hours[0].span)
