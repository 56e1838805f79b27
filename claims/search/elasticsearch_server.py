"""One Elasticsearch server as it is asked: with deadlines, a breaker, and no answer in part.

Every failure, of the network or of the server, comes out as ``SearchUnavailable``, so that no caller
needs to know the client's exceptions. Nothing is retried here: a request that a person waits for must
not take a multiple of its deadline, and jobs have retries of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from elastic_transport import ObjectApiResponse, TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from claims.rules.breaker import Breaker
from claims.search.base import IndexMissing, SearchUnavailable

Answer = dict[str, Any]


class Server:
    """``reader`` and ``writer`` are clients that differ in their deadlines; calls go through ``ask``."""

    def __init__(
        self, url: str, *, search_timeout_s: float, write_timeout_s: float, breaker: Breaker
    ) -> None:
        client = Elasticsearch(url, max_retries=0, retry_on_timeout=False)
        self.reader = client.options(request_timeout=search_timeout_s)
        self.writer = client.options(request_timeout=write_timeout_s)
        self._breaker = breaker

    def ask(self, call: Callable[[], ObjectApiResponse[Any]]) -> Answer:
        """Make one request and return its body. Raises ``SearchUnavailable``; ``IndexMissing`` for 404."""
        if not self._breaker.closed():
            raise SearchUnavailable("the search engine failed several times in a row; asking again soon")
        try:
            answer: Answer = call().body
        except NotFoundError as error:
            self._breaker.record(succeeded=True)
            raise IndexMissing(str(error)) from error
        except ApiError as error:
            self._breaker.record(succeeded=error.meta.status < 500 and error.meta.status != 429)
            raise SearchUnavailable(str(error)) from error
        except TransportError as error:
            self._breaker.record(succeeded=False)
            raise SearchUnavailable(str(error)) from error
        self._breaker.record(succeeded=True)
        return answer

    def ask_all_shards(self, call: Callable[[], ObjectApiResponse[Any]]) -> Answer:
        """Make one search and refuse an answer that ran out of time or lacks a shard."""
        answer = self.ask(call)
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise SearchUnavailable("the search engine answered only in part")
        return answer
