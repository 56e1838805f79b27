"""Which sentences of a text could be checked, and why: a suggestion to log a claim, never a claim by itself.

A sentence is worth checking when it states something about the world that others can look up: a figure, a
date, a comparison, words put in someone's mouth, something that someone did. Wishes, questions, promises and
opinions are not. Invariant: the same reading always gives the same suggestions; scores lie in [0, 1].
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from claims.language.check_cues import CUES
from claims.language.lexicon import current_lexicon
from claims.language.readings import Quantity, Reading, Span

#: Scores from here on are suggested.
THRESHOLD = 0.5

#: Features that a person is told about, strongest first; all others only move the score.
REASONS = (
    "figure",
    "money_or_share",
    "quotation",
    "attribution",
    "comparison",
    "change",
    "date",
    "past_deed",
    "record",
    "denial",
    "named",
)

#: How much each feature moves the log-odds, set by hand from what checkers look for.
WEIGHTS: Mapping[str, float] = {
    "bias": -2.3,
    "figure": 1.8,
    "money_or_share": 1.5,
    "quotation": 0.8,
    "attribution": 0.7,
    "comparison": 0.8,
    "record": 0.8,
    "change": 0.4,
    "date": 0.7,
    "past_deed": 1.1,
    "denial": 0.0,
    "named": 0.6,
    "topic": 0.7,
    "length": 0.5,
    "question": -1.8,
    "opinion": -1.2,
    "promise": -1.0,
    "demand": -1.0,
    "address": -0.3,
    "short": -1.5,
}

_SHORTEST = 5  # Words; less is a heading, a greeting or a fragment.
_TELLING_TOPICS = frozenset(
    """economy finance trade labour health medicine crime war weapons migration energy elections demography
    environment agriculture disasters law""".split()
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One checkable sentence. ``reasons`` are codes out of ``REASONS``, most telling first."""

    span: Span
    score: float
    reasons: tuple[str, ...]


Scorer = Callable[[Reading, Span, Mapping[str, float]], float]


def suggest(reading: Reading, scorer: Scorer | None = None) -> tuple[Suggestion, ...]:
    """Return the sentences worth checking, in the order of the text.

    ``scorer`` takes the place of the rules' own score (a trained model); the reasons stay the rules'.
    """
    found: list[Suggestion] = []
    for sentence in reading.sentences:
        features = sentence_features(reading, sentence)
        score = scorer(reading, sentence, features) if scorer else rule_score(features)
        if score >= THRESHOLD:
            reasons = tuple(code for code in REASONS if features.get(code))
            found.append(Suggestion(sentence, score, reasons))
    return tuple(found)


def rule_score(features: Mapping[str, float]) -> float:
    """Return the score of the rules, which need no training."""
    total = WEIGHTS["bias"] + sum(WEIGHTS.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-total))


def sentence_features(reading: Reading, sentence: Span) -> dict[str, float]:
    """Return what speaks for and against checking one sentence, by name; absent means nothing."""
    words = sentence.of(reading.text)
    features = dict.fromkeys(_cues(words, reading.language), 1.0)
    figures = [quantity for quantity in reading.quantities if sentence.overlaps(quantity.span)]
    told = [quantity for quantity in figures if _is_telling(quantity)]
    if told:
        features["figure"] = 1.0
    if any(quantity.unit in ("%", "pp", "x") or quantity.unit.isupper() for quantity in told):
        features["money_or_share"] = 1.0
    if any(sentence.overlaps(time.span) for time in reading.times):
        features["date"] = 1.0
    if any(sentence.overlaps(quotation.span) for quotation in reading.quotations):
        features["quotation"] = 1.0
    if any(sentence.overlaps(attribution.span) for attribution in reading.attributions):
        features["attribution"] = 1.0
    if any(sentence.overlaps(name.span) for name in reading.names):
        features["named"] = 1.0
    if any(sentence.overlaps(span) for span in reading.negations):
        features["denial"] = 1.0
    features |= dict.fromkeys(_topics(reading, sentence), 1.0)
    count = len(words.split())
    features["length"] = min(count, 40) / 40
    if count < _SHORTEST:
        features["short"] = 1.0
    if words.rstrip().endswith("?"):
        features["question"] = 1.0
    return features


def _is_telling(quantity: Quantity) -> bool:
    """Tell whether a figure says more than “one of them” or “the second”."""
    if quantity.unit == "ordinal":
        return False
    low = quantity.low if quantity.low is not None else quantity.high
    return quantity.unit != "count" or low is None or abs(low) > 1


def _topics(reading: Reading, sentence: Span) -> Iterator[str]:
    concepts = current_lexicon().concepts
    for concept in reading.concepts:
        if sentence.overlaps(concept.span) and (entry := concepts.get(concept.concept)):
            if entry.topic == "change":
                yield "change"
            elif entry.topic in _TELLING_TOPICS:
                yield "topic"


def _cues(words: str, language: str) -> Iterator[str]:
    for feature, pattern in CUES.get(language, {}).items():
        if pattern.search(words):
            yield feature
