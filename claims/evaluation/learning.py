"""Learning which sentences are worth checking, and whether what was learnt beats the rules.

Every figure comes from sentences that the model judging them was not trained on. Invariant: a model is kept only
where it beats the rules on such sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from claims.evaluation.metrics import Counts, count_class
from claims.language.checkworthiness import THRESHOLD, rule_score, sentence_features
from claims.language.checkworthiness_model import LinearModel, word_features
from claims.language.reading import read
from claims.language.readings import Language, Span

#: Every so many-th sentence is held back when a model is tried.
FOLDS = 5
_INNER_FOLDS = 4  # For the threshold; other than FOLDS, so that the parts differ.
#: Labelled sentences of each kind that a model needs.
FEWEST = 50
#: Sentences of each kind in one language, from which on a model may judge that language.
FEWEST_OF_LANGUAGE = 20
_FEWEST_SENTENCES = 3  # A word that fewer sentences hold says more about them than about others.
_SMALLEST_WEIGHT = 0.01
_STRENGTH = 3.0  # Inverse of the regularisation, chosen by cross-validation.
_THRESHOLDS = [step / 40 for step in range(10, 33)]

Numbers = numpy.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence, whether it was worth checking, its language and the features that the rules see."""

    id: str
    text: str
    worth: bool
    language: Language
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Trial:
    """F1 on held-back sentences of the rules and of a model that was trained on the others."""

    rules: float
    trained: float

    @property
    def better(self) -> bool:
        return self.trained > self.rules


class TooFew(ValueError):
    """There are not enough labelled sentences of one kind; ``worth`` and ``other`` tell how many there are."""

    def __init__(self, worth: int, other: int) -> None:
        super().__init__(f"{worth} worth checking, {other} others")
        self.worth, self.other = worth, other


def labelled(text: str, worth: bool, language: Language = "other", id: str = "") -> Labelled:
    """Read one sentence; where its language is not stated (“other”) it is identified."""
    reading = read(text, language=language if language != "other" else None)
    return Labelled(id, text, worth, reading.language, sentence_features(reading, Span(0, len(text))))


def fit(examples: Sequence[Labelled]) -> LinearModel:
    """Train on all examples. The threshold comes from trainings that left out what they judged."""
    table = _Table(examples)
    return table.model(numpy.arange(len(examples)), _languages(examples))


def cross_scores(
    examples: Sequence[Labelled], told: Callable[[int], None] = lambda fold: None
) -> list[float]:
    """Score each example by a model that has not seen it; ``told`` hears of each finished fold (1 to 5)."""
    table = _Table(examples)
    scores = [0.0] * len(examples)
    for fold in range(FOLDS):
        rest = numpy.array([at for at in range(len(examples)) if at % FOLDS != fold])
        model = table.model(rest, _languages([examples[at] for at in rest]))
        for at in range(fold, len(examples), FOLDS):
            scores[at] = score_of(model, examples[at])
        told(fold + 1)
    return scores


def try_model(examples: Sequence[Labelled], told: Callable[[int], None] = lambda fold: None) -> Trial:
    """Hold the rules and trained models against each other. Raises ``TooFew``."""
    worth = sum(each.worth for each in examples)
    if min(worth, len(examples) - worth) < FEWEST:
        raise TooFew(worth, len(examples) - worth)
    return Trial(
        rules=counts(examples, [rule_score(each.features) for each in examples]).f1,
        trained=counts(examples, cross_scores(examples, told)).f1,
    )


def score_of(model: LinearModel, example: Labelled) -> float:
    """Return the model's score, or the rules' in a language that the model has not seen."""
    if not model.knows(example.language):
        return rule_score(example.features)
    return model.score(example.text, example.features)


def counts(examples: Sequence[Labelled], scores: Sequence[float]) -> Counts:
    called = [(each.worth, score >= THRESHOLD) for each, score in zip(examples, scores, strict=True)]
    return count_class(called, True)


def _languages(examples: Sequence[Labelled]) -> frozenset[str]:
    seen = Counter((each.language, each.worth) for each in examples)
    return frozenset(
        language
        for language in {each.language for each in examples}
        if min(seen[language, True], seen[language, False]) >= FEWEST_OF_LANGUAGE
    )


class _Table:
    """All features of the examples as one sparse table, so that each training only chooses its rows."""

    def __init__(self, examples: Sequence[Labelled]) -> None:
        vectorizer = DictVectorizer(dtype=numpy.float64)
        table = vectorizer.fit_transform({**each.features, **word_features(each.text)} for each in examples)
        # The solver takes 32-bit indices only, and the vectorizer makes 64-bit ones.
        table.indices, table.indptr = table.indices.astype(numpy.int32), table.indptr.astype(numpy.int32)
        self._table = table
        self._names = vectorizer.get_feature_names_out()
        self._worth = numpy.array([each.worth for each in examples])

    def model(self, rows: Numbers, languages: frozenset[str]) -> LinearModel:
        """Train on ``rows``; the threshold is the best one for rows judged by trainings that left them out."""
        odds = numpy.zeros(len(rows))
        for part in range(_INNER_FOLDS):
            held = numpy.arange(len(rows)) % _INNER_FOLDS == part
            columns, weights, bias = self._train(rows[~held])
            odds[held] = self._table[rows[held]][:, columns] @ weights + bias
        threshold = _best_threshold(self._worth[rows], 1 / (1 + numpy.exp(-odds)))
        columns, weights, bias = self._train(rows)
        named = {
            str(name): float(weight)
            for name, weight in zip(self._names[columns], weights, strict=True)
            if abs(weight) >= _SMALLEST_WEIGHT
        }
        return LinearModel(bias, threshold, named, languages)

    def _train(self, rows: Numbers) -> tuple[Numbers, Numbers, float]:
        """Return which columns were used, the weight of each, and the bias."""
        chosen = self._table[rows]
        columns = numpy.flatnonzero(chosen.getnnz(axis=0) >= _FEWEST_SENTENCES)
        classifier = LogisticRegression(
            C=_STRENGTH, class_weight="balanced", solver="liblinear", dual=True, max_iter=300, random_state=0
        )
        classifier.fit(chosen[:, columns], self._worth[rows])
        return columns, classifier.coef_[0], float(classifier.intercept_[0])


def _best_threshold(worth: Numbers, scores: Numbers) -> float:
    def quality(threshold: float) -> float:
        called = scores >= threshold
        return 2 * float((called & worth).sum()) / max(float(called.sum() + worth.sum()), 1.0)

    return max(_THRESHOLDS, key=quality)
