"""The first of the two stages of finding evidence: ask an engine broadly, then hand over for comparison.

Whatever gathers evidence and whatever measures how well it is gathered come through here, so that what is
measured is what the product does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.corroboration.context import context_query
from claims.corroboration.ranking import RETRIEVED, Candidate, evidence_query
from claims.language.readings import Reading
from claims.models import Passage
from claims.search.base import Query, SearchBackend, WeightedToken
from claims.search.documents import read_document, read_passage

#: How much a word of a machine's translation counts against a word of the claim itself.
_TRANSLATED = 0.5
#: What a translation adds. Figures and dates mean the same in every language, and a machine may garble them.
_TRANSLATED_FIELDS = frozenset({"terms", "names", "concepts"})


def find_passages(
    backend: SearchBackend,
    claim: Reading,
    translations: Iterable[Reading] = (),
    context: Reading | None = None,
) -> list[tuple[int, float]]:
    """Return ids of passages with the engine's scores, best first. Raises ``SearchUnavailable``.

    ``translations`` are readings of the claim in other languages, whose words are looked for as well;
    ``context`` is what its article tells of where and when it stands, and is looked for lightly.
    """
    tokens = {(field, token): weight for field, token, weight in evidence_query(claim)}
    for translation in translations:
        for field, token, weight in evidence_query(translation):
            if field in _TRANSLATED_FIELDS:
                tokens.setdefault((field, token), weight * _TRANSLATED)
    if not tokens:
        return []
    for field, token, weight in context_query(claim, context):
        tokens.setdefault((field, token), weight)
    query = Query(tuple(WeightedToken(field, token, weight) for (field, token), weight in tokens.items()))
    return [(int(hit.id), hit.score) for hit in backend.search("passages", query, limit=RETRIEVED).hits]


def candidates(passages: Iterable[tuple[Passage, float]]) -> Sequence[Candidate]:
    """Return the passages as comparison wants them (``document`` and its ``outlet`` loaded).

    A document is read once for all its passages, for a long one may take a second.
    """
    listed = list(passages)
    documents = {passage.document_id: passage.document for passage, _score in listed}
    readings = {id: read_document(document) for id, document in documents.items()}
    return [
        Candidate(passage.pk, read_passage(passage), readings[passage.document_id], score)
        for passage, score in listed
    ]
