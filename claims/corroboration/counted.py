"""What a figure is of: the words around it, the noun that is counted, and what was done.

Invariant: a word belongs to the figure that it stands nearest to, so that no two figures share their words by
standing in one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.corroboration.alignment import likeness
from claims.corroboration.profile import Profile, Unit
from claims.corroboration.weights import BODIES, MEETINGS
from claims.language.readings import Quantity

#: Words this near to a figure say what it measures.
NEAR = 7
#: The counted noun stands this near after the figure.
COUNTED = 3
#: Lighter concepts (“person”, “say”) do not tell what was done.
TELLING = 0.7
#: Counted nouns less alike than this may be a group and a part of it.
SURELY_ALIKE = 0.75


def own_units(profile: Profile, figure: Quantity) -> list[Unit]:
    """Return the content words near a figure that stand nearer to it than to any other figure."""
    sentence = profile.sentence_of(figure.span)
    rivals = [other for other in profile.figures if other is not figure and other.span.overlaps(sentence)]
    own: list[Unit] = []
    for unit in profile.within(sentence):
        apart = profile.distance(unit.span, figure.span)
        if apart <= NEAR and all(apart <= profile.distance(unit.span, rival.span) for rival in rivals):
            own.append(unit)
    return own


def deeds_of(profile: Profile, figure: Quantity, own: Sequence[Unit]) -> list[Unit]:
    """Return what is said to be done in the clause of a figure, apart from who or what is counted."""
    counted = counted_by(profile, figure)
    clause = profile.clause_of(figure.span)
    return [
        unit
        for unit in own
        if unit.kind == "concept"
        and unit is not counted
        and unit.weight > TELLING
        and not unit.ids & BODIES
        # Of a count, a meeting is the setting; of a length, it is what lasted.
        and (figure.unit == "s" or not unit.ids & MEETINGS)
        and unit.span.overlaps(clause)
    ]


def shares_deed(mine: Sequence[Unit], theirs: Sequence[Unit]) -> bool:
    return any(
        likeness(one, two) >= 0.8
        for one in mine
        if one.kind == "concept" and one.weight >= 0.7
        for two in theirs
    )


def counted_by(profile: Profile, figure: Quantity) -> Unit | None:
    """Return the noun that is counted, where the lexicon knows it: the first concept close after the figure."""
    return next(iter(counted_words(profile, figure)), None)


def counted_words(profile: Profile, figure: Quantity) -> list[Unit]:
    """Return the concepts close after a figure: “crew members” counts crew as well as members."""
    return [
        unit
        for unit in profile.content
        if unit.kind == "concept"
        and unit.span.start >= figure.span.end
        and profile.distance(figure.span, unit.span) <= COUNTED
    ]


def stands_at_place(claim: Profile, passage: Profile, figure: Quantity) -> bool:
    """Tell whether the claim's own place stands right at a figure: “nine, of them four in the city”."""
    places = [unit for unit in claim.content if unit.name is not None and unit.name.kind == "place"]
    return any(
        likeness(place, unit) > 0.5 and passage.distance(unit.span, figure.span) <= COUNTED
        for place in places
        for unit in passage.within(passage.clause_of(figure.span))
    )
