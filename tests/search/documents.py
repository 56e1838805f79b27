"""Short ways to say a document and a query in the tests of the engines."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate

from claims.search.base import FIELDS, IndexDocument, IndexKind, Query, SearchBackend, WeightedToken

VOCABULARY = tuple(f"w{rank}" for rank in range(3_000))
_CUMULATED = tuple(accumulate(1 / (rank + 1) for rank in range(len(VOCABULARY))))


def passage(id: str, version: int = 1, terms: str = "", **filters: str) -> IndexDocument:
    return IndexDocument(id, version, {"terms": terms}, filters)


def deletion(id: str, version: int) -> IndexDocument:
    return IndexDocument(id, version, deleted=True)


def asking(terms: str, **filters: Sequence[str]) -> Query:
    return Query(tuple(WeightedToken("terms", token) for token in terms.split()), filters)


def found(backend: SearchBackend, terms: str, *, kind: IndexKind = "passages", limit: int = 100) -> list[str]:
    """Return the ids found, best first, after all earlier writes have become visible."""
    backend.refresh(kind)
    return [hit.id for hit in backend.search(kind, asking(terms), limit=limit).hits]


def random_passage(rng: random.Random, id: str) -> IndexDocument:
    """A passage with Zipf-distributed words; some fields stay empty, as figures and dates often do."""
    lengths = {"terms": 40, "names": 4, "concepts": 8, "figures": 1, "dates": 1}
    tokens = {field: " ".join(random_words(rng, rng.randrange(lengths[field] * 2))) for field in FIELDS}
    return IndexDocument(id, 1, tokens, {"language": rng.choice(["en", "uk", "ru"])})


def random_words(rng: random.Random, count: int) -> list[str]:
    return rng.choices(VOCABULARY, cum_weights=_CUMULATED, k=count)


def random_query(rng: random.Random, count: int) -> Query:
    return Query(
        tuple(
            WeightedToken(rng.choice(FIELDS), word, rng.choice([0.5, 1.0, 1.5, 3.0]))
            for word in random_words(rng, count)
        )
    )
