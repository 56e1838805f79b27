"""The first of the two stages of finding evidence: ask an engine broadly, then hand over for comparison.

Whatever gathers evidence and whatever measures how well it is gathered come through here, so that what is
measured is what the product does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.corroboration.ranking import RETRIEVED, Candidate, evidence_query
from claims.language.readings import Reading
from claims.models import Passage
from claims.search.base import Query, SearchBackend, WeightedToken
from claims.search.documents import read_document, read_passage


def find_passages(backend: SearchBackend, claim: Reading) -> list[tuple[int, float]]:
    """Return ids of passages with the engine's scores, best first. Raises ``SearchUnavailable``."""
    tokens = tuple(WeightedToken(*token) for token in evidence_query(claim))
    if not tokens:
        return []
    return [
        (int(hit.id), hit.score) for hit in backend.search("passages", Query(tokens), limit=RETRIEVED).hits
    ]


def candidates(passages: Iterable[tuple[Passage, float]]) -> Sequence[Candidate]:
    """Return the passages as comparison wants them (``document`` and its ``outlet`` loaded)."""
    return [
        Candidate(passage.pk, read_passage(passage), read_document(passage.document), score)
        for passage, score in passages
    ]
