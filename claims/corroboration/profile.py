"""A reading seen as content: its units in order, what a text states, and how far its words stand apart.

Invariant: a profile holds nothing that the reading does not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from claims.corroboration.figures import as_denied
from claims.corroboration.lengths import implied_lengths
from claims.corroboration.units import Sense, Unit, units_of
from claims.language.readings import Quantity, Reading, Span, TimeExpression
from claims.language.words import word_starts

if TYPE_CHECKING:
    from claims.corroboration.counted import StatedFigure

_SEPARATOR = re.compile(
    r"[,;:()—–!?\n]|\.\s|(?<!\w)(?:and|but|while|whereas|although|і|й|та|а|але|и|но)(?!\w)", re.IGNORECASE
)
_CLAUSE_MARKS = (",", ";", ":", "(", ")", "—", "–", "\n")
#: What a separator (a comma, an “and”) adds to the distance between two words, in words.
_SEPARATOR_DISTANCE = 3
_MOST_DAYS = 40
#: Each figure is held against each of another text and against its own neighbours: a table pasted as text has
#: hundreds, and what follows the first so many is not compared.
MOST_FIGURES = 60
#: “Both” takes up what was named and counts nothing.
_BOTH = re.compile(
    r"both|обидв\w{1,3}|об[оі]х|обом\w{0,2}|обо[ея]|оба|обе|обеи[мх]\w{0,2}|обои[мх]\w{0,2}", re.IGNORECASE
)
#: What a name of the context weighs against one that the text says itself.
_FROM_CONTEXT = 0.4


class Profile:
    """The content of one reading.

    ``context`` tells where and when a bare text stands (“the meeting lasted two hours”): it completes what the
    text leaves open, its place, parties and day, and adds nothing to what the text says.
    """

    def __init__(self, reading: Reading, context: Profile | None = None) -> None:
        self.reading = reading
        self.context = context
        # A profile is held against many others, which ask for the same stretches again and again.
        self._clauses: dict[Span, Span] = {}
        self._within: dict[Span, tuple[Unit, ...]] = {}
        #: How near the nearest figure stands to a time, and the figures where they stand (``timing``, ``counted``).
        self.nearest_figures: dict[Span, int] = {}
        self.stated_figures: tuple[StatedFigure, ...] | None = None

    @cached_property
    def whole(self) -> Span:
        """Return the stretch of the whole text."""
        return Span(0, len(self.reading.text))

    @cached_property
    def _starts(self) -> list[int]:
        return word_starts(self.reading.text)

    @cached_property
    def _separators(self) -> list[int]:
        return [match.start() for match in _SEPARATOR.finditer(self.reading.text)]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Return names, concepts and remaining words in the order of the text."""
        return tuple(sorted(units_of(self.reading), key=lambda unit: (unit.span.start, unit.span.end)))

    @cached_property
    def content(self) -> tuple[Unit, ...]:
        """Return the units without those that only carry a figure."""
        return tuple(unit for unit in self.units if not unit.measure)

    @cached_property
    def first_concepts(self) -> tuple[Unit, ...]:
        """Return the first unit of each sense among the concepts of the content, in the order of the text."""
        return _firsts(unit for unit in self.content if unit.kind == "concept")

    @cached_property
    def first_words(self) -> tuple[Unit, ...]:
        """Return the first unit of each sense among the names and other words, in the order of the text."""
        return _firsts(unit for unit in self.content if unit.kind != "concept")

    @cached_property
    def anchors(self) -> tuple[Unit, ...]:
        """Return the names of the context, where the text has none of its own to tell the occasion by.

        Their spans point into the context.
        """
        if self.context is None or self.places:
            return ()
        reporters = [attribution.span for attribution in self.context.reading.attributions]
        return tuple(
            replace(unit, weight=unit.weight * _FROM_CONTEXT)
            for unit in self.context.content
            if unit.name is not None and not any(unit.span.overlaps(span) for span in reporters)
        )

    @cached_property
    def matter(self) -> tuple[Unit, ...]:
        """Return the content with what the context adds to tell one matter from another."""
        return (*self.content, *self.anchors)

    @cached_property
    def context_day(self) -> date | None:
        """Return the day that a text without one takes from its context: what it states, or its moment."""
        if self.context is None or self.reading.times:
            return None
        if len(self.context.days) == 1:
            return min(self.context.days)
        moment = self.context.reading.published_at
        return moment.date() if moment else None

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        """Return the figures that are neither part of a date nor an ordinal, the first ``MOST_FIGURES``."""
        times = [time.span for time in self.reading.times]
        stated = tuple(
            as_denied(quantity, self.reading)
            for quantity in self.reading.quantities
            if quantity.unit != "ordinal"
            and not _BOTH.fullmatch(quantity.span.of(self.reading.text))
            and not any(quantity.span.overlaps(span) for span in times)
        )
        return (*stated, *implied_lengths(self.reading))[:MOST_FIGURES]

    @cached_property
    def days(self) -> frozenset[date]:
        """Return all civil days that the text states, long stretches left out."""
        return frozenset(day for time in self.reading.times for day in days_of(time))

    @cached_property
    def places(self) -> tuple[Unit, ...]:
        """Return the places that the content names."""
        return tuple(unit for unit in self.content if unit.is_place)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Return what the content means: the ids of all its units."""
        return frozenset(id for unit in self.content for id in unit.ids)

    def distance(self, one: Span, other: Span) -> int:
        """Return how far two stretches are apart, in words; commas and conjunctions count as several."""
        first, second = (one, other) if one <= other else (other, one)
        start, last = second.start, first.end - 1
        words = bisect_right(self._starts, start) - bisect_right(
            self._starts, last if last > first.start else first.start
        )
        parted = bisect_right(self._separators, start) - bisect_right(self._separators, last)
        return (words if words > 0 else 0) + (_SEPARATOR_DISTANCE * parted if parted > 0 else 0)

    def sentence_of(self, span: Span) -> Span:
        for sentence in self.reading.sentences:
            if sentence.overlaps(span):
                return sentence
        return self.whole

    def with_previous(self, sentence: Span) -> Span:
        """Return the stretch of a sentence and the one before it."""
        before = [other for other in self.reading.sentences if other.end <= sentence.start]
        return Span(before[-1].start, sentence.end) if before else sentence

    def clause_of(self, span: Span) -> Span:
        """Return the stretch around ``span`` between the nearest strong marks, within its sentence."""
        clause = self._clauses.get(span)
        if clause is None:
            clause = self._clauses[span] = self._cut_clause(span)
        return clause

    def _cut_clause(self, span: Span) -> Span:
        sentence = self.sentence_of(span)
        text = self.reading.text
        start = max(text.rfind(mark, sentence.start, span.start) for mark in _CLAUSE_MARKS)
        ends = [at for mark in _CLAUSE_MARKS if (at := text.find(mark, span.end, sentence.end)) >= 0]
        return Span(max(start + 1, sentence.start), min(ends, default=sentence.end))

    def within(self, stretch: Span) -> tuple[Unit, ...]:
        """Return the content that a stretch touches."""
        units = self._within.get(stretch)
        if units is None:
            first, last = stretch
            units = self._within[stretch] = tuple(
                [unit for unit in self.content if unit.span.start < last and first < unit.span.end]
            )
        return units


def days_of(time: TimeExpression) -> Iterator[date]:
    """Yield the civil days that ``time`` touches, none for a stretch that says little about any one day."""
    first = time.start.date()
    last = first if time.end <= time.start else (time.end - timedelta(microseconds=1)).date()
    if (last - first).days <= _MOST_DAYS:
        for offset in range((last - first).days + 1):
            yield first + timedelta(days=offset)


def _firsts(units: Iterable[Unit]) -> tuple[Unit, ...]:
    first: dict[Sense, Unit] = {}
    for unit in units:
        first.setdefault(unit.sense, unit)
    return tuple(first.values())


def profile_of(reading: Reading, context: Reading | None = None) -> Profile:
    """Return the profile of a reading, kept as long as there is room: readings are shared, so profiles are.

    One that stands in a ``context`` is made anew.
    """
    if context is not None:
        return Profile(reading, profile_of(context))
    with _lock:
        kept = _profiles.get(id(reading))
        # The reading is kept with its profile, so its id cannot have passed to another one.
        if kept is None or kept.reading is not reading:
            kept = _profiles[id(reading)] = Profile(reading)
            if len(_profiles) > _MOST_PROFILES:
                del _profiles[next(iter(_profiles))]
    return kept


_MOST_PROFILES = 4_096
_profiles: dict[int, Profile] = {}
_lock = Lock()
