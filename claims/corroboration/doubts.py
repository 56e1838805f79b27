"""What leaves open whether two figures that differ measure the same: then they are not called different.

A false contradiction costs more trust than a missed one, so each doubt alone is enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.corroboration.alignment import likeness
from claims.corroboration.comparison import Reason
from claims.corroboration.counted import (
    SURELY_ALIKE,
    TELLING,
    counted_by,
    counted_words,
    shares_deed,
    stands_at_place,
)
from claims.corroboration.occasion import ordinals_of, times_near
from claims.corroboration.profile import Profile, Unit, days_of
from claims.corroboration.weights import BODIES, GROUPS_OF_PERSONS
from claims.language.readings import Quantity, Span


def doubts_of(
    figure: Quantity,
    claim: Profile,
    mine: Sequence[Unit],
    other: Quantity,
    passage: Profile,
    theirs: Sequence[Unit],
    sentence: Span,
) -> Iterator[Reason]:
    """Yield what leaves open whether two differing figures measure the same."""
    if not ordinals_of(claim, Span(0, len(claim.reading.text))):
        for _number, _numbered, span in ordinals_of(passage, passage.clause_of(other.span)):
            yield Reason("round_not_claimed", figure.span, span)
            break
    near = times_near(passage, other.span, sentence)
    if claim.context_day and near and all(claim.context_day not in days_of(time) for time in near):
        yield Reason("day_not_claimed", figure.span, near[0].span)
    clause = passage.clause_of(other.span)
    # Also the hour of a count (“as of 3 pm”): later there may be more.
    hours = [
        time
        for time in passage.reading.times
        if time.kind == "datetime" and time.span.overlaps(clause) and not time.span.overlaps(other.span)
    ]
    if hours and not any(time.kind == "datetime" for time in claim.reading.times):
        yield Reason("hour_not_claimed", figure.span, hours[0].span)
    said = [unit for unit in mine if unit.kind == "concept" and unit.weight >= TELLING]
    if figure.unit == "s":
        # Who does it says little: a delegation flies, talks and waits.
        said = [unit for unit in said if not unit.ids & BODIES] or said
    told = (*theirs, *(unit for unit in passage.within(sentence) if unit.kind == "concept"))
    if said and not any(likeness(one, two) >= SURELY_ALIKE for one in said[:3] for two in told):
        yield Reason("deed_not_told", figure.span, other.span)
    if figure.unit == other.unit == "count":
        one, two = counted_by(claim, figure), counted_by(passage, other)
        deeds = [unit for unit in said if unit is not one and not unit.ids & GROUPS_OF_PERSONS]
        if deeds and not any(likeness(deed, unit) >= SURELY_ALIKE for deed in deeds for unit in told):
            yield Reason("deed_not_told", figure.span, other.span)
        alike = max(
            (likeness(a, b) for a in counted_words(claim, figure) for b in counted_words(passage, other)),
            default=0.0,
        )
        if one is not None and two is not None and 0.0 < alike < SURELY_ALIKE:
            yield Reason("perhaps_other_group", one.span, two.span)
        taken_up = stands_at_place(claim, passage, other)
        if (one is None or two is None) and not taken_up and not shares_deed(mine, theirs):
            yield Reason("counted_not_named", figure.span, other.span)
