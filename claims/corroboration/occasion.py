"""Is it the same occasion: the same day, round, place and parties?

Each difference that is found is a reason why two figures cannot be held against each other. Silence is no
difference: a passage that names no day is taken to speak of the days around its publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from claims.corroboration.alignment import likeness
from claims.corroboration.comparison import Reason
from claims.corroboration.profile import Profile, Unit, days_of
from claims.language.readings import Quantity, Span

#: A text without a date is about what happened in this many days before it came out.
FRESH = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a stretch says about when, in which round, where and who."""

    days: frozenset[date]
    ordinals: tuple[tuple[int, frozenset[str], Span], ...]
    places: tuple[Unit, ...]
    parties: tuple[Unit, ...]


def differences(
    claim: Profile, passage: Profile, document: Profile, at: Quantity | None, stretch: Span
) -> Iterator[Reason]:
    """Yield why ``stretch`` of the passage (around the figure ``at``) is about another occasion."""
    yield from _other_day(claim, passage, document, at, stretch)
    yield from _other_ordinal(claim, passage, at, stretch)
    yield from _other_names(claim, passage, document, stretch, place=True)
    yield from _other_names(claim, passage, document, stretch, place=False)


def days_near(profile: Profile, at: Span | None, stretch: Span) -> frozenset[date]:
    """Return the days that belong to a stretch, or within it to the figure ``at``.

    A day belongs to the figure that it stands nearest to: in “two hours on Wednesday, against six on
    Tuesday” each has its own. A stretch without days takes over the last day stated before it.
    """
    times = [time for time in profile.reading.times if next(days_of(time), None)]
    inside = [time for time in times if time.span.overlaps(stretch)]
    own = inside if at is None else [time for time in inside if _belongs(profile, time.span, at)]
    if own and at is not None:
        return frozenset(days_of(min(own, key=lambda time: profile.distance(time.span, at))))
    if own:
        return frozenset(day for time in own for day in days_of(time))
    before = [time for time in times if time.span.end <= (stretch.start if at is None else at.start)]
    return frozenset(days_of(before[-1])) if before and not inside else frozenset()


def _belongs(profile: Profile, day: Span, at: Span) -> bool:
    apart = profile.distance(day, at)
    return all(apart <= profile.distance(day, figure.span) for figure in profile.figures)


def _other_day(
    claim: Profile, passage: Profile, document: Profile, at: Quantity | None, stretch: Span
) -> Iterator[Reason]:
    said = days_near(passage, at.span if at else None, stretch)
    published = _published(passage) or _published(document)
    claimed_on = _published(claim)
    if claim.days:
        if said and not said & claim.days:
            yield Reason("other_day", passage_span=stretch, details=_days(said))
        elif not said and published and min(claim.days) > published:
            yield Reason("before_the_day", passage_span=stretch, details=_days({published}))
        elif not said and published and published - max(claim.days) > FRESH:
            yield Reason("long_after", passage_span=stretch, details=_days({published}))
    elif claimed_on:
        if said and min(abs(day - claimed_on) for day in said) > FRESH:
            yield Reason("other_day", passage_span=stretch, details=_days(said))
        elif not said and published and abs(published - claimed_on) > FRESH:
            yield Reason("other_time", passage_span=stretch, details=_days({published}))


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


def _other_ordinal(claim: Profile, passage: Profile, at: Quantity | None, stretch: Span) -> Iterator[Reason]:
    claimed = ordinals_of(claim, Span(0, len(claim.reading.text)))
    here = ordinals_of(passage, stretch)
    if at is not None and len(here) > 1:
        here = [min(here, key=lambda entry: passage.distance(entry[2], at.span))]
    for number, numbered, span in claimed:
        rivals = [entry for entry in here if entry[1] & numbered or not entry[1]]
        if rivals and all(entry[0] != number for entry in rivals):
            yield Reason("other_round", span, rivals[0][2])


def _other_names(
    claim: Profile, passage: Profile, document: Profile, stretch: Span, *, place: bool
) -> Iterator[Reason]:
    """A named place or party of the claim that is nowhere, while another one of its kind stands there."""
    wanted = [unit for unit in claim.content if _is_named(unit, place=place)]
    if not wanted:
        return
    everywhere = [unit for unit in (*passage.content, *document.content) if unit.name is not None]
    if any(likeness(one, other) > 0.5 for one in wanted for other in everywhere):
        return
    here = [unit for unit in passage.within(stretch) if _is_named(unit, place=place)]
    reporters = [attribution.span for attribution in passage.reading.attributions]
    rivals = [unit for unit in here if not any(unit.span.overlaps(span) for span in reporters)]
    if rivals:
        code = "other_place" if place else "other_party"
        yield Reason(code, wanted[0].span, rivals[0].span)


def _is_named(unit: Unit, *, place: bool) -> bool:
    if unit.name is None:
        return False
    return unit.name.kind == "place" if place else unit.name.kind in ("person", "org", "unknown")
