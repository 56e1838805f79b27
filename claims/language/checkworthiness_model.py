"""A light linear model of which sentences a newsroom checks, kept as plain numbers.

It sees the features of the rules and the words of the sentence, and gives a score like theirs. Invariant: a
model is data that a person can read; loading one runs no code.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from claims.language.readings import Reading, Span
from claims.language.words import read_words

#: Where a newsroom keeps the model that it trained, in its folder of variable files.
MODEL_FILE = "suggestions.json"
_LONGEST_FILE = 20_000_000


@dataclass(frozen=True, slots=True)
class LinearModel:
    """``score`` is above one half from ``threshold`` on, whatever share of sentences the newsroom checks."""

    bias: float
    threshold: float
    weights: Mapping[str, float]

    def __call__(self, reading: Reading, sentence: Span, features: Mapping[str, float]) -> float:
        """Return the score in [0, 1] of one sentence."""
        words = word_features(sentence.of(reading.text))
        total = self.bias + sum(
            self.weights.get(name, 0.0) * value for name, value in (*features.items(), *words.items())
        )
        shifted = total - math.log(self.threshold / (1 - self.threshold))
        return 1 / (1 + math.exp(-max(min(shifted, 50.0), -50.0)))

    def to_json(self) -> str:
        weights = {name: round(weight, 4) for name, weight in sorted(self.weights.items())}
        return json.dumps(
            {"bias": self.bias, "threshold": self.threshold, "weights": weights}, ensure_ascii=False
        )


def load_model(path: Path) -> LinearModel | None:
    """Return the model stored at ``path``; None where there is none or it is not one."""
    try:
        if path.stat().st_size > _LONGEST_FILE:
            return None
        stored = json.loads(path.read_text(encoding="utf-8"))
        weights = {str(name): float(weight) for name, weight in stored["weights"].items()}
        threshold = min(max(float(stored["threshold"]), 0.01), 0.99)
        return LinearModel(float(stored["bias"]), threshold, weights)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def word_features(words: str) -> dict[str, float]:
    """Return the words of a sentence and their pairs, function words included: “I think” says a lot."""
    folded = [
        "#" if any(character.isdigit() for character in word.folded) else word.folded
        for word in read_words(words)
    ]
    single = {f"w:{word}": 1.0 for word in folded}
    pairs = {f"p:{one} {two}": 1.0 for one, two in itertools.pairwise(folded)}
    start = {f"s:{' '.join(folded[:2])}": 1.0} if folded else {}
    return {**single, **pairs, **start}


def current_model(path: Path) -> LinearModel | None:
    """Return the model stored at ``path``, read anew when the file has changed."""
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return None
    return _model_of(path, changed)


@lru_cache(maxsize=4)
def _model_of(path: Path, changed: int) -> LinearModel | None:
    """``changed`` is part of the key, so that a model that was trained anew takes the old one's place."""
    return load_model(path)
