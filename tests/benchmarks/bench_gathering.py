"""How long the evidence of one claim takes among 100,000 passages, without queueing, on both engines.

Reports in three languages go through the real taking in and indexing; then claims are gathered one after the
other by the action that the job calls. An unread claim is the first after a change of the readers: none of what
it finds is kept as the present ones read it. A cold one is the first of its kind in a worker that has just started;
a warm one is gathered again. The collector of garbage waits while a claim is gathered, and what it does
afterwards is in none of the figures. Beside it stand the engine's own time for the same claim and, on
Elasticsearch, that of a stock ``multi_match`` over the same texts.

usage: python -m tests.benchmarks.bench_gathering [--passages 100000] [--claims 50] [--keep FOLDER]
env:   ELASTICSEARCH_URL, else only the embedded engine is measured; ``--keep`` fills the folder once and then
       uses it again; the index of the server is dropped at the end.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

#: Seconds by the clock and of the processor.
Taken = tuple[float, float]
MEASURED = ("query", "retrieve", "weigh", "gather, unread", "gather, cold", "gather, warm")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--claims", type=int, default=50)
    parser.add_argument("--keep", type=Path, help="the folder of database and index, filled when it is empty")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        _set_up(folder)
        _measure(chosen.passages, chosen.claims)


def _set_up(folder: Path) -> None:
    """Let Django use a database and an embedded index of its own in ``folder``."""
    import django

    os.environ["FACTCHECK_VAR"] = str(folder)
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'bench.sqlite3'}"
    os.environ["SEARCH_INDEX_PREFIX"] = f"bench-{uuid.uuid4().hex[:12]}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    os.environ.setdefault("SECRET_KEY", uuid.uuid4().hex)
    django.setup()
    from django.core.management import call_command

    from claims.language.reading import load_readers

    call_command("migrate", verbosity=0)
    # As in a worker (factcheck.celery).
    load_readers()
    gc.set_threshold(50_000, 20, 50)


def _measure(passages: int, claims: int) -> None:
    from django.conf import settings

    from claims import search
    from claims.actions.rebuilding import rebuild_index

    server = settings.ELASTICSEARCH_URL
    settings.ELASTICSEARCH_URL = ""
    _take_in(passages)
    asked = _log_claims(claims)
    for engine in filter(None, ("embedded", server and "elasticsearch")):
        settings.ELASTICSEARCH_URL = server if engine == "elasticsearch" else ""
        search.reset_backend()
        started = time.perf_counter()
        if not _stands(passages):
            rebuilt = rebuild_index("passages", _tell, processes=os.cpu_count() or 1)
            print(f"\n{engine}: {rebuilt.rows:,} passages indexed in {time.perf_counter() - started:.0f} s")
        _print(engine, _times(asked))
    if server:
        _print("elasticsearch, stock multi_match over the texts", _stock_times(server, asked))
        search.get_backend().drop_everything()  # type: ignore[attr-defined]


def _take_in(passages: int) -> None:
    """Store reports until there are as many passages; what is indexed is indexed later, all at once."""
    from datetime import UTC, datetime
    from datetime import time as clock

    from django.db import transaction

    from claims.actions.documents import NewDocument, outlet_named, store_document
    from claims.models import Job, Passage
    from tests.benchmarks.newsroom_corpus import reports

    there = Passage.objects.count()
    outlets = [outlet_named(name=f"Outlet {n}", domain=f"outlet{n}.example.org") for n in range(90)]
    rng = random.Random(1)
    numbered = enumerate(reports(rng), start=1)
    while there < passages:
        # Five hundred in one transaction: how long taking in takes is not what is measured here.
        with transaction.atomic():
            for number, report in islice(numbered, 500):
                store_document(
                    NewDocument(
                        key=f"report-{number}",
                        outlet_id=outlets[number % len(outlets)].pk,
                        title=report.title,
                        text=report.text,
                        language=report.language,
                        published_at=datetime.combine(report.day, clock(12), UTC),
                    )
                )
            Job.objects.all().delete()
        there = Passage.objects.count()
        _tell(there, passages)


def _log_claims(count: int) -> list[Any]:
    from claims.models import Claim, Desk
    from tests.benchmarks.newsroom_corpus import claims

    desk = Desk.objects.create(name=f"Bench {uuid.uuid4().hex}")
    return [
        Claim.objects.create(desk=desk, text=each.text, language=each.language, made_on=each.day)
        for each in claims(random.Random(2), count)
    ]


def _stands(passages: int) -> bool:
    from claims import search
    from claims.search.base import IndexMissing

    try:
        return sum(1 for _ in search.get_backend().versions("passages")) >= passages
    except IndexMissing:
        return False


def _times(asked: list[Any]) -> dict[str, list[Taken]]:
    """Return seconds by what was measured; all caches that hold texts are emptied before the cold round."""
    from claims import search
    from claims.actions.evidence import gather_evidence, retrieve, weigh
    from claims.search.documents import read_claim
    from claims.search.retrieval import find_passages

    def gather(claim: Any) -> None:
        gather_evidence(claim.pk, lambda done, steps, note: None)

    warm_up, measured = asked[:5], asked[5:]
    for claim in warm_up:
        gather(claim)
    found: dict[str, list[Taken]] = {name: [] for name in MEASURED}
    for claim in measured:
        _forget()
        _lose_readings(claim)
        found["gather, unread"].append(_seconds(lambda: gather(claim)))  # noqa: B023
        _forget()
        found["gather, cold"].append(_seconds(lambda: gather(claim)))  # noqa: B023
        found["gather, warm"].append(_seconds(lambda: gather(claim)))  # noqa: B023
        _forget()
        reading = read_claim(claim)
        found["query"].append(_seconds(lambda: find_passages(search.get_backend(), reading)))  # noqa: B023
        passages: list[Any] = []
        found["retrieve"].append(_seconds(lambda: passages.extend(retrieve(claim))))  # noqa: B023
        found["weigh"].append(_seconds(lambda: weigh(claim, passages)))  # noqa: B023
    return found


def _forget() -> None:
    """Empty what this process remembers of texts: readings and profiles, not the words of a language."""
    from claims.corroboration import profile
    from claims.language import reading
    from claims.search import kept_readings

    reading._read_once.cache_clear()
    kept_readings._unpacked.cache_clear()
    profile._profiles.clear()


def _lose_readings(claim: Any) -> None:
    """Drop what is kept of the texts that the claim finds: as good as kept by other readers."""
    from claims.actions.evidence import retrieve
    from claims.models import DocumentReading, PassageReading

    passages = [passage for passage, _score in retrieve(claim)]
    PassageReading.objects.filter(passage__in=passages).delete()
    DocumentReading.objects.filter(document__in={passage.document_id for passage in passages}).delete()


def _stock_times(url: str, asked: list[Any]) -> dict[str, list[Taken]]:
    """Index the same texts as Elasticsearch does by default and ask as its manual does first."""
    from elasticsearch import Elasticsearch, helpers

    from claims.models import Passage

    client = Elasticsearch(url, request_timeout=120)
    index = f"bench-stock-{uuid.uuid4().hex[:12]}"
    try:
        rows = Passage.objects.values_list("pk", "text", "document__title").iterator(chunk_size=5_000)
        actions: Iterator[dict[str, Any]] = (
            {"_index": index, "_id": str(pk), "title": title, "text": text} for pk, text, title in rows
        )
        helpers.bulk(client, actions, chunk_size=2_000)
        client.indices.refresh(index=index)

        def ask(claim: Any) -> None:
            question = {"multi_match": {"query": claim.text, "fields": ["title", "text"]}}
            client.search(index=index, query=question, size=160)

        for claim in asked[:5]:
            ask(claim)
        return {"query": [_seconds(lambda: ask(claim)) for claim in asked[5:]]}  # noqa: B023
    finally:
        client.indices.delete(index=index, ignore_unavailable=True)
        client.close()


def _print(engine: str, times: dict[str, list[Taken]]) -> None:
    print(f"\n{engine}")
    for name, taken in times.items():
        told = [
            f"{what} p50 {_at(ordered, 0.5):7.1f}  p95 {_at(ordered, 0.95):7.1f}  max {ordered[-1]:7.1f} ms"
            for what, ordered in (
                ("clock", sorted(each[0] * 1000 for each in taken)),
                ("processor", sorted(each[1] * 1000 for each in taken)),
            )
        ]
        print(f"  {name:<14} {'   '.join(told)}")
    sys.stdout.flush()


def _tell(done: int, everything: int) -> None:
    print(f"\r{done:,} of {everything:,} ", end="", file=sys.stderr, flush=True)


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _seconds(work: Callable[[], object]) -> Taken:
    """Return the clock's seconds and those of this process's processor, which other processes do not stretch."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


if __name__ == "__main__":
    main()
