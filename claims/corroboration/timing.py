"""Which of a text's times belong to a stretch of it, or to one of its figures.

Invariant: a time that is stated beside another figure, or only says when a count was taken, is not taken for the
figure's own.
"""

from __future__ import annotations

import re

from claims.corroboration.profile import Profile
from claims.language.readings import Span, TimeExpression

#: What the start of another clause adds to the distance of a time from a figure, in words.
_NEXT_CLAUSE = 4
_AS_OF = re.compile(r"(?<!\w)(?:as of|as at|станом на|по состоянию на|на)\s{0,3}\Z", re.IGNORECASE)
_AS_OF_WITHIN = re.compile(r"(?:as of|as at|станом на|по состоянию на|на)\s", re.IGNORECASE)


def times_near(profile: Profile, at: Span | None, stretch: Span) -> list[TimeExpression]:
    """Return the times that belong to a stretch, or within it to the figure ``at``.

    A time belongs to the figure that it stands nearest to: in “two hours on Wednesday, against six on
    Tuesday” each has its own. A stretch without times takes over the last one stated before it.
    """
    times = [time for time in profile.reading.times if not _is_as_of(profile, time)]
    inside = [time for time in times if time.span.overlaps(stretch)]
    own = inside if at is None else [time for time in inside if _belongs(profile, time.span, at)]
    if own and at is not None:
        return [min(own, key=lambda time: _apart_in_words(profile, time.span, at))]
    if own:
        return own
    before = [time for time in times if time.span.end <= (stretch.start if at is None else at.start)]
    return before[-1:] if not inside else []


def _is_as_of(profile: Profile, time: TimeExpression) -> bool:
    """Tell whether an hour is that of a count (“as of 09:00”, «на 09:00») and not of what is counted."""
    if time.kind != "datetime":
        return False
    text = profile.reading.text
    before = text[max(time.span.start - 20, 0) : time.span.start]
    return bool(_AS_OF.search(before) or _AS_OF_WITHIN.match(time.span.of(text)))


def _belongs(profile: Profile, day: Span, at: Span) -> bool:
    nearest = profile.nearest_figures.get(day)
    if nearest is None:
        # Asked for each figure of the text, so reckoned once.
        nearest = profile.nearest_figures[day] = min(
            (_apart_in_words(profile, day, figure.span) for figure in profile.figures), default=0
        )
    return not profile.figures or _apart_in_words(profile, day, at) <= nearest


def _apart_in_words(profile: Profile, day: Span, at: Span) -> int:
    """Return how far a time is from a figure; one that follows in a clause of its own tells of something else.

    What only names a speaker (“, he said,”) parts nothing.
    """
    apart = profile.distance(day, at)
    between = Span(min(day.end, at.end), max(day.start, at.start))
    for attribution in profile.reading.attributions:
        if between.start <= attribution.span.start and attribution.span.end <= between.end:
            apart -= profile.distance(Span(between.start, between.start), attribution.span)
    clause = profile.clause_of(at)
    return apart + (_NEXT_CLAUSE if day.start >= clause.end else 0)
