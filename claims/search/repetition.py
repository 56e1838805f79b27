"""Orders found claims by how much of each the new words repeat, run of letters by run of letters.

An engine counts shared words and divides by the length of what it holds. Whether a long post repeats a short
claim is the other question: how much of the claim stands in the post. Runs of four letters answer it in any
inflection, and for words that no dictionary has. Invariant: only the order and the scores change; with nothing
repeated, as between two alphabets, the order is the engine's own.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from claims.language.readings import Language, Reading
from claims.language.terms import is_stop_word
from claims.language.words import read_words
from claims.search.encoder import RERANKED, Encoder, FoundText

#: How much a claim that is repeated in full counts against the engine's best score.
_REPETITION_WEIGHT = 0.7
_RUN = 4
_LONGEST_READ = 20_000  # Code points.


def order_claims(asked: Reading, found: Sequence[FoundText], encoder: Encoder | None) -> list[FoundText]:
    """Return what an engine found, best first, by repetition and then, with an encoder, by meaning."""
    ordered = order_by_repetition(asked.text, asked.language, found)
    return encoder.rerank(asked.text, asked.language, ordered) if encoder else ordered


def order_by_repetition(text: str, language: Language, found: Sequence[FoundText]) -> list[FoundText]:
    """Return ``found`` (best first) with its first ``RERANKED`` reordered and rescored.

    Scores of those are in [0, 1.7]: the engine's score against its best, and the share that is repeated.
    """
    head, tail = found[:RERANKED], found[RERANKED:]
    best = max((each.score for each in head), default=0.0)
    if best <= 0.0:
        return list(found)
    asked = letter_runs(text[:_LONGEST_READ], language)
    parts = [
        (letter_runs(each.summary or each.text, each.language), letter_runs(each.text, each.language))
        for each in head
    ]
    held_by = Counter(run for summary, said in parts for run in summary | said)

    def weight(run: str) -> float:
        # What nearly all that was found have in common tells nothing of which of them it is.
        return math.log(1 + (len(head) - held_by[run] + 0.5) / (held_by[run] + 0.5))

    scored = [
        replace(each, score=each.score / best + _REPETITION_WEIGHT * _repeated(asked, *runs, weight))
        for each, runs in zip(head, parts, strict=True)
    ]
    return sorted(scored, key=lambda each: (-round(each.score, 4), each.id)) + list(tail)


@lru_cache(maxsize=16_384)
def letter_runs(text: str, language: Language) -> frozenset[str]:
    """Return the runs of four letters of the content words, and shorter words whole.

    >>> sorted(letter_runs("the ferries", "en"))
    ['erri', 'ferr', 'ries', 'rrie']
    """
    runs: set[str] = set()
    for word in read_words(text):
        folded = word.folded
        if is_stop_word(folded, language):
            continue
        if len(folded) <= _RUN:
            runs.add(folded)
        else:
            runs.update(folded[at : at + _RUN] for at in range(len(folded) - _RUN + 1))
    return frozenset(runs)


def _repeated(
    asked: frozenset[str], summary: frozenset[str], said: frozenset[str], weight: Callable[[str], float]
) -> float:
    """Return the mean of how much of the summary, and how much of the better of both, is repeated."""
    of_summary = _share(asked, summary, weight)
    return (of_summary + max(of_summary, _share(asked, said, weight))) / 2


def _share(asked: frozenset[str], held: frozenset[str], weight: Callable[[str], float]) -> float:
    whole = sum(weight(run) for run in sorted(held))
    return sum(weight(run) for run in sorted(held & asked)) / whole if whole else 0.0
