"""How fast both engines index and answer: 100,000 passages, evidence queries of 40 weighted tokens.

usage: python -m tests.benchmarks.bench_search [--passages 100000] [--queries 200]
env:   ELASTICSEARCH_URL, else only the embedded engine is measured
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from claims.corroboration.ranking import RETRIEVED
from claims.search.base import IndexDocument, Query, SearchBackend
from claims.search.elasticsearch import ElasticsearchBackend
from claims.search.embedded import EmbeddedBackend
from tests.search.documents import random_passage, random_query

BATCH = 2_000
TOKENS_PER_QUERY = 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    chosen = parser.parse_args()
    rng = random.Random(1)
    passages = [random_passage(rng, str(number)) for number in range(chosen.passages)]
    queries = [random_query(rng, TOKENS_PER_QUERY) for _ in range(chosen.queries)]
    table = Table(
        title=f"{chosen.passages:,} passages, {chosen.queries} evidence queries, {RETRIEVED} hits each"
    )
    for column in ("engine", "index, s", "passages/s", "p50, ms", "p95, ms", "max, ms", "one write, ms"):
        table.add_column(column, justify="left" if column == "engine" else "right")
    with tempfile.TemporaryDirectory() as folder:
        table.add_row("embedded", *_measure(EmbeddedBackend(Path(folder)), passages, queries))
    if url := os.environ.get("ELASTICSEARCH_URL"):
        server = ElasticsearchBackend(url, prefix=f"bench-{uuid.uuid4().hex[:12]}")
        try:
            table.add_row("elasticsearch", *_measure(server, passages, queries))
        finally:
            server.drop_everything()
    Console().print(table)


def _measure(backend: SearchBackend, passages: list[IndexDocument], queries: list[Query]) -> list[str]:
    backend.ensure()
    number = backend.begin_generation("passages")

    def index_all() -> None:
        for start in range(0, len(passages), BATCH):
            batch = passages[start : start + BATCH]
            assert backend.write("passages", batch, generation=number).written == len(batch)
        backend.activate_generation("passages", number)

    seconds = _seconds(index_all)
    for query in queries[:20]:
        backend.search("passages", query, limit=RETRIEVED)
    answers = sorted(
        _seconds(lambda: backend.search("passages", query, limit=RETRIEVED)) * 1000  # noqa: B023
        for query in queries
    )
    writes = [
        _seconds(lambda: backend.write("passages", [IndexDocument(str(one), 2, passages[one].tokens)])) * 1000  # noqa: B023
        for one in range(20)
    ]
    return [
        f"{seconds:.1f}",
        f"{len(passages) / seconds:,.0f}",
        f"{statistics.median(answers):.1f}",
        f"{answers[int(len(answers) * 0.95)]:.1f}",
        f"{answers[-1]:.1f}",
        f"{statistics.median(writes):.0f}",
    ]


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
