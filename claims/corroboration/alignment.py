"""How well the content of one stretch is found in another, across scripts, inflections and languages.

Likenesses lie in [0, 1]. A word that the lexicon does not know can be missed in another language without
speaking against the pair, so such words only count when both texts are in one language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from claims.corroboration.kinship import kin_of
from claims.corroboration.profile import Profile
from claims.corroboration.units import Sense, Unit
from claims.corroboration.weights import GROUPS_OF_PERSONS, PERSON_CONCEPTS
from claims.language.lexicon import broader_concepts, opposite_concepts
from claims.language.names import same_name
from claims.language.readings import Span

_BROADER = 0.75
_KIN = 0.8
_PERSONS = 0.6
_SIBLINGS = 0.35
_ALIKE_NAMES = 0.85
_SHORTEST_COGNATE = 5
_COGNATE = 0.92
#: A seat of government that stands for its country: “Moscow's delegation”.
_SEAT = 0.8
_SEATS = {
    f"place:{seat}": f"place:{country}"
    for seat, country in (
        pair.split(":")
        for pair in """moscow:ru kyiv:ua washington:us beijing:cn london:gb paris:fr berlin:de tehran:ir minsk:by
        warsaw:pl ankara:tr budapest:hu vilnius:lt riga:lv tallinn:ee rome:it madrid:es
        tokyo:jp seoul:kr pyongyang:kp jerusalem:il damascus:sy baghdad:iq kabul:af cairo:eg
        riyadh:sa doha:qa vienna:at prague:cz bratislava:sk bucharest:ro chisinau:md
        tbilisi:ge yerevan:am baku:az astana:kz tashkent:uz bern:ch stockholm:se oslo:no
        helsinki:fi copenhagen:dk athens:gr sofia:bg belgrade:rs ottawa:ca canberra:au
        islamabad:pk""".split()
    )
} | {"org:kremlin": "place:ru", "org:white-house": "place:us"}
#: A name that a text leaves out (“the delegation” for “the Russian delegation in Geneva”) says less against
#: it than another word would: what a report has named once it takes as known.
_SILENT = 0.5


@dataclass(frozen=True, slots=True)
class Coverage:
    """The share of ``wanted`` that was found, by weight, and which words met which."""

    share: float
    weight: float
    pairs: tuple[tuple[Span, Span], ...] = ()
    missed: tuple[Unit, ...] = ()


def likeness(one: Unit, other: Unit) -> float:
    """Return how far two units mean the same."""
    return _likeness(one.sense, other.sense)


@lru_cache(maxsize=262_144)
def _likeness(one: Sense, other: Sense) -> float:
    if one.kind == other.kind:
        if one.ids & other.ids:
            return 1.0
        if one.kind == "concept":
            return _concepts_alike(one.ids, other.ids)
        if one.kind == "name":
            return _names_alike(one, other)
        return _cognates(one.key, other.key)
    # A word that is a name in one language may be a common word in another (“стамбульские”).
    if one.kind == "name" and other.kind == "term":
        return max((_cognates(key, other.key) for key in (one.name.keys if one.name else ())), default=0.0)
    if one.kind == "term" and other.kind == "name":
        return _likeness(other, one)
    return 0.0


def coverage(wanted: Iterable[Unit], found: Sequence[Unit], *, one_language: bool) -> Coverage:
    """Return how much of ``wanted`` is found; an empty ``wanted`` is wholly found, with weight 0."""
    return _covered(((unit, *_best(unit, found)) for unit in wanted), one_language)


def coverage_of(claim: Profile, passage: Profile, document: Profile) -> tuple[Coverage, Coverage]:
    """Return how much of the claim's content a passage carries, and of its matter with the whole document."""
    one_language = claim.reading.language == passage.reading.language
    here = [(unit, *_best(unit, _comparable(unit, passage))) for unit in claim.matter]
    whole = here
    if document is not passage:
        # What the passage says itself goes before what only its document says as well.
        whole = [
            max(met, (met[0], *_best(met[0], _comparable(met[0], document))), key=lambda each: each[2])
            if met[2] < 1.0
            else met
            for met in here
        ]
    told = _covered(whole, one_language)
    # The pairs are marked in the passage; what only its document says stands elsewhere.
    return _covered(here[: len(claim.content)], one_language), replace(
        told, pairs=_covered(here, one_language).pairs
    )


