"""Is it the same occasion: the same day, round, place and parties?

Each difference that is found is a reason why two figures cannot be held against each other. Silence is no
difference: a passage that names no day is taken to speak of the days around its publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from claims.corroboration.alignment import likeness
from claims.corroboration.apart import afterwards, held_apart
from claims.corroboration.comparison import Reason
from claims.corroboration.counted import StatedFigure
from claims.corroboration.profile import Profile
from claims.corroboration.timing import times_near
from claims.corroboration.units import Unit
from claims.language.readings import Span, TimeExpression

#: A text without a date is about what happened in this many days before it came out.
FRESH = timedelta(days=14)
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_FIGURE = re.compile(r"\d")


def differences(
    claim: Profile, passage: Profile, document: Profile, at: StatedFigure | None, stretch: Span
) -> Iterator[Reason]:
    """Yield why ``stretch`` of the passage (around the figure ``at``) is about another occasion."""
    yield from _other_day(claim, passage, document, at, stretch)
    yield from _other_ordinal(claim, passage, at, stretch)
    yield from afterwards(claim, passage, at, stretch)
    yield from held_apart(claim, passage, at, stretch)
    yield from _other_names(claim, passage, document, stretch, place=True)
    yield from _other_names(claim, passage, document, stretch, place=False)


def _other_day(
    claim: Profile, passage: Profile, document: Profile, at: StatedFigure | None, stretch: Span
) -> Iterator[Reason]:
    said = _times(passage, at, stretch)
    published = _published(passage) or _published(document)
    claimed_on = _published(claim)
    claimed = claim.reading.times
    if claimed:
        first, last = min(time.start for time in claimed).date(), max(time.end for time in claimed).date()
        slack = max(FRESH, last - first)
        if said and not any(same_time(claim, one, passage, two) for one in claimed for two in said):
            yield Reason("other_day", passage_span=said[0].span, details=_days({said[0].start.date()}))
        elif not said and published and first > published:
            yield Reason("before_the_day", passage_span=stretch, details=_days({published}))
        elif not said and published and published - last > slack:
            yield Reason("long_after", passage_span=stretch, details=_days({published}))
    elif (
        claim.context_day
        and at is not None
        and at.unit == "s"
        and _all_on_other_days(said, claim.context_day)
    ):
        # A bare “it lasted two hours” speaks of the day on which it was said.
        yield Reason("other_day", passage_span=said[0].span, details=_days({said[0].start.date()}))
    elif claimed_on:
        if said and all(_apart(time, claimed_on) > FRESH for time in said):
            yield Reason("other_day", passage_span=said[0].span, details=_days({said[0].start.date()}))
        elif not said and published and abs(published - claimed_on) > FRESH:
            yield Reason("other_time", passage_span=stretch, details=_days({published}))


def _times(passage: Profile, at: StatedFigure | None, stretch: Span) -> Sequence[TimeExpression]:
    return times_near(passage, None, stretch) if at is None else at.times


def same_time(claim: Profile, one: TimeExpression, passage: Profile, two: TimeExpression) -> bool:
    """Tell whether two stated times touch; where one names no year, day and month decide."""
    if one.start < two.end and two.start < one.end:
        return True
    if one.start == two.start or one.start.date() == two.start.date():
        return True
    if _names_year(claim, one) and _names_year(passage, two):
        return False
    return (one.start.month, one.start.day) == (two.start.month, two.start.day) and _is_calendar_day(
        claim, one
    )


def _all_on_other_days(times: Sequence[TimeExpression], day: date) -> bool:
    return bool(times) and all(_apart(time, day) > timedelta(0) for time in times)


def _names_year(profile: Profile, time: TimeExpression) -> bool:
    return bool(_YEAR.search(time.span.of(profile.reading.text)))


def _is_calendar_day(profile: Profile, time: TimeExpression) -> bool:
    return bool(_FIGURE.search(time.span.of(profile.reading.text)))


def _apart(time: TimeExpression, day: date) -> timedelta:
    first, last = time.start.date(), max(time.start, time.end - timedelta(microseconds=1)).date()
    if first <= day <= last:
        return timedelta(0)
    return min(abs(first - day), abs(last - day))


def _published(profile: Profile) -> date | None:
    moment = profile.reading.published_at
    return moment.date() if moment else None


def _days(days: Iterable[date]) -> tuple[tuple[str, str], ...]:
    return (("days", ", ".join(day.isoformat() for day in sorted(days)[:3])),)


def ordinals_of(profile: Profile, stretch: Span) -> list[tuple[int, frozenset[str], Span]]:
    """Return the ordinals of a stretch with what they number (“second round”), as concepts and stems."""
    found = []
    for quantity in profile.reading.quantities:
        if quantity.unit == "ordinal" and quantity.low is not None and quantity.span.overlaps(stretch):
            after = [
                unit for unit in profile.units
                if unit.span.start >= quantity.span.start and profile.distance(quantity.span, unit.span) <= 2
            ]  # fmt: skip
            numbered = frozenset(id for unit in after for id in unit.ids)
            found.append((round(quantity.low), numbered, quantity.span))
    return found


def _other_ordinal(
    claim: Profile, passage: Profile, at: StatedFigure | None, stretch: Span
) -> Iterator[Reason]:
    meant = day_of_ordinal(claim, passage)
    near = _times(passage, at, stretch)
    if meant is not None and near and all(time.start.date() != meant for time in near):
        yield Reason("other_round", passage_span=near[0].span)
    claimed = ordinals_of(claim, claim.whole)
    here = ordinals_of(passage, stretch)
    if at is not None and len(here) > 1:
        here = [min(here, key=lambda entry: passage.distance(entry[2], at.span))]
    for number, numbered, span in claimed:
        rivals = [entry for entry in here if entry[1] & numbered or not entry[1]]
        if rivals and all(entry[0] != number for entry in rivals):
            yield Reason("other_round", span, rivals[0][2])


def day_of_ordinal(claim: Profile, passage: Profile) -> date | None:
    """Return which day of a passage a claim means by “the second day”: days that follow one another are counted."""
    numbers = [entry[0] for entry in ordinals_of(claim, claim.whole) if entry[1] & _DAYS]
    days = sorted({time.start.date() for time in passage.reading.times if time.kind == "date"})
    following = all(two - one == timedelta(days=1) for one, two in pairwise(days))
    if len(numbers) != 1 or len(days) < 2 or not following or not 1 <= numbers[0] <= len(days):
        return None
    return days[numbers[0] - 1]


_DAYS = frozenset({"day-calendar", "talks-day"})


def _other_names(
    claim: Profile, passage: Profile, document: Profile, stretch: Span, *, place: bool
) -> Iterator[Reason]:
    """A named place or party of the claim that is nowhere, while another one of its kind stands there."""
    speakers = [attribution.span for attribution in claim.reading.attributions]
    wanted = [
        unit
        for unit in claim.content
        if _is_named(unit, place=place) and not any(unit.span.overlaps(span) for span in speakers)
    ]
    wanted = wanted or [unit for unit in claim.anchors if _is_named(unit, place=place)]
    if not wanted:
        return
    everywhere = [unit for unit in (*passage.content, *document.content) if unit.name is not None]
    met = (*wanted, *claim.anchors)
    if any(likeness(one, other) > 0.5 for one in met for other in everywhere):
        return
    here = [unit for unit in passage.within(stretch) if _is_named(unit, place=place)]
    reporters = [attribution.span for attribution in passage.reading.attributions]
    rivals = [unit for unit in here if not any(unit.span.overlaps(span) for span in reporters)]
    if place:
        # A country that is only named (“Kyiv said”, “the Russian side”) is no place where something happens.
        rivals = [unit for unit in rivals if is_located(passage, unit)]
    if rivals:
        code = "other_place" if place else "other_party"
        # A name of the context stands nowhere in the claim, so there is nothing to mark.
        yield Reason(code, None if wanted[0] in claim.anchors else wanted[0].span, rivals[0].span)


_LOCATING = re.compile(
    r"(?<!\w)(?:in|at|near|around|outside|across|over|off|from|to|у|в|у|під|біля|на|над|по|поблизу|до|із|з|во|под|возле|около"
    r"|вблизи|из|en|em|à|a|na|w|u|la|im|bei|nach|di|da)\s{1,3}(?:\w{1,14}\s{1,3}){0,2}\Z",
    re.IGNORECASE,
)
_LOOK_BACK = 36


def is_located(profile: Profile, unit: Unit) -> bool:
    """Tell whether a place is named as one where something happens: “in Oslo”, «под Киевом»."""
    before = profile.reading.text[max(unit.span.start - _LOOK_BACK, 0) : unit.span.start]
    return bool(_LOCATING.search(before))


def _is_named(unit: Unit, *, place: bool) -> bool:
    return unit.name is not None and unit.is_place == place
