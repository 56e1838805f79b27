"""The Elasticsearch engine: external versions, and no answer that is only a part.

Deletions are kept as tombstone documents, so that an older version that arrives late cannot bring a
deleted passage back, however late it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from claims.rules.breaker import Breaker
from claims.search.base import (
    INDEX_KINDS,
    BulkOutcome,
    GenerationGone,
    Hit,
    IndexDocument,
    IndexKind,
    IndexMissing,
    Query,
    SearchResult,
    SearchUnavailable,
)
from claims.search.elasticsearch_bulk import ItemStatus, TargetGone, count_outcome, write_in_bulk
from claims.search.elasticsearch_server import Answer, Server
from claims.search.indices import Indices
from claims.search.preparation import PreparedDocument, filter_groups, heaviest_tokens, prepare_documents

#: Elasticsearch returns no hit beyond this rank.
_MOST_HITS = 10_000
_PAGE = 5_000


class ElasticsearchBackend:
    """``SearchBackend`` on a server. ``url`` may carry credentials; all names begin with ``prefix``."""

    name = "elasticsearch"

    def __init__(
        self,
        url: str,
        *,
        prefix: str,
        search_timeout_s: float = 5.0,
        write_timeout_s: float = 30.0,
        breaker: Breaker | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._server = Server(
            url,
            search_timeout_s=search_timeout_s,
            write_timeout_s=write_timeout_s,
            breaker=breaker or Breaker(),
        )
        self._search_timeout = f"{int(search_timeout_s * 1000)}ms"
        self._pause = pause
        self._indices = {kind: Indices(self._server, prefix, kind) for kind in INDEX_KINDS}

    def ensure(self) -> None:
        for indices in self._indices.values():
            try:
                indices.current()
            except IndexMissing:
                indices.activate(indices.create())

    def write(
        self, kind: IndexKind, documents: Sequence[IndexDocument], *, generation: int | None = None
    ) -> BulkOutcome:
        prepared, rejected = prepare_documents(documents)
        if generation is not None:
            try:
                return count_outcome([self._write_into(kind, generation, prepared)], rejected)
            except TargetGone as error:
                raise GenerationGone(f"generation {generation} of {kind} was dropped") from error
        done: dict[int, list[ItemStatus]] = {}
        for _ in range(5):
            targets = self._indices[kind].writable()
            try:
                for number in targets:
                    if number not in done:
                        done[number] = self._write_into(kind, number, prepared)
            except TargetGone:
                # A generation was switched or abandoned meanwhile: look again where writes go to.
                continue
            return count_outcome([done[number] for number in targets], rejected)
        raise SearchUnavailable(f"the generations of {kind} change too fast to be written to")

    def forget(self, kind: IndexKind, ids: Sequence[str]) -> None:
        for number in self._indices[kind].writable():
            alias = self._indices[kind].write_alias(number)
            for start in range(0, len(ids), _PAGE):
                self._delete(alias, ids[start : start + _PAGE])
            # Elasticsearch drops the versions of deleted ids when it refreshes, by a clock that it
            # reads every 200 ms; before that an older version would still be refused.
            self._pause(0.5)
            self._refresh(alias)

    def refresh(self, kind: IndexKind) -> None:
        self._refresh(self._indices[kind].read_alias)

    def search(self, kind: IndexKind, query: Query, *, limit: int) -> SearchResult:
        started = time.perf_counter()
        wanted = _elasticsearch_query(query)
        hits: list[Hit] = []
        if wanted is not None and limit > 0:
            answer = self._server.ask_all_shards(
                lambda: self._server.reader.search(
                    index=self._indices[kind].read_alias,
                    query=wanted,
                    size=min(limit, _MOST_HITS),
                    sort=[{"_score": "desc"}, {"id": "asc"}],
                    source=False,
                    track_total_hits=False,
                    allow_partial_search_results=False,
                    timeout=self._search_timeout,
                )
            )
            hits = [Hit(hit["_id"], round(hit["_score"], 4)) for hit in answer["hits"]["hits"]]
        # Scores that differ only by how a machine rounds are ties, here as in the embedded engine.
        hits.sort(key=lambda hit: (-hit.score, hit.id))
        return SearchResult(tuple(hits), (time.perf_counter() - started) * 1000)

    def versions(self, kind: IndexKind) -> Iterator[tuple[str, int]]:
        self.refresh(kind)
        opened = self._server.ask(
            lambda: self._server.writer.open_point_in_time(
                index=self._indices[kind].read_alias, keep_alive="2m", allow_partial_search_results=False
            )
        )
        try:
            after: str | None = None
            while page := self._page_of_versions(opened["id"], after):
                yield from page
                after = page[-1][0]
        finally:
            self._server.ask(lambda: self._server.writer.close_point_in_time(id=opened["id"]))

    def begin_generation(self, kind: IndexKind) -> int:
        return self._indices[kind].create()

    def activate_generation(self, kind: IndexKind, generation: int) -> None:
        self._indices[kind].activate(generation)

    def abandon_generation(self, kind: IndexKind, generation: int) -> None:
        self._indices[kind].abandon(generation)

    def generation(self, kind: IndexKind) -> int:
        return self._indices[kind].current()

    def drop_everything(self) -> None:
        """Delete all indices under this prefix; for backends that are thrown away."""
        for indices in self._indices.values():
            indices.drop_all()

    def _write_into(
        self, kind: IndexKind, generation: int, documents: Sequence[PreparedDocument]
    ) -> list[ItemStatus]:
        alias = self._indices[kind].write_alias(generation)

        def send(lines: Sequence[str]) -> Answer:
            return self._server.ask(
                lambda: self._server.writer.bulk(
                    index=alias,
                    body=lines,  # type: ignore[arg-type]  # Lines that are JSON already are taken too.
                    require_alias=True,
                    filter_path=["items.*.status", "items.*.error"],
                )
            )

        return write_in_bulk(documents, send=send, pause=self._pause)

    def _delete(self, alias: str, ids: Sequence[str]) -> None:
        operations = [{"delete": {"_id": doomed}} for doomed in ids]
        answer = self._server.ask(
            lambda: self._server.writer.bulk(index=alias, operations=operations, require_alias=True)
        )
        failed = [item for item in answer["items"] if item["delete"]["status"] not in (200, 404)]
        if failed:
            raise SearchUnavailable(f"{len(failed)} of {len(ids)} ids could not be forgotten")

    def _refresh(self, alias: str) -> None:
        self._server.ask(lambda: self._server.writer.indices.refresh(index=alias))

    def _page_of_versions(self, point_in_time: str, after: str | None) -> list[tuple[str, int]]:
        answer = self._server.ask_all_shards(
            lambda: self._server.writer.search(
                pit={"id": point_in_time, "keep_alive": "2m"},
                query={"bool": {"must_not": {"term": {"deleted": True}}}},
                size=_PAGE,
                sort=[{"id": "asc"}],
                search_after=None if after is None else [after],
                version=True,
                source=False,
                track_total_hits=False,
            )
        )
        return [(hit["_id"], hit["_version"]) for hit in answer["hits"]["hits"]]


def _elasticsearch_query(query: Query) -> dict[str, Any] | None:
    """Return the query, or None where nothing can match it."""
    tokens = heaviest_tokens(query)
    groups = filter_groups(query.filters)
    if not tokens or not all(groups):
        return None
    return {
        "bool": {
            "should": [
                {"term": {token.field: {"value": token.token, "boost": token.weight}}} for token in tokens
            ],
            "minimum_should_match": 1,
            "filter": [{"terms": {"filters": group}} for group in groups],
            "must_not": [{"terms": {"filters": group}} for group in filter_groups(query.excluded) if group],
        }
    }
