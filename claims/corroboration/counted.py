"""A figure where it stands: the words around it, the noun that is counted, what was done, and when.

Invariant: a word belongs to the figure that it stands nearest to, so that no two figures share their words by
standing in one sentence. What is told of a figure depends on its text alone and is reckoned once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from weakref import ref

from claims.corroboration.alignment import likeness
from claims.corroboration.figures import equivalents
from claims.corroboration.manner import Course, course_of, is_done, is_per_side, is_planned, part_words
from claims.corroboration.profile import Profile
from claims.corroboration.timing import times_near
from claims.corroboration.units import Unit
from claims.corroboration.weights import BODIES, MEETINGS
from claims.language.readings import Quantity, Span, TimeExpression

#: Words this near to a figure say what it measures.
NEAR = 7
#: The counted noun stands this near after the figure.
COUNTED = 3
#: Lighter concepts (“person”, “say”) do not tell what was done.
TELLING = 0.7
#: Counted nouns less alike than this may be a group and a part of it.
SURELY_ALIKE = 0.75
_FALLS = frozenset({"decrease", "price-decrease", "halve", "plunge", "lower-level"})


class StatedFigure:
    """One figure of a text with what its place in the text says about it."""

    def __init__(self, profile: Profile, quantity: Quantity) -> None:
        # The profile keeps its figures. If they kept it as well, only the collector would ever free either.
        self._profile = ref(profile)
        self.quantity = quantity
        self.span = quantity.span
        self.unit = quantity.unit

    @property
    def profile(self) -> Profile:
        """Return the profile of the text. Raises ``ReferenceError`` where nobody holds it any more."""
        profile = self._profile()
        if profile is None:
            raise ReferenceError("the profile of this figure is gone")
        return profile

    @cached_property
    def sentence(self) -> Span:
        return self.profile.sentence_of(self.span)

    @cached_property
    def clause(self) -> Span:
        return self.profile.clause_of(self.span)

    @cached_property
    def in_sentence(self) -> tuple[Unit, ...]:
        return self.profile.within(self.sentence)

    @cached_property
    def in_clause(self) -> tuple[Unit, ...]:
        return self.profile.within(self.clause)

    @cached_property
    def around(self) -> tuple[Unit, ...]:
        """Return the content of its sentence and the one before."""
        return self.profile.within(self.profile.with_previous(self.sentence))

    @cached_property
    def times(self) -> list[TimeExpression]:
        """Return the times that belong to it."""
        return times_near(self.profile, self.span, self.sentence)

    @property
    def rivals(self) -> tuple[StatedFigure, ...]:
        """Return the other figures of its sentence; not kept, for they would keep one another."""
        return tuple(
            other
            for other in stated_figures(self.profile)
            if other is not self and other.span.overlaps(self.sentence)
        )

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Return the content words near it that stand nearer to it than to any other figure."""
        distance, rivals = self.profile.distance, self.rivals
        return tuple(
            unit
            for unit in self.in_sentence
            if (apart := distance(unit.span, self.span)) <= NEAR
            and all(apart <= distance(unit.span, rival.span) for rival in rivals)
        )

    @cached_property
    def followers(self) -> tuple[Unit, ...]:
        """Return the content close after it, which names what is counted, be it in the lexicon or not."""
        return tuple(
            unit
            for unit in self.profile.content
            if unit.span.start >= self.span.end and self.profile.distance(self.span, unit.span) <= COUNTED
        )

    @cached_property
    def counted_words(self) -> tuple[Unit, ...]:
        """Return the concepts close after it: “crew members” counts crew as well as members."""
        return tuple(unit for unit in self.followers if unit.kind == "concept")

    @property
    def counted(self) -> Unit | None:
        """Return the noun that is counted, where the lexicon knows it: the first concept close after it."""
        return next(iter(self.counted_words), None)

    @cached_property
    def deeds(self) -> tuple[Unit, ...]:
        """Return what is said to be done in its clause, apart from who or what is counted."""
        return tuple(
            unit
            for unit in self.units
            if unit.kind == "concept"
            and unit is not self.counted
            and unit.weight > TELLING
            and not unit.ids & BODIES
            # Of a count, a meeting is the setting; of a length, it is what lasted.
            and (self.unit == "s" or not unit.ids & MEETINGS)
            and unit.span.overlaps(self.clause)
        )

    @cached_property
    def equivalents(self) -> tuple[Quantity, ...]:
        """Return it with what it comes to in other units."""
        falls = bool(self.profile.ids & _FALLS)
        return tuple(equivalents(self.quantity, self.profile.figures, self.profile.reading.text, falls=falls))

    @cached_property
    def is_planned(self) -> bool:
        return is_planned(self.profile.reading, self.clause)

    @cached_property
    def is_done(self) -> bool:
        return is_done(self.profile.reading, self.clause)

    @cached_property
    def is_per_side(self) -> bool:
        return is_per_side(self.profile.reading, self.quantity)

    @cached_property
    def part_words(self) -> frozenset[str]:
        return part_words(self.profile.reading, self.clause)

    @cached_property
    def course(self) -> Course:
        return course_of(self.profile.reading, self.quantity)


def stated_figures(profile: Profile) -> tuple[StatedFigure, ...]:
    """Return the figures of a text where they stand, made once for each profile."""
    if profile.stated_figures is None:
        profile.stated_figures = tuple(StatedFigure(profile, quantity) for quantity in profile.figures)
    return profile.stated_figures


def shares_deed(mine: Sequence[Unit], theirs: Sequence[Unit]) -> bool:
    return any(
        likeness(one, two) >= 0.8
        for one in mine
        if one.kind == "concept" and one.weight >= 0.7
        for two in theirs
    )


def stands_at_place(claim: Profile, figure: StatedFigure) -> bool:
    """Tell whether the claim's own place stands right at a figure: “nine, of them four in the city”."""
    return any(
        likeness(place, unit) > 0.5 and figure.profile.distance(unit.span, figure.span) <= COUNTED
        for place in claim.places
        for unit in figure.in_clause
    )
