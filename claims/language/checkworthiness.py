"""Which sentences of a text could be checked, and why: a suggestion to log a claim, never a claim by itself.

A sentence is worth checking when it states something about the world that others can look up: a figure, a
date, a comparison, words put in someone's mouth, something that someone did. Wishes, questions, promises and
opinions are not. Invariant: the same reading always gives the same suggestions; scores lie in [0, 1].
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from claims.language.check_cues import CUES, cue_words
from claims.language.lexicon import current_lexicon
from claims.language.readings import Quantity, Reading, Span

#: Scores from here on are suggested.
THRESHOLD = 0.5

#: Features that a person is told about, strongest first; all others only move the score.
REASONS = (
    "figure",
    "money_or_share",
    "statistic",
    "quotation",
    "attribution",
    "comparison",
    "record",
    "public_act",
    "change",
    "date",
    "cause",
    "past_deed",
    "sweeping",
    "denial",
    "named",
)

#: How much each feature moves the log-odds, set by hand from what checkers look for.
WEIGHTS: Mapping[str, float] = {
    "bias": -1.8,
    "figure": 1.75,
    "more_figures": 0.5,
    "money_or_share": 1.25,
    "statistic": 0.5,
    "quotation": 0.25,
    "attribution": 1.0,
    "comparison": 1.0,
    "record": 1.25,
    "public_act": 1,
    "change": 0.25,
    "date": 0.5,
    "cause": 0.25,
    "past_deed": 1,
    "sweeping": 0.25,
    "denial": 0,
    "named": 0.5,
    "others": 0.5,
    "length": 1.25,
    "question": -1.5,
    "opinion": -1,
    "ideal": -0.75,
    "promise": -0.75,
    "possible": -1,
    "demand": -0.75,
    "purpose": -0.5,
    "first_person": -0.75,
    "address": -0.25,
    "procedure": -0.75,
    "short": -0.5,
}

#: What may close a sentence after its sign.
_CLOSING = " \n\t\u00a0\"'”»“)]"
_SHORTEST = 6  # Words; less is a heading, a greeting or a fragment.
_MEASURED_TOPICS = frozenset("economy finance labour trade migration crime energy agriculture".split())
#: Concepts that statistics count, beside all those of the measured topics.
_MEASURED = frozenset(
    """population birth-rate life-expectancy mortality incidence turnout votes-counted approval-rating
    opinion-poll casualty killed wounded""".split()
)
#: What bodies do on the record.
_PUBLIC_ACTS = frozenset(
    """vote-in-parliament vote-for vote-against veto draft-law pass-law sign-document resolution-document
    amendment decree ratify repeal impeachment no-confidence election-result elected appoint dismiss
    charge-criminal convict acquit arrest sanction treaty-text""".split()
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
    table = CUES.get(reading.language)
    found = table.cues(cue_words(words)) if table else set()
    found.update(_figures(reading, sentence))
    found.update(_concepts(reading, sentence))
    parts = {
        "date": (time.span for time in reading.times),
        "quotation": (quotation.span for quotation in reading.quotations),
        "attribution": (attribution.span for attribution in reading.attributions),
        "named": (name.span for name in reading.names),
        "denial": reading.negations,
    }
    found.update(name for name, spans in parts.items() if any(sentence.overlaps(span) for span in spans))
    count = len(words.split())
    if count < _SHORTEST:
        found.add("short")
    if words.rstrip(_CLOSING).endswith("?"):
        found.add("question")
    return {**dict.fromkeys(sorted(found), 1.0), "length": min(count, 40) / 40}


def _figures(reading: Reading, sentence: Span) -> Iterator[str]:
    told = [each for each in reading.quantities if sentence.overlaps(each.span) and _is_telling(each)]
    if told:
        yield "figure"
    if len(told) > 1:
        yield "more_figures"
    if any(each.unit in ("%", "pp", "x") or each.unit.isupper() for each in told):
        yield "money_or_share"


def _is_telling(quantity: Quantity) -> bool:
    """Tell whether a figure says more than “one of them” or “the second”."""
    if quantity.unit == "ordinal":
        return False
    low = quantity.low if quantity.low is not None else quantity.high
    return quantity.unit != "count" or low is None or abs(low) > 1


def _concepts(reading: Reading, sentence: Span) -> Iterator[str]:
    concepts = current_lexicon().concepts
    for concept in reading.concepts:
        if sentence.overlaps(concept.span) and (entry := concepts.get(concept.concept)):
            if entry.topic == "change":
                yield "change"
            elif entry.topic in _MEASURED_TOPICS or concept.concept in _MEASURED:
                yield "statistic"
            elif concept.concept in _PUBLIC_ACTS:
                yield "public_act"
