"""What the Elasticsearch engine makes of a server that fails, against a real local HTTP server."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from claims.rules.breaker import Breaker
from claims.search.base import IndexMissing, SearchUnavailable
from claims.search.elasticsearch import ElasticsearchBackend
from tests.search.documents import asking, passage

#: Answers one request: (path, lines of the body) → (status, JSON).
Reply = Callable[[str, list[Any]], tuple[int, Any]]


class FaultyServer(ThreadingHTTPServer):
    """Speaks just enough of the protocol: one current generation, and whatever the test replies."""

    reply: Reply
    asked: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Exchange(BaseHTTPRequestHandler):
    server: FaultyServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(200, {"test-passages-000001": {"aliases": {"test-passages": {}}}})

    def do_POST(self) -> None:
        self._reply()

    def do_PUT(self) -> None:
        self._reply()

    def _reply(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.server.asked.append(self.path)
        self._answer(*self.server.reply(self.path, [json.loads(line) for line in body.splitlines()]))

    def _answer(self, status: int, answer: Any) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        # The client refuses to talk to anything that does not call itself Elasticsearch.
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        # A client that has run out of patience is gone by now.
        with suppress(ConnectionError):
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output clean."""


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    faulty = FaultyServer(("127.0.0.1", 0), _Exchange)
    faulty.asked = []
    faulty.daemon_threads = True
    thread = threading.Thread(target=faulty.serve_forever)
    thread.start()
    yield faulty
    faulty.shutdown()
    thread.join()
    faulty.server_close()


def engine(server: FaultyServer, **options: Any) -> ElasticsearchBackend:
    return ElasticsearchBackend(server.url, prefix="test", **options)


def test_items_without_room_are_sent_again_and_broken_ones_set_aside_with_the_reason(
    server: FaultyServer,
) -> None:
    """S4: 30 % of the items answer 429 the first time, 1 % answer 400 for good."""
    seen: Counter[str] = Counter()
    pauses: list[float] = []

    def reply(path: str, lines: list[Any]) -> tuple[int, Any]:
        items = []
        for action in lines[::2]:
            id = action["index"]["_id"]
            seen[id] += 1
            if int(id) % 100 == 7:
                items.append(_failed(400, "document_parsing_exception", "no such field"))
            elif int(id) % 10 < 3 and seen[id] == 1:
                items.append(_failed(429, "es_rejected_execution_exception", "queue full"))
            else:
                items.append({"index": {"status": 201}})
        return 200, {"errors": True, "items": items}

    server.reply = reply
    outcome = engine(server, pause=pauses.append).write(
        "passages", [passage(str(number), 1, "river") for number in range(1_000)]
    )
    assert (outcome.written, outcome.stale) == (990, 0)
    assert [item.id for item in outcome.rejected] == [str(number) for number in range(7, 1_000, 100)]
    assert all("no such field" in item.reason and not item.retryable for item in outcome.rejected)
    assert {seen[str(number)] for number in range(1_000) if number % 10 < 3} == {2}
    assert {seen[str(number)] for number in range(1_000) if number % 10 >= 3} == {1}
    assert len(pauses) == 1


def test_items_that_never_find_room_are_given_back_as_retryable(server: FaultyServer) -> None:
    server.reply = lambda path, lines: (
        200,
        {"items": [_failed(429, "es_rejected_execution_exception", "queue full")] * (len(lines) // 2)},
    )
    pauses: list[float] = []
    outcome = engine(server, pause=pauses.append).write("passages", [passage("1", 1), passage("2", 1)])
    assert outcome.written == 0
    assert [(item.id, item.retryable) for item in outcome.rejected] == [("1", True), ("2", True)]
    assert "queue full" in outcome.rejected[0].reason
    assert len(pauses) == 3
    assert pauses == sorted(pauses)


def test_a_conflict_is_stale_and_no_error(server: FaultyServer) -> None:
    server.reply = lambda path, lines: (
        200,
        {"items": [_failed(409, "version_conflict_engine_exception", "")]},
    )
    outcome = engine(server).write("passages", [passage("1", 1)])
    assert (outcome.written, outcome.stale, outcome.rejected) == (0, 1, ())


def test_an_answer_that_leaves_items_out_is_not_taken_for_success(server: FaultyServer) -> None:
    server.reply = lambda path, lines: (200, {"items": [{"index": {"status": 201}}]})
    with pytest.raises(SearchUnavailable, match="every item"):
        engine(server).write("passages", [passage("1", 1), passage("2", 1)])


@pytest.mark.parametrize(
    "answer",
    [
        {"timed_out": True, "_shards": {"failed": 0}, "hits": {"hits": []}},
        {"timed_out": False, "_shards": {"failed": 1}, "hits": {"hits": []}},
    ],
)
def test_an_answer_in_part_is_no_answer(server: FaultyServer, answer: Any) -> None:
    server.reply = lambda path, lines: (200, answer)
    with pytest.raises(SearchUnavailable, match="in part"):
        engine(server).search("passages", asking("river"), limit=5)
    assert "allow_partial_search_results=false" in server.asked[0]


@pytest.mark.parametrize(
    ("status", "error"), [(404, IndexMissing), (503, SearchUnavailable), (400, SearchUnavailable)]
)
def test_a_refused_search_is_unavailable(
    server: FaultyServer, status: int, error: type[SearchUnavailable]
) -> None:
    server.reply = lambda path, lines: (status, {"error": {"type": "x", "reason": "y"}, "status": status})
    with pytest.raises(error):
        engine(server).search("passages", asking("river"), limit=5)


def test_a_server_that_does_not_answer_costs_no_more_than_the_deadline_and_then_nothing(
    server: FaultyServer,
) -> None:
    answered = threading.Event()

    def reply(path: str, lines: list[Any]) -> tuple[int, Any]:
        answered.wait(60)
        return 200, {}

    server.reply = reply
    slow = engine(server, search_timeout_s=0.3, breaker=Breaker(failures=2, pause_s=60))
    for _ in range(2):
        started = time.monotonic()
        with pytest.raises(SearchUnavailable):
            slow.search("passages", asking("river"), limit=5)
        assert 0.2 < time.monotonic() - started < 20
    with pytest.raises(SearchUnavailable, match="several times"):
        slow.search("passages", asking("river"), limit=5)
    assert len(server.asked) == 2
    answered.set()


def test_no_server_at_all_is_unavailable() -> None:
    absent = ElasticsearchBackend("http://127.0.0.1:9", prefix="test")
    with pytest.raises(SearchUnavailable):
        absent.search("passages", asking("river"), limit=5)
    with pytest.raises(SearchUnavailable):
        absent.write("passages", [passage("1", 1)])


@pytest.mark.parametrize("prefix", ["", "Upper", "-dash", "with*star", "with,comma", "a" * 200])
def test_a_prefix_that_could_name_other_indices_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        ElasticsearchBackend("http://127.0.0.1:9", prefix=prefix)


def _failed(status: int, type: str, reason: str) -> dict[str, Any]:
    return {"index": {"status": status, "error": {"type": type, "reason": reason}}}
