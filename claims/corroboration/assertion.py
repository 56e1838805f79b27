"""What a claim asserts, apart from who said so: its core, the word that says what was done, and its denials.

“The ministry said the port would not be closed” asserts of the port that it is not to be closed. Invariant: a
core never holds the speaker, and “not easy” means what “difficult” means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.corroboration.alignment import likeness, opposed
from claims.corroboration.kinship import kin_of
from claims.corroboration.manner import looks_done
from claims.corroboration.occasion import is_located
from claims.corroboration.profile import Profile
from claims.corroboration.units import Unit
from claims.corroboration.weights import COMMON_CONCEPTS
from claims.language.lexicon import broader_concepts, opposite_concepts
from claims.language.names.keys import name_key
from claims.language.readings import Span

_SPEAKING = frozenset(
    "say declare report-speech claim add-speech write tell-details call-name emphasise remark explain".split()
)
#: Who speaks for a body by office: what the one says, the other has said.
_SPEAKS_FOR = {name_key("Peskov"): "org:kremlin", name_key("Leavitt"): "org:white-house"}
_AT = 2
_TELLING = 0.7
#: A name that only the document of a passage holds is taken as known in the passage.
_KNOWN = 0.9
_MET = 0.5
_CLOSE = 0.8


@dataclass(frozen=True, slots=True)
class Assertion:
    """The ``core`` of a text, its ``speakers``, the ``deeds`` among the core, and what of it is ``denied``
    (each denied unit with the negation)."""

    speakers: tuple[Unit, ...]
    core: tuple[Unit, ...]
    deeds: frozenset[Unit]
    denied: tuple[tuple[Unit, Span], ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """How much of a core a stretch carries: ``share`` in [0, 1], pairs of words, what is missed, and ``turned``,
    the words that say the opposite of each other (claim, passage). ``loose`` tells whether a weighty word was
    only met by a kin or broader one."""

    share: float
    pairs: tuple[tuple[Span, Span], ...]
    missed: tuple[Unit, ...]
    turned: tuple[tuple[Span, Span], ...]
    loose: bool = False


def assertion_of(claim: Profile) -> Assertion:
    """Return what a claim asserts."""
    attributed = [attribution.span for attribution in claim.reading.attributions if attribution.who]
    inside = [unit for unit in claim.content if any(unit.span.overlaps(span) for span in attributed)]
    rest = [unit for unit in claim.content if unit not in inside]
    if not any(unit.kind != "term" for unit in rest):
        inside, rest = [], list(claim.content)
    deeds = frozenset(
        unit
        for unit in rest
        if unit.kind == "concept" and not unit.ids & COMMON_CONCEPTS and looks_done(claim.reading, unit.span)
    )
    core = tuple(unit for unit in rest if not unit.ids & _SPEAKING)
    speakers = tuple(unit for unit in inside if unit.kind == "name")
    return Assertion(speakers, core, deeds & frozenset(core), tuple(denied_units(claim, core)))


def denied_units(profile: Profile, units: Sequence[Unit]) -> Iterable[tuple[Unit, Span]]:
    """Yield each word, no name, that a negation stands right before, with the negation."""
    for negation in profile.reading.negations:
        after = [unit for unit in units if unit.kind != "name" and unit.span.start >= negation.end]
        denied = min(after, key=lambda unit: unit.span.start, default=None)
        if denied is not None and profile.distance(negation, denied.span) <= _AT:
            yield denied, negation


def carried(
    asserted: Assertion, passage: Profile, units: Sequence[Unit], document: Profile, *, one_language: bool
) -> Carried:
    """Return how much of an assertion the ``units`` of a stretch carry."""
    refused = dict(asserted.denied)
    denying = dict(denied_units(passage, units))
    elsewhere = any(unit.is_place and is_located(passage, unit) for unit in units)
    total = met = 0.0
    loose = False
    pairs: list[tuple[Unit, Unit]] = []
    missed: list[Unit] = []
    against: list[tuple[Unit, Unit]] = []
    for unit in asserted.core:
        score, other, contrary = _best(unit, units, unit in refused, denying)
        known = unit.is_place and not elsewhere and score < _MET
        if known and any(likeness(unit, one) > _MET for one in document.content):
            score, other = _KNOWN, None
        if score == 0.0 and unit.kind == "term" and not one_language:
            continue
        total += unit.weight * (0.5 if score == 0.0 and unit.kind == "name" else 1.0)
        met += unit.weight * score
        weighty = unit.weight >= 1.0 and unit.kind == "concept"
        loose = loose or (weighty and score < _CLOSE and not (other and _is_kind_of(other, unit)))
        if other is not None and score >= _MET:
            pairs.append((unit, other))
            if contrary and (unit in asserted.deeds or unit.weight >= _TELLING):
                against.append((unit, other))
        elif score < _MET:
            missed.append(unit)
    turned = tuple(
        (refused.get(one, one.span), denying.get(two, two.span))
        for one, two in against
        if _is_of_the_matter(passage, one, two, pairs)
    )
    spans = tuple((one.span, two.span) for one, two in pairs)
    return Carried(met / total if total else 1.0, spans, tuple(missed), turned, loose)


def _is_of_the_matter(passage: Profile, unit: Unit, other: Unit, pairs: Sequence[tuple[Unit, Unit]]) -> bool:
    """Tell whether a word that turns a statement stands in a clause with another weighty word of it."""
    clause = passage.clause_of(other.span)
    return any(one is not unit and one.weight >= 1.0 and two.span.overlaps(clause) for one, two in pairs)


def _is_kind_of(narrow: Unit, wide: Unit) -> bool:
    return any(broader_concepts(concept) & wide.ids for concept in narrow.ids)


def _best(
    unit: Unit, units: Sequence[Unit], refused: bool, denying: dict[Unit, Span]
) -> tuple[float, Unit | None, bool]:
    """Return the best likeness of a word, the word that has it, and whether the two say the opposite."""
    best: tuple[float, Unit | None, bool] = (0.0, None, False)
    for other in units:
        alike, excluded = likeness(unit, other), _excludes(unit, other)
        if not alike and not excluded:
            continue
        contrary = refused != (other in denying)
        if excluded:
            alike, contrary = 1.0, not contrary
        if (alike, not contrary) > (best[0], not best[2]):
            best = (alike, other, contrary)
    return best


def _excludes(one: Unit, other: Unit) -> bool:
    """Tell whether two words exclude each other, by themselves or by what news uses for them."""
    if one.kind != "concept" or other.kind != "concept":
        return False
    return opposed(one, other) or _kin_exclude(one.ids, other.ids)


@lru_cache(maxsize=16_384)
def _kin_exclude(one: frozenset[str], other: frozenset[str]) -> bool:
    decided = any(concept in _DECISIONS for concept in one)
    return decided and any(opposite_concepts(kin) & other for concept in one for kin in kin_of(concept))


#: Words for decisions stand for one another so closely that the opposite of one is the opposite of all.
_DECISIONS = frozenset("approve adopt-decision pass-law agree accept vote-for support-speech confirm".split())


def speaker_met(
    asserted: Assertion, passage: Profile, stretch: Span, pairs: Sequence[Span], document: Profile
) -> bool:
    """Tell whether one who said it is named, or one who speaks for them.

    Where the sentence that carries the statement names someone else, its speaker is that one.
    """
    if not asserted.speakers:
        return True
    at = max(pairs, key=lambda span: span.start, default=stretch)
    here = passage.within(passage.sentence_of(at))
    if any(unit.name is not None and unit.name.kind in ("person", "org") for unit in here):
        return names_one_of(asserted.speakers, here)
    return names_one_of(asserted.speakers, (*passage.content, *document.content))


def names_one_of(speakers: Sequence[Unit], units: Iterable[Unit]) -> bool:
    for unit in units:
        keys = unit.name.keys if unit.name is not None else (unit.key,)
        for speaker in speakers:
            if likeness(speaker, unit) > _MET or any(_SPEAKS_FOR.get(key) in speaker.ids for key in keys):
                return True
    return False


def is_decision(unit: Unit) -> bool:
    """Tell whether a word says that something was decided, which nothing else may stand for."""
    return bool(unit.ids & _DECISIONS)
