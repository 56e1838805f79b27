"""Suggestions of checkable sentences: how good the rules are, and how good a trained model is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from claims.evaluation.datasets import language_of, read_file
from claims.evaluation.learning import Labelled, counts, cross_scores, fit, labelled, score_of
from claims.evaluation.metrics import average_precision
from claims.evaluation.report import Figures, Miss, Outcome
from claims.language.checkworthiness import THRESHOLD, rule_score


def evaluate_suggestions(path: Path, train: Path | None) -> Outcome:
    """Judge the rules on the sentences of ``path``, or where ``train`` is given the model trained on it.

    The figures are those of what was asked for: ``ap``, ``f1``, ``p10`` of the model where ``train`` is given,
    which then stand under ``trained`` as well, and those of the rules under ``rules``. Where both files are one,
    the model is judged by five folds of it. F1 is that of the sentences worth checking at the threshold in use.
    """
    examples = _read(path)
    scores = [rule_score(each.features) for each in examples]
    figures = _figures(examples, scores)
    if train is not None:
        ruled = figures
        if train.resolve() == path.resolve():
            scores = cross_scores(examples)
        else:
            model = fit(_read(train))
            scores = [score_of(model, each) for each in examples]
        figures = _figures(examples, scores)
        figures |= {"rules": ruled, "trained": dict(figures)}
    return Outcome(figures, _misses(examples, scores))


def _read(path: Path) -> list[Labelled]:
    return [
        labelled(str(row.get("text", "")), bool(row.get("label")), language_of(row), str(row.get("id", "")))
        for row in read_file(path)
    ]


def _figures(examples: Sequence[Labelled], scores: Sequence[float]) -> Figures:
    ordered = sorted(zip(scores, examples, strict=True), key=lambda pair: -pair[0])
    return {
        "ap": average_precision((score, each.worth) for score, each in zip(scores, examples, strict=True)),
        **counts(examples, scores).figures(),
        "p10": sum(each.worth for _score, each in ordered[:10]) / 10,
        "sentences": len(examples),
    }


def _misses(examples: Sequence[Labelled], scores: Sequence[float]) -> list[Miss]:
    """Return the errors, the surest first: sentences suggested in vain, and those that were missed."""
    pairs = sorted(zip(examples, scores, strict=True), key=lambda pair: -abs(pair[1] - pair[0].worth))
    return [
        Miss("missed" if each.worth else "in vain", each.id, f"{each.text[:150]} (score {score:.2f})")
        for each, score in pairs
        if (score >= THRESHOLD) != each.worth
    ]