def _comparable(unit: Unit, profile: Profile) -> Sequence[Unit]:
    """Return the units of a profile that may mean what ``unit`` does, one for each sense."""
    return profile.first_concepts if unit.kind == "concept" else profile.first_words


def _covered(found: Iterable[tuple[Unit, Unit | None, float]], one_language: bool) -> Coverage:
    """Return the coverage of units, each with what it was met by and how closely."""
    total = met = 0.0
    pairs: list[tuple[Span, Span]] = []
    missed: list[Unit] = []
    for unit, best, score in found:
        if score == 0.0 and unit.kind == "term" and not one_language:
            continue
        total += unit.weight * (_SILENT if score == 0.0 and unit.kind == "name" else 1.0)
        met += unit.weight * score
        if best is not None and score >= 0.5:
            pairs.append((unit.span, best.span))
        else:
            missed.append(unit)
    return Coverage(met / total if total else 1.0, total, tuple(pairs), tuple(missed))


def opposed(one: Unit, other: Unit) -> bool:
    """Tell whether the lexicon says that two concepts exclude each other."""
    return one.kind == other.kind == "concept" and _opposed(one.sense, other.sense)


@lru_cache(maxsize=65_536)
def _opposed(one: Sense, other: Sense) -> bool:
    return any(opposite_concepts(concept) & other.ids for concept in one.ids)


def _best(unit: Unit, found: Sequence[Unit]) -> tuple[Unit | None, float]:
    best: Unit | None = None
    score = 0.0
    sense = unit.sense
    for other in found:
        alike = _likeness(sense, other.sense)
        if alike > score:
            best, score = other, alike
            if score == 1.0:
                break
    return best, score


def _names_alike(one: Sense, other: Sense) -> float:
    """Names share a key or an id, or are close enough in letters to be asked about at length."""
    if one.name is None or other.name is None:
        return 0.0
    if any(_SEATS.get(id) in other.ids for id in one.ids) or any(
        _SEATS.get(id) in one.ids for id in other.ids
    ):
        return _SEAT
    bodies = one.name.kind == other.name.kind == "org"
    if not bodies and not any(_alike_letters(a, b) for a in one.name.keys for b in other.name.keys):
        return 0.0
    return float(same_name(one.name.surface, one.language, other.name.surface, other.language))


@lru_cache(maxsize=65_536)
def _alike_letters(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 3 and JaroWinkler.similarity(one, other) >= _ALIKE_NAMES


@lru_cache(maxsize=65_536)
def _concepts_alike(one: frozenset[str], other: frozenset[str]) -> float:
    wider = frozenset().union(*(broader_concepts(concept) for concept in one))
    wider_other = frozenset().union(*(broader_concepts(concept) for concept in other))
    if any(kin_of(concept) & other for concept in one):
        return _KIN
    if wider & other or wider_other & one:
        return _BROADER
    if wider & wider_other:
        return _SIBLINGS
    persons = PERSON_CONCEPTS | GROUPS_OF_PERSONS
    if (one & PERSON_CONCEPTS and other & persons) or (other & PERSON_CONCEPTS and one & persons):
        return _PERSONS
    return 0.0


@lru_cache(maxsize=65_536)
def _cognates(one: str, other: str) -> float:
    if min(len(one), len(other)) < _SHORTEST_COGNATE:
        return 1.0 if one and one == other else 0.0
    if one.startswith(other) or other.startswith(one):
        return 1.0
    alike = JaroWinkler.similarity(one, other)
    return alike if alike >= _COGNATE else 0.0
