"""Units that carry meaning: the names, concepts and other words of a reading, and what each means.

Invariant: every unit points at its words, and units that mean the same share one sense.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from claims.corroboration.manner import is_carrier
from claims.corroboration.weights import FIGURE_TOPICS, concept_weight, name_weight
from claims.language.lexicon import Lexicon, current_lexicon
from claims.language.names.keys import name_key
from claims.language.readings import Language, Name, NameKind, Reading, Span

UnitKind = Literal["name", "concept", "term"]

_TERM_WEIGHT = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """What a unit means, wherever it stands: ``ids`` are the concepts, the name's keys and id, or the word's stem.

    Units that mean the same share one, so that how far two mean the same is reckoned once for all places.
    ``key`` is a word's script-independent key; ``measure`` tells that it only carries figures.
    """

    kind: UnitKind
    ids: frozenset[str]
    weight: float
    key: str = ""
    name: Name | None = None
    language: Language = "other"
    measure: bool = False


@dataclass(slots=True, eq=False)
class Unit:
    """One name, concept (homographs together) or other content word, where it stands.

    They are made by the thousand, so they are not frozen, which takes time; nothing changes one.
    """

    kind: UnitKind
    ids: frozenset[str]
    span: Span
    weight: float
    sense: Sense
    measure: bool = False
    name: Name | None = None
    key: str = ""

    @property
    def is_place(self) -> bool:
        return self.name is not None and self.name.kind == "place"


def units_of(reading: Reading) -> Iterator[Unit]:
    """Yield names, concepts and remaining words of a reading, each kind in the order of the text."""
    covered: list[Span] = []
    # “GWh” belongs to its figure, and “Kyiv time” to its hour.
    measured = [quantity.span for quantity in reading.quantities] + [time.span for time in reading.times]
    for name in reading.names:
        if not any(name.span.overlaps(span) for span in measured):
            covered.append(name.span)
            yield _name_unit(name, reading.language)
    yield from _concept_units(reading)
    covered += [concept.span for concept in reading.concepts]
    covered += [quantity.span for quantity in reading.quantities] + [time.span for time in reading.times]
    taken = sorted((span.start, span.end) for span in covered)
    for term in reading.terms:
        if len(term.stem) > 2 and not term.stem.isdigit() and not _overlaps_any(term.span, taken):
            sense = _word_sense(term.stem, term.surface)
            yield Unit("term", sense.ids, term.span, _TERM_WEIGHT, sense, key=sense.key)


def _overlaps_any(span: Span, ordered: list[tuple[int, int]]) -> bool:
    first, last = span.start, span.end
    at = bisect_right(ordered, (last, last))
    for start, end in ordered[max(at - 4, 0) : at]:  # noqa: SIM110  (a generator takes three times as long)
        if start < last and first < end:
            return True
    return False


def _name_unit(name: Name, language: Language) -> Unit:
    sense = _name_sense(name.surface, name.keys, name.kind, name.canonical, language)
    return Unit("name", sense.ids, name.span, sense.weight, sense, name=name)


@lru_cache(maxsize=32_768)
def _name_sense(
    surface: str, keys: tuple[str, ...], kind: NameKind, canonical: str, language: Language
) -> Sense:
    ids = {f"n:{key}" for key in keys}
    if canonical:
        ids.add(canonical)
    name = Name(Span(0, len(surface)), surface, keys, kind, canonical)
    return Sense("name", frozenset(ids), name_weight(kind), name=name, language=language)


@lru_cache(maxsize=65_536)
def _word_sense(stem: str, surface: str) -> Sense:
    return Sense("term", frozenset((f"t:{stem}",)), _TERM_WEIGHT, key=name_key(surface))


@lru_cache(maxsize=32_768)
def _concept_sense(ids: tuple[str, ...], lexicon: Lexicon) -> Sense:
    known = [(id, lexicon.concepts[id].topic) for id in ids if id in lexicon.concepts]
    weight = max((concept_weight(id, topic) for id, topic in known), default=0.5)
    measure = bool(known) and all(topic in FIGURE_TOPICS for _id, topic in known)
    return Sense("concept", frozenset(ids), weight, measure=measure)


def _concept_units(reading: Reading) -> Iterator[Unit]:
    lexicon = current_lexicon()
    by_span: dict[tuple[int, int], list[str]] = {}
    # “Megawatts” and “degrees of heat” belong to their figure, “makes up” and “takes” only carry it.
    measures = [
        (quantity.span.start, quantity.span.end)
        for quantity in reading.quantities
        if quantity.unit not in ("count", "ordinal")
    ]
    for concept in reading.concepts:
        by_span.setdefault((concept.span.start, concept.span.end), []).append(concept.concept)
    for (start, end), ids in by_span.items():
        sense, span = _concept_sense(tuple(ids), lexicon), Span(start, end)
        carries = sense.measure or _overlaps_any(span, measures) or is_carrier(reading.text[start:end])
        yield Unit("concept", sense.ids, span, sense.weight, sense, measure=carries)
