"""The figures by which suites are judged: ranking, classification, and found against expected.

Everything here is a pure function of what was ranked or called and what was expected. A mean over no
cases is 0.0, so that an empty suite never looks good.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """Right, wrong and missed findings, with the shares made of them."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        wanted = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / wanted if wanted else 0.0

    def figures(self) -> dict[str, float]:
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}


def count_class(called: Iterable[tuple[Hashable, Hashable]], wanted: Hashable) -> Counts:
    """Count one class over pairs of (expected, called)."""
    counts = Counts()
    for expected, answer in called:
        counts += Counts(
            right=int(expected == wanted == answer),
            wrong=int(answer == wanted != expected),
            missed=int(expected == wanted != answer),
        )
    return counts


def accuracy(called: Sequence[tuple[Hashable, Hashable]]) -> float:
    return mean(float(expected == answer) for expected, answer in called)


def mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def recall_at(ranked: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """Return the share of ``relevant`` (not empty) among the first ``depth`` of ``ranked``."""
    return len(set(ranked[:depth]) & set(relevant)) / len(set(relevant))


def ndcg_at(ranked: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """Return nDCG with gain 1 for each of ``relevant`` (not empty)."""
    gained = sum(1 / math.log2(at + 2) for at, id in enumerate(ranked[:depth]) if id in relevant)
    return gained / sum(1 / math.log2(at + 2) for at in range(min(depth, len(relevant))))


def average_precision_at(ranked: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """Return average precision over the first ``depth``, as shared tasks on claim retrieval define it."""
    found, total = 0, 0.0
    for at, id in enumerate(ranked[:depth], start=1):
        if id in relevant:
            found += 1
            total += found / at
    return total / min(len(relevant), depth)


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    return next((1 / at for at, id in enumerate(ranked, start=1) if id in relevant), 0.0)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)] if ordered else 0.0


def average_precision(scored: Iterable[tuple[float, bool]]) -> float:
    """Return average precision of a whole ranking; ties count as if the wrong ones came first."""
    ordered = sorted(scored, key=lambda entry: (-entry[0], entry[1]))
    return average_precision_at(
        [str(at) for at in range(len(ordered))],
        {str(at) for at, (_score, right) in enumerate(ordered) if right} or {""},
        max(len(ordered), 1),
    )
