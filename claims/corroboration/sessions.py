"""Is it one sitting? Meetings are told by their day, their place and their number more than by their words.

“Wednesday's part took two hours” and «второй раунд занял два часа» name neither the town nor the talks, yet in a
report of that day they can only mean that day's meeting. Invariant: only lengths of meetings are recognised so.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from claims.corroboration.alignment import likeness
from claims.corroboration.apart import is_held_afterwards, tells_apart
from claims.corroboration.counted import StatedFigure
from claims.corroboration.occasion import day_of_ordinal
from claims.corroboration.profile import Profile, days_of
from claims.corroboration.weights import MEETINGS
from claims.language.readings import Span

#: How surely a passage speaks of the claim's meeting: its day is stated, or it only came out then.
Recognised = Literal["by_its_day", "by_publication"]

_ENOUGH_MET = 2
_LENGTHS = frozenset({"last-duration", "duration", "spend-time", "long-time", "day-calendar"})


def same_session(claim: Profile, document: Profile, other: StatedFigure) -> Recognised | None:
    """Tell whether the length ``other`` is that of the meeting of which the claim states the length."""
    if not claim.ids & MEETINGS:
        return None
    passage, sentence = other.profile, other.sentence
    if is_held_afterwards(claim):
        return _same_side_meeting(claim, other)
    days = claim.days or (frozenset({claim.context_day}) if claim.context_day else frozenset())
    if not days and (meant := day_of_ordinal(claim, passage)):
        days = frozenset({meant})
    around = passage.with_previous(sentence)
    if not days or not _speaks_of_a_meeting(passage, around):
        return None
    places = [unit for unit in claim.matter if unit.is_place]
    placed = any(likeness(place, unit) > 0.5 for place in places for unit in document.content)
    if near := other.times:
        # A bare hour lies on the day of publication for want of a better one, and so tells no day.
        stated = any(day in days for time in near if time.kind == "date" for day in days_of(time))
        return "by_its_day" if stated and (placed or not places or len(days) == 1) else None
    around_it = [time for time in passage.reading.times if time.span.overlaps(around)]
    before = [time for time in around_it if time.span.end <= sentence.start and time.kind == "date"]
    # “Wednesday's talks are over. They took two hours, against six on Tuesday”: the other day is named apart.
    apart = len(around_it) > len(before)
    if apart and any(day in days for time in before for day in days_of(time)):
        return "by_its_day"
    published = passage.reading.published_at or document.reading.published_at
    if published is None or not timedelta(0) <= published.date() - max(days) <= timedelta(days=1):
        return None
    return "by_publication"


def _same_side_meeting(claim: Profile, other: StatedFigure) -> Recognised | None:
    """A meeting apart from the main one is told by who met, and by being told apart."""
    passage = other.profile
    around = passage.with_previous(passage.with_previous(other.sentence))
    before = Span(around.start, other.span.start)
    if not (tells_apart(passage.reading, before) and _speaks_of_a_meeting(passage, around)):
        return None
    asked = [
        unit for unit in claim.content if unit.name is not None and unit.name.kind in ("person", "unknown")
    ]
    told = passage.within(around)
    met = sum(any(likeness(one, unit) > 0.5 for unit in told) for one in asked)
    return "by_its_day" if met >= _ENOUGH_MET and 2 * met >= len(asked) else None


def _speaks_of_a_meeting(passage: Profile, around: Span) -> bool:
    stretch = [unit for unit in passage.units if unit.span.overlaps(around)]
    return any(unit.ids & MEETINGS for unit in stretch) or any(unit.ids & _LENGTHS for unit in stretch)
