"""Who heads what: a body has one head at a time, so another name in the same place is a contradiction.

Invariant: nothing is concluded where the passage does not name a person right at the word for the office, or
where it speaks of another body, country or place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from claims.corroboration.alignment import likeness
from claims.corroboration.profile import Profile, Unit
from claims.language.readings import Span

#: Words for heading something. Offices that several persons hold at once (“minister”) are not among them.
HEADING = frozenset("head-lead head-of-delegation leader chair negotiator commander director".split())
_AT = 7

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
    bodies = [unit for unit in claim.content if _is_country(unit)]
    found: list[Heads] = []
    for other in passage.content:
        if not other.ids & HEADING:
            continue
        sentence = passage.sentence_of(other.span)
        around = passage.within(sentence)
        person = _nearest_person(passage, other, around)
        if person is None or _of_another(passage, other, bodies, around):
            continue
        same = likeness(head, person) > 0.5
        found.append(Heads("same" if same else "other", head.span, person.span, sentence))
    agreeing = [heads for heads in found if heads.headship == "same"]
    return (agreeing or found or [None])[0]


def _nearest_person(profile: Profile, office: Unit, around: Sequence[Unit]) -> Unit | None:
    persons = [unit for unit in around if unit.name is not None and unit.name.kind == "person"]
    near = [unit for unit in persons if profile.distance(unit.span, office.span) <= _AT]
    return min(near, key=lambda unit: profile.distance(unit.span, office.span), default=None)


def _of_another(passage: Profile, office: Unit, bodies: Sequence[Unit], around: Sequence[Unit]) -> bool:
    """Tell whether the office is that of another country than the claim speaks of, or of none named."""
    countries = [unit for unit in around if _is_country(unit)]
    if not bodies:
        return False
    if not countries:
        return True
    nearest = min(countries, key=lambda unit: passage.distance(unit.span, office.span))
    return all(likeness(nearest, body) < 0.5 for body in bodies)


def _is_country(unit: Unit) -> bool:
    return unit.name is not None and any(id.startswith("place:") and len(id) == 8 for id in unit.ids)
