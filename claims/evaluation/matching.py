"""Suites of ranking alone: earlier claims for what someone says, and documents for a claim.

Both go through the product's own queries into a throw-away index; what is relevant is looked at last.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from claims.corroboration.matching import matching_query
from claims.corroboration.ranking import Candidate, rank
from claims.evaluation.datasets import BadDataset, Row, language_of, read_file
from claims.evaluation.metrics import average_precision_at, mean, percentile, recall_at, reciprocal_rank
from claims.evaluation.report import Figures, Miss, Outcome
from claims.language.identify import identify_language
from claims.language.reading import read
from claims.language.readings import Language, Reading
from claims.language.tokens import index_tokens
from claims.search import EngineName, throwaway_backend
from claims.search.base import IndexDocument, Query, SearchBackend, WeightedToken
from claims.search.documents import described_tokens
from claims.search.encoder import RERANKED, Encoder, FoundText, described
from claims.search.repetition import order_claims
from claims.search.retrieval import find_passages

#: How many earlier claims are looked at for one query.
DEPTH = 20


def evaluate_matching(folder: Path, engine: EngineName, encoder: Encoder | None = None) -> Outcome:
    """Rank the claims of ``claims.jsonl`` for each row of ``queries-*.jsonl``, reordered by ``encoder``."""
    claims = _rows(folder, "claims")
    held = [_held(at, row) for at, row in enumerate(claims)]
    queries = _rows(folder, "queries-")
    with throwaway_backend(engine) as backend:
        started = time.perf_counter()
        backend.write("claims", [_claim_document(at, row) for at, row in enumerate(claims)])
        backend.refresh("claims")
        built = time.perf_counter() - started
        ranked, times = [], []
        for row in queries:
            started = time.perf_counter()
            ranked.append([claims[at]["id"] for at in _match(backend, held, row, encoder)])
            times.append((time.perf_counter() - started) * 1000)
    figures, misses = _judge(queries, ranked)
    figures |= {
        "query_ms_p50": percentile(times, 0.5),
        "query_ms_p95": percentile(times, 0.95),
        "build_s": built,
    }
    return Outcome(figures, misses)


def evaluate_retrieval(folder: Path, engine: EngineName) -> Outcome:
    """Rank the documents of ``documents.jsonl`` for each of ``queries-*.jsonl``, as evidence is ranked."""
    documents = _rows(folder, "documents")
    readings = [_read("\n\n".join(filter(None, (row.get("title"), row["text"]))), row) for row in documents]
    queries = _rows(folder, "queries-")
    with throwaway_backend(engine) as backend:
        backend.write(
            "passages",
            [IndexDocument(str(at), 1, index_tokens(reading)) for at, reading in enumerate(readings)],
        )
        backend.refresh("passages")
        ranked = []
        for row in queries:
            claim = _read(row["query"], row)
            found = [
                Candidate(at, readings[at], readings[at], score)
                for at, score in find_passages(backend, claim)
            ]
            ranked.append([documents[entry.id]["id"] for entry in rank(claim, found)])
    figures, misses = _judge(queries, ranked)
    r10 = mean(recall_at(ids, row["relevant"], 10) for ids, row in zip(ranked, queries, strict=True))
    return Outcome({"r10": r10, **figures}, misses)


def _rows(folder: Path, start: str) -> list[Row]:
    """Return the rows of all files of the folder whose name begins so, development sets before others."""
    paths = sorted(path for path in folder.glob(f"{start}*.jsonl*"))
    chosen = [path for path in paths if "train" not in path.name] or paths
    if not chosen:
        raise BadDataset(f"{folder} has no {start}*.jsonl")
    return [row for path in chosen for row in read_file(path)]


def _read(text: str, row: Row) -> Reading:
    return read(text, language=_language(text, row))


def _language(text: str, row: Row) -> Language:
    return language_of(row) if row.get("language") else identify_language(text)


def _claim_document(at: int, row: Row) -> IndexDocument:
    """Return what the product would index: the claim as said, its summary, and how it was settled."""
    said = _read(row["claim"], row)
    summary = [_read(row["title"], row)] * 2 if row.get("title") else []
    settled = [_read(row["text"], row)] if row.get("text") else []
    return IndexDocument(str(at), 1, described_tokens(said, [*summary, *settled]))


def _match(
    backend: SearchBackend, claims: Sequence[FoundText], row: Row, encoder: Encoder | None
) -> list[int]:
    """Return the places of the claims that are found for one query, best first."""
    asked = _read(row["query"], row)
    tokens = tuple(WeightedToken(*token) for token in matching_query(asked))
    hits = backend.search("claims", Query(tokens), limit=RERANKED).hits if tokens else ()
    found = [replace(claims[int(hit.id)], score=hit.score) for hit in hits]
    return [each.id for each in order_claims(asked, found, encoder)[:DEPTH]]


def _held(at: int, row: Row) -> FoundText:
    said, title = row["claim"], row.get("title") or ""
    return FoundText(at, described(title, said), _language(said, row), 0.0, summary=title)


def _judge(queries: Sequence[Row], ranked: Sequence[Sequence[str]]) -> tuple[Figures, list[Miss]]:
    pairs = [(ids, set(row["relevant"])) for ids, row in zip(ranked, queries, strict=True) if row["relevant"]]
    figures: Figures = {
        "map5": mean(average_precision_at(ids, wanted, 5) for ids, wanted in pairs),
        "mrr": mean(reciprocal_rank(ids, wanted) for ids, wanted in pairs),
        "p1": mean(float(bool(ids) and ids[0] in wanted) for ids, wanted in pairs),
        "r20": mean(recall_at(ids, wanted, 20) for ids, wanted in pairs),
        "queries": len(pairs),
    }
    misses = [
        Miss(
            "ranking", str(row["id"]), f"{row['query'][:120]} → {list(ids[:3])}, wanted {row['relevant'][:3]}"
        )
        for row, ids in zip(queries, ranked, strict=True)
        if row["relevant"] and not set(row["relevant"]) & set(ids[:5])
    ]
    return figures, misses
