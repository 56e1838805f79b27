"""The embedded search engine: tantivy indices in a folder, for installations without Elasticsearch.

Several processes may write: each batch takes the file lock, opens the index, looks up the versions held,
writes, commits and lets go, so nothing stays open that a kill could leave locked. Readers notice a commit
by the changed ``meta.json`` and a switch of generations by the pointer file, at their next search.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import tantivy

from claims.search.base import (
    INDEX_KINDS,
    BulkOutcome,
    GenerationGone,
    IndexDocument,
    IndexKind,
    IndexMissing,
    Query,
    SearchResult,
    SearchUnavailable,
)
from claims.search.embedded_generations import Generations
from claims.search.embedded_index import (
    best_hits,
    create_index,
    forget_ids,
    live_versions,
    open_index,
    write_batch,
)
from claims.search.preparation import prepare_documents


class EmbeddedBackend:
    """``SearchBackend`` on tantivy. ``folder`` is created at need and may be shared by processes."""

    name = "embedded"

    def __init__(self, folder: Path, *, lock_timeout_s: float = 30.0) -> None:
        self._generations = {
            kind: Generations(folder / kind, lock_timeout_s=lock_timeout_s) for kind in INDEX_KINDS
        }
        self._readers: dict[IndexKind, _Reader] = {}
        self._readers_lock = Lock()

    @contextmanager
    def _writing(self, kind: IndexKind) -> Iterator[Generations]:
        """Hold the lock of a kind; a full disk or a damaged index comes out as ``SearchUnavailable``."""
        try:
            with self._generations[kind].locked():
                yield self._generations[kind]
        except (OSError, ValueError) as error:
            raise SearchUnavailable(f"the index of {kind} cannot be written: {error}") from error

    def ensure(self) -> None:
        for kind in INDEX_KINDS:
            with self._writing(kind) as generations:
                try:
                    generations.current()
                except IndexMissing:
                    generations.activate(generations.create(create_index))

    def write(
        self, kind: IndexKind, documents: Sequence[IndexDocument], *, generation: int | None = None
    ) -> BulkOutcome:
        prepared, rejected = prepare_documents(documents)
        with self._writing(kind) as generations:
            targets = generations.writable()
            if generation is not None:
                if generation not in targets:
                    raise GenerationGone(f"generation {generation} of {kind} was dropped")
                targets = [generation]
            written = [write_batch(generations.path(number), prepared) for number in targets]
        # The first target is the one that is read; how the items fared there is what counts.
        return BulkOutcome(written[0], len(prepared) - written[0], tuple(rejected))

    def forget(self, kind: IndexKind, ids: Sequence[str]) -> None:
        with self._writing(kind) as generations:
            for number in generations.writable():
                forget_ids(generations.path(number), ids)

    def refresh(self, kind: IndexKind) -> None:
        """Only check that there is an index: the next search sees every commit by itself."""
        self._generations[kind].current()

    def search(self, kind: IndexKind, query: Query, *, limit: int) -> SearchResult:
        started = time.perf_counter()
        hits = best_hits(self._searcher(kind), query, limit)
        return SearchResult(tuple(hits), (time.perf_counter() - started) * 1000)

    def versions(self, kind: IndexKind) -> Iterator[tuple[str, int]]:
        return live_versions(self._searcher(kind))

    def begin_generation(self, kind: IndexKind) -> int:
        with self._writing(kind) as generations:
            return generations.create(create_index)

    def activate_generation(self, kind: IndexKind, generation: int) -> None:
        with self._writing(kind) as generations:
            generations.activate(generation)

    def abandon_generation(self, kind: IndexKind, generation: int) -> None:
        with self._writing(kind) as generations:
            generations.abandon(generation)

    def generation(self, kind: IndexKind) -> int:
        return self._generations[kind].current()

    def _searcher(self, kind: IndexKind) -> tantivy.Searcher:
        """Return a view of the last commit of the current generation."""
        generations = self._generations[kind]
        for _ in range(10):
            number = generations.current()
            try:
                with self._readers_lock:
                    reader = self._readers.get(kind)
                    if reader is None or reader.number != number:
                        reader = self._readers[kind] = _Reader(number, generations.path(number))
                    return reader.searcher()
            except (OSError, ValueError):
                # The generation was dropped between reading the pointer and opening its files.
                time.sleep(0.01)
        raise SearchUnavailable(f"the index of {kind} cannot be opened")


class _Reader:
    """One opened generation, reloaded when its ``meta.json`` is another file than last time."""

    def __init__(self, number: int, path: Path) -> None:
        self.number = number
        self._meta = path / "meta.json"
        self._seen = self._signature()
        self._index = open_index(path)

    def searcher(self) -> tantivy.Searcher:
        signature = self._signature()
        if signature != self._seen:
            self._index.reload()
            self._seen = signature
        return self._index.searcher()

    def _signature(self) -> tuple[int, int, int]:
        meta = self._meta.stat()
        return meta.st_ino, meta.st_mtime_ns, meta.st_size
