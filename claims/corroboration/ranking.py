"""Which passages to ask a search engine for, and in which order a person should see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.corroboration.comparison import Comparison
from claims.corroboration.kinship import kin_of
from claims.corroboration.profile import profile_of
from claims.corroboration.stance import compare_profiles
from claims.language.lexicon import broader_concepts
from claims.language.readings import Reading
from claims.language.tokens import index_tokens

#: How many passages an engine is asked for: each is read and compared, which takes some milliseconds.
RETRIEVED = 160
#: How much one token of a field counts when passages are asked for.
FIELD_WEIGHTS = {"terms": 1.0, "names": 0.5, "concepts": 0.6, "figures": 0.5, "dates": 0.5}
#: What a broader, narrower or kindred concept counts against the concept itself.
_KIN_WEIGHT = 0.4
#: Which part of an engine's score a passage can reach at all: words are only met in one's own language, and
#: concepts only in the languages of the lexicon. Scores are measured against what can be reached.
_REACH_ABROAD = 0.5
_REACH_UNREAD = 0.35
_SETTLES = {"supports": 1.0, "contradicts": 1.0, "context": 0.3, "unrelated": 0.0}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A retrieved passage: its id, its reading, its document's reading, and the engine's score."""

    id: int
    passage: Reading
    document: Reading
    retrieval: float


@dataclass(frozen=True, slots=True)
class Ranked:
    id: int
    comparison: Comparison
    score: float


def evidence_query(claim: Reading) -> tuple[tuple[str, str, float], ...]:
    """Return ``(field, token, weight)`` for each token of the claim, and for what may stand for it."""
    weights: dict[tuple[str, str], float] = {}
    for field, tokens in index_tokens(claim).items():
        for token in tokens.split():
            weights[field, token] = FIELD_WEIGHTS[field] * (_KIN_WEIGHT if token.startswith("^") else 1.0)
    for concept in dict.fromkeys(concept.concept for concept in claim.concepts):
        for other in (f"^{concept}", *broader_concepts(concept), *kin_of(concept)):
            weights.setdefault(("concepts", other), FIELD_WEIGHTS["concepts"] * _KIN_WEIGHT)
    return tuple((field, token, weight) for (field, token), weight in weights.items())


def rank(claim: Reading, candidates: Iterable[Candidate], context: Reading | None = None) -> list[Ranked]:
    """Compare every candidate and order them, best first: what settles the claim before what is near it.

    ``context`` tells where and when a bare claim stands, see ``compare``.
    """
    listed = list(candidates)
    reached = {each.id: each.retrieval / _reach(claim, each.passage) for each in listed}
    best = max(reached.values(), default=0.0) or 1.0
    wanted = profile_of(claim, context)
    # Rounded, so that the last decimals, in which engines differ, do not decide the order.
    ranked: list[Ranked] = []
    for candidate in listed:
        comparison = compare_profiles(wanted, profile_of(candidate.passage), profile_of(candidate.document))
        ranked.append(
            Ranked(candidate.id, comparison, _score(comparison, round(reached[candidate.id] / best, 2)))
        )
    return sorted(ranked, key=lambda entry: (-entry.score, entry.id))


def _reach(claim: Reading, passage: Reading) -> float:
    if passage.language == claim.language:
        return 1.0
    return _REACH_UNREAD if "other" in (passage.language, claim.language) else _REACH_ABROAD


def _score(comparison: Comparison, retrieval: float) -> float:
    return 0.5 * retrieval + 0.2 * comparison.score + 0.3 * _SETTLES[comparison.stance]
