"""Suggestions of checkable sentences: how good the rules are, and whether a trained model is better.

A model is only kept when it beats the rules on sentences that it was not trained on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from claims.evaluation.datasets import Row, language_of, read_file
from claims.evaluation.metrics import Counts, average_precision, count_class
from claims.evaluation.report import Figures, Miss, Outcome
from claims.language.checkworthiness import THRESHOLD, rule_score, sentence_features
from claims.language.checkworthiness_model import LinearModel, word_features
from claims.language.reading import read
from claims.language.readings import Language, Span

#: Every so many-th sentence is held back when a model is tried.
FOLDS = 5
_FEWEST = 50  # Labelled sentences of each kind that a model needs.
_SMALLEST_WEIGHT = 0.02


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence, whether it was worth checking, and its features."""

    id: str
    text: str
    worth: bool
    features: Mapping[str, float]

    @property
    def all_features(self) -> dict[str, float]:
        return {**self.features, **word_features(self.text)}


def evaluate_suggestions(path: Path, train: Path | None) -> Outcome:
    """Judge the rules on the sentences of ``path``, and where ``train`` is given the model trained on it.

    ``trained`` is judged on ``path``; where both are one file, by five folds of it.
    """
    examples = [
        labelled(row["text"], bool(row.get("label")), language_of(row), str(row["id"])) for row in _rows(path)
    ]
    scores = [rule_score(each.features) for each in examples]
    figures = _figures(examples, scores)
    if train is not None:
        if train.resolve() == path.resolve():
            scores = cross_scores(examples)
        else:
            model = fit(
                [labelled(row["text"], bool(row.get("label")), language_of(row)) for row in _rows(train)]
            )
            scores = [score_of(model, each) for each in examples]
        figures["trained"] = _figures(examples, scores)
    misses = [
        Miss("suggestions", each.id, f"{each.text[:150]} (score {score:.2f}, worth {each.worth})")
        for each, score in sorted(
            zip(examples, scores, strict=True), key=lambda pair: -abs(pair[1] - pair[0].worth)
        )
        if (score >= THRESHOLD) != each.worth
    ]
    return Outcome(figures, misses)


def labelled(text: str, worth: bool, language: Language, id: str = "") -> Labelled:
    reading = read(text, language=language if language != "other" else None)
    return Labelled(id, text, worth, sentence_features(reading, Span(0, len(text))))


def fit(examples: Sequence[Labelled]) -> LinearModel:
    """Train on all examples; the threshold is the best one on a part held back from a first training."""
    held = [example for at, example in enumerate(examples) if at % FOLDS == 0]
    rest = [example for at, example in enumerate(examples) if at % FOLDS]
    first = _train(rest, 0.5)
    threshold = _best_threshold(held, [score_of(first, each) for each in held])
    return _train(examples, threshold)


def cross_scores(examples: Sequence[Labelled]) -> list[float]:
    """Score each example by a model that has not seen it."""
    scores = [0.0] * len(examples)
    for fold in range(FOLDS):
        model = fit([example for at, example in enumerate(examples) if at % FOLDS != fold])
        for at in range(fold, len(examples), FOLDS):
            scores[at] = score_of(model, examples[at])
    return scores


def beats_the_rules(examples: Sequence[Labelled]) -> tuple[bool, float, float]:
    """Return whether a trained model beats the rules on held-back examples, with the F1 of model and rules."""
    if min(sum(each.worth for each in examples), sum(not each.worth for each in examples)) < _FEWEST:
        return False, 0.0, 0.0
    trained = _counts(examples, cross_scores(examples)).f1
    ruled = _counts(examples, [rule_score(each.features) for each in examples]).f1
    return trained > ruled, trained, ruled


def score_of(model: LinearModel, example: Labelled) -> float:
    reading = read(example.text, language="other")
    return model(reading, Span(0, len(example.text)), example.features)


def _train(examples: Sequence[Labelled], threshold: float) -> LinearModel:
    vectorizer = DictVectorizer(dtype=numpy.float32)
    table = vectorizer.fit_transform([each.all_features for each in examples])
    # The solver takes 32-bit indices only, and the vectorizer makes 64-bit ones.
    table.indices, table.indptr = table.indices.astype(numpy.int32), table.indptr.astype(numpy.int32)
    classifier = LogisticRegression(C=0.6, class_weight="balanced", max_iter=300, solver="liblinear")
    classifier.fit(table, [each.worth for each in examples])
    weights = {
        str(name): float(weight)
        for name, weight in zip(vectorizer.get_feature_names_out(), classifier.coef_[0], strict=True)
        if abs(weight) >= _SMALLEST_WEIGHT
    }
    return LinearModel(float(classifier.intercept_[0]), threshold, weights)


def _best_threshold(examples: Sequence[Labelled], scores: Sequence[float]) -> float:
    def quality(threshold: float) -> float:
        return _counts(examples, [score - threshold + THRESHOLD for score in scores]).f1

    return max((step / 20 for step in range(4, 17)), key=quality)


def _figures(examples: Sequence[Labelled], scores: Sequence[float]) -> Figures:
    ordered = sorted(zip(scores, examples, strict=True), key=lambda pair: -pair[0])
    return {
        "ap": average_precision((score, each.worth) for score, each in zip(scores, examples, strict=True)),
        **_counts(examples, scores).figures(),
        "p10": sum(each.worth for _score, each in ordered[:10]) / 10,
        "sentences": len(examples),
    }


def _counts(examples: Sequence[Labelled], scores: Sequence[float]) -> Counts:
    called = [(each.worth, score >= THRESHOLD) for each, score in zip(examples, scores, strict=True)]
    return count_class(called, True)


def _rows(path: Path) -> list[Row]:
    return read_file(path)
