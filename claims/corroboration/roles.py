"""Who heads what: a body has one head at a time, so another name in the same place is a contradiction.

Invariant: nothing is concluded where the passage does not name a person right at the word for the office, or
where it speaks of another body, country or place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from claims.corroboration.alignment import likeness
from claims.corroboration.profile import Profile
from claims.corroboration.units import Unit
from claims.language.readings import Span

#: Words for heading something. Offices that several persons hold at once (“minister”) are not among them.
HEADING = frozenset("head-lead head-of-delegation leader chair negotiator commander director".split())
_LEADING = frozenset({"head-lead", "head-of-delegation", "negotiator"})
_BODIES = frozenset("delegation team group composition".split())
_NOUN = re.compile(
    r"(?:head|chief|leader|director|boss)s?|(?:глав|голов|начальник|керівник|очільник|шеф|руководител)\w{0,4}",
    re.IGNORECASE,
)
_AT = 7
_RIGHT_AFTER = 3

Headship = Literal["same", "other"]


@dataclass(frozen=True, slots=True)
class Heads:
    """What a passage says about the head that a claim names, and where."""

    headship: Headship
    claim_span: Span
    passage_span: Span
    sentence: Span


def compare_heads(claim: Profile, passage: Profile) -> Heads | None:
    """Return whether a passage names the same head of the same body, or None where it tells nothing."""
    office = next((unit for unit in claim.content if unit.ids & HEADING and "head-lead" in unit.ids), None)
    if office is None:
        return None
    head = _nearest_person(claim, office, claim.content)
    if head is None:
        return None
    found: list[Heads] = []
    for other in passage.content:
        sentence = passage.sentence_of(other.span)
        around = passage.within(sentence)
        if not _is_office(passage, other, around):
            continue
        person = _nearest_person(passage, other, around)
        if person is None:
            continue
        same = likeness(head, person) > 0.5
        if _is_of_the_body(claim, passage, other, around, surely=not same):
            found.append(Heads("same" if same else "other", head.span, person.span, sentence))
    agreeing = [heads for heads in found if heads.headship == "same"]
    return next(iter((*agreeing, *found)), None)


def _is_office(profile: Profile, unit: Unit, around: Sequence[Unit]) -> bool:
    """Tell whether a word says that someone heads a body: “leads”, or “head” right at “delegation”."""
    if not unit.ids & HEADING:
        return False
    if _is_head_of_another_body(profile, unit, around):
        return False
    bodies = [other for other in around if other.ids & _BODIES and other is not unit]
    return bool(unit.ids & _LEADING) or any(profile.distance(unit.span, body.span) <= 2 for body in bodies)


def _is_head_of_another_body(profile: Profile, unit: Unit, around: Sequence[Unit]) -> bool:
    """Tell whether a noun names an office in a body of its own: “GRU head”, «глава МИД»."""
    if not _NOUN.fullmatch(unit.span.of(profile.reading.text)):
        return False
    return any(
        other.name is not None and other.name.kind == "org" and profile.distance(unit.span, other.span) <= 2
        for other in around
    )


def _is_person(unit: Unit) -> bool:
    """Tell whether a name may be a person's: names of several words that are known as nothing else."""
    if unit.name is None:
        return False
    return unit.name.kind == "person" or (unit.name.kind == "unknown" and len(unit.name.keys) > 1)


def _nearest_person(profile: Profile, office: Unit, around: Sequence[Unit]) -> Unit | None:
    """Return the person at a word for an office: near a verb, right after a noun (“team head Ann Lee”)."""
    persons = [unit for unit in around if _is_person(unit)]
    if office.ids & _LEADING:
        near = [unit for unit in persons if profile.distance(unit.span, office.span) <= _AT]
    else:
        following = [unit for unit in persons if unit.span.start > office.span.start]
        near = [unit for unit in following if profile.distance(office.span, unit.span) <= _RIGHT_AFTER]
    return min(near, key=lambda unit: profile.distance(unit.span, office.span), default=None)


def _is_of_the_body(
    claim: Profile, passage: Profile, office: Unit, around: Sequence[Unit], *, surely: bool
) -> bool:
    """Tell whether an office is that of the claim's body; ``surely`` wants its country to be said."""
    countries = [unit for unit in claim.content if _is_country(unit)]
    places = claim.places
    here = [unit for unit in around if unit.is_place]
    named = [
        unit for unit in here if _is_country(unit) or any(likeness(unit, one) > 0.5 for one in countries)
    ]
    towns = [unit for unit in here if not _is_country(unit)]
    # Of “Lee leads them in Oslo, in Rome it was Kim”, each town belongs to the word for an office next to it.
    offices = [unit for unit in around if unit.ids & HEADING]
    own = (
        [town for town in towns if _nearest(passage, town, offices) is office] if len(offices) > 1 else towns
    )
    clause = passage.clause_of(office.span)
    town = _nearest(passage, office, own or [town for town in towns if town.span.overlaps(clause)])
    if town is not None and places and all(likeness(town, place) < 0.5 for place in places):
        return False
    if not countries or not named:
        return not surely
    # “The Russians will be 15, Lee heads them”: what was named before is what a pronoun takes up.
    said = [unit for unit in named if unit.span <= office.span] or named
    nearest = min(said, key=lambda unit: passage.distance(unit.span, office.span))
    return any(likeness(nearest, country) > 0.5 for country in countries)


def _nearest(profile: Profile, unit: Unit, others: Sequence[Unit]) -> Unit | None:
    return min(others, key=lambda other: profile.distance(other.span, unit.span), default=None)


def _is_country(unit: Unit) -> bool:
    return unit.name is not None and any(id.startswith("place:") and len(id) == 8 for id in unit.ids)
