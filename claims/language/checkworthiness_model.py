"""A light linear model of which sentences a newsroom checks, kept as plain numbers.

It sees the features of the rules, the words of the sentence with their neighbours, and pieces of words; it gives
a score like theirs. Invariant: a model is data that a person can read; loading one runs no code; a language that it
was not trained on is left to the rules.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from claims.language.check_cues import NUMBER, START, cue_words
from claims.language.readings import Reading, Span

#: Where a newsroom keeps the model that it trained, in its folder of variable files.
MODEL_FILE = "suggestions.json"
#: The form of the file; a file of another form is not loaded, so that the rules stay in use.
VERSION = 2
_LONGEST_FILE = 20_000_000
_MOST_NEIGHBOURS = 3
_PIECES = range(3, 6)  # Code points of a piece, the blanks before and after the word among them.


@dataclass(frozen=True, slots=True)
class LinearModel:
    """``score`` is above one half from ``threshold`` on, whatever share of sentences the newsroom checks.

    ``languages`` are those of the sentences that it was trained on.
    """

    bias: float
    threshold: float
    weights: Mapping[str, float]
    languages: frozenset[str] = field(default_factory=frozenset)

    def __call__(self, reading: Reading, sentence: Span, features: Mapping[str, float]) -> float:
        """Return the score in [0, 1] of one sentence of a reading."""
        return self.score(sentence.of(reading.text), features)

    def score(self, sentence: str, features: Mapping[str, float]) -> float:
        """Return the score in [0, 1] of a sentence with the features that the rules see in it."""
        words = word_features(sentence)
        total = self.bias + sum(
            self.weights.get(name, 0.0) * value for name, value in (*features.items(), *words.items())
        )
        shifted = total - math.log(self.threshold / (1 - self.threshold))
        return 1 / (1 + math.exp(-max(min(shifted, 50.0), -50.0)))

    def knows(self, language: str) -> bool:
        """Tell whether sentences of ``language`` were among those that it was trained on."""
        return language in self.languages

    def to_json(self) -> str:
        stored = {
            "version": VERSION,
            "languages": sorted(self.languages),
            "bias": self.bias,
            "threshold": self.threshold,
            "weights": {name: round(weight, 4) for name, weight in sorted(self.weights.items())},
        }
        return json.dumps(stored, ensure_ascii=False)


def load_model(path: Path) -> LinearModel | None:
    """Return the model stored at ``path``; None where there is none or it is not one of this version."""
    try:
        if path.stat().st_size > _LONGEST_FILE:
            return None
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["version"] != VERSION:
            return None
        weights = {str(name): float(weight) for name, weight in stored["weights"].items()}
        numbers = (float(stored["bias"]), *weights.values())
        if not all(math.isfinite(number) for number in numbers):
            return None
        threshold = min(max(float(stored["threshold"]), 0.01), 0.99)
        languages = frozenset(str(language) for language in stored["languages"])
        return LinearModel(numbers[0], threshold, weights, languages)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def word_features(sentence: str) -> dict[str, float]:
    """Return the words, neighbouring words and pieces of words of a sentence, by name.

    Function words count: “I think” says a lot. Each of the two kinds has length one together, so that a long
    sentence speaks no louder than a short one.
    """
    words = cue_words(sentence)
    return _of_length_one("w:", set(_neighbours(words))) | _of_length_one("c:", set(_pieces(words)))


def _of_length_one(kind: str, names: set[str]) -> dict[str, float]:
    return dict.fromkeys((f"{kind}{name}" for name in sorted(names)), 1 / math.sqrt(len(names) or 1))


def _neighbours(words: Sequence[str]) -> Iterator[str]:
    for count in range(1, _MOST_NEIGHBOURS + 1):
        for start in range(len(words) - count + 1):
            yield " ".join(words[start : start + count])


def _pieces(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word not in (START, NUMBER):
            edged = f" {word} "
            for length in _PIECES:
                for start in range(len(edged) - length + 1):
                    yield edged[start : start + length]


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
