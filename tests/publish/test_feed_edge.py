"""The edge in front of the framework says what the framework would say, and nothing older."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connections
from django.utils import timezone

from claims.feeds import edge as edge_module
from claims.feeds import files
from claims.feeds.edge import FeedEdge
from claims.feeds.shelf import Shelf
from tests.newsroom import Newsroom
from tests.servers import wait_until
from tests.together import PATIENCE, at_once
from tests.wsgi import Answer, ask

ADDRESSES = [
    "/feeds/rss.xml",
    "/feeds/atom.xml?language=en",
    "/feeds/feed.json",
    "/feeds/datafeed-changes.json",
]
#: What the framework tells of every page besides, by the visitor's language.
_PAGES = {"vary", "content-length"}


class Counted:
    """The framework, with a count of what reached it."""

    def __init__(self) -> None:
        self.framework = get_wsgi_application()
        self.requests = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.requests += 1
        return self.framework(environ, start_response)


@pytest.fixture
def framework(newsroom: Newsroom) -> Counted:
    newsroom.published()
    return Counted()


@pytest.fixture
def edge(framework: Counted) -> FeedEdge:
    return FeedEdge(framework)


def _told(answer: Answer, method: str) -> tuple[int, dict[str, str], bytes]:
    headers = {name: value for name, value in answer.headers.items() if name not in _PAGES}
    # Behind the framework it is the server that sends no body to a HEAD.
    return answer.status, headers, b"" if method == "HEAD" else answer.body


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("accepted", ["", "gzip"])
def test_the_edge_answers_every_condition_as_the_framework_does(
    framework: Counted, edge: FeedEdge, address: str, method: str, accepted: str
) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        first = ask(edge, address, accept_encoding=accepted)
        date = first.headers.get("last-modified", "")
        for conditions in (
            {},
            {"if_none_match": first.headers["etag"]},
            {"if_none_match": f'W/{first.headers["etag"]}, "x"'},
            {"if_none_match": '"x"', "if_modified_since": date},
            {"if_modified_since": date},
            {"if_modified_since": "never"},
        ):
            asked = {"method": method, "accept_encoding": accepted, **conditions}
            passed = framework.requests
            by_edge = ask(edge, address, **asked)
            assert framework.requests == passed, "the edge knew the answer"
            assert by_edge.body == b"" or method == "GET"
            assert _told(by_edge, method) == _told(ask(framework, address, **asked), method), conditions
            assert by_edge.headers["vary"] == "Accept-Encoding"


def test_what_the_framework_says_of_safety_stands_in_the_edges_answers(edge: FeedEdge) -> None:
    ask(edge, ADDRESSES[0])
    headers = ask(edge, ADDRESSES[0]).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "default-src 'self'" in headers["content-security-policy"]


def test_the_edge_tells_of_a_publication_at_the_next_request(newsroom: Newsroom, edge: FeedEdge) -> None:
    for address in ADDRESSES:
        ask(edge, address)
    entry = newsroom.published().snapshot["entry_id"]
    for address in ADDRESSES:
        assert entry in ask(edge, address).content.decode(), address


def test_what_is_no_feed_or_no_answer_is_the_frameworks(framework: Counted, edge: FeedEdge) -> None:
    for address, status in (
        ("/feeds/rss.xml?lang=en", 400),
        ("/feeds/rss.xml?topic=unheard-of", 404),
        ("/feeds/none.xml", 404),
        ("/feeds/history.json", 200),
        ("/healthz", 200),
    ):
        for _ in range(2):
            passed = framework.requests
            assert ask(edge, address).status == status
            assert framework.requests == passed + 1
    assert ask(edge, ADDRESSES[0], method="POST").status in (403, 405)


def test_a_foreign_host_is_refused_and_gets_no_kept_answer(edge: FeedEdge) -> None:
    assert ask(edge, ADDRESSES[0]).status == 200
    assert ask(edge, ADDRESSES[0], host="evil.example.net").status == 400


def test_the_edge_keeps_no_feed_beyond_the_end_of_an_embargo(newsroom: Newsroom, edge: FeedEdge) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        verdict = newsroom.approved()
        newsroom.scheduled(verdict, publish_at=now + timedelta(seconds=75))
        ages = []
        for _ in range(9):
            ages.append(int(ask(edge, ADDRESSES[0]).headers["cache-control"].rpartition("=")[2]))
            clock.shift(10)
    assert ages == [60, 60, 55, 45, 35, 25, 15, 5, 0]


def test_what_lies_ready_gains_its_date_when_the_newest_event_has_settled(
    newsroom: Newsroom, framework: Counted, edge: FeedEdge
) -> None:
    event = newsroom.published().publication.event_at
    assert event is not None
    with time_machine.travel(event + timedelta(seconds=2), tick=False) as clock:
        etag = ask(edge, ADDRESSES[0]).headers["etag"]
        for seconds, is_dated in ((2, False), (5, False), (10, True), (11, True)):
            clock.move_to(event + timedelta(seconds=seconds))
            for conditions in ({}, {"if_none_match": etag}):
                passed = framework.requests
                by_edge = ask(edge, ADDRESSES[0], **conditions)
                assert framework.requests == passed, "the edge knew the answer"
                assert ("last-modified" in by_edge.headers) is is_dated, (seconds, conditions)
                assert _told(by_edge, "GET") == _told(ask(framework, ADDRESSES[0], **conditions), "GET")


def test_without_its_database_the_edge_leaves_the_answer_to_the_framework(
    framework: Counted, edge: FeedEdge, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(edge, ADDRESSES[0])

    def away() -> str:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(edge_module, "history_mark", away)
    monkeypatch.setattr(connections["default"], "close", lambda: None)
    passed = framework.requests
    assert ask(edge, ADDRESSES[0]).status == 200
    assert framework.requests == passed + 1


# --- What processes share -----------------------------------------------------------------------------


def test_whoever_hangs_while_rendering_stops_nobody_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = time.monotonic()
    with files.alone(tmp_path / "lock"):
        monkeypatch.setattr(files, "LONGEST_WAIT", 0.3)
        with files.alone(tmp_path / "lock"):
            assert time.monotonic() - began >= 0.3
    monkeypatch.setattr(files, "LONGEST_WAIT", 60.0)
    with files.alone(tmp_path / "lock"):
        assert time.monotonic() - began < 60, "a lock that was left is free"


def test_where_nothing_can_be_written_feeds_are_answered_all_the_same(
    edge: FeedEdge, var_folder: Path, settings: Any
) -> None:
    settings.VAR_DIR = var_folder / "a file"
    settings.VAR_DIR.write_text("no folder")
    assert [ask(edge, address).status for address in ADDRESSES] == [200] * len(ADDRESSES)


def test_only_the_bodies_that_were_used_last_stay_as_files(tmp_path: Path) -> None:
    for age, name in ((300, "oldest"), (200, "older"), (100, "newer"), (2 * files.LEFT_FOR, "left")):
        files.keep(tmp_path / name, name.encode())
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    assert files.read(tmp_path / "oldest") == b"oldest"
    files.sweep(tmp_path, most=2)
    assert {file.name for file in tmp_path.iterdir()} == {"oldest", "newer"}


# --- The shelf ----------------------------------------------------------------------------------------


def test_whoever_asks_while_a_thing_is_made_gets_that_one() -> None:
    shelf: Shelf[str, object] = Shelf(2)
    made = []

    def make() -> object:
        time.sleep(0.2)
        made.append(object())
        return made[-1]

    outcomes = at_once(*[lambda: shelf.take("a", make)] * 16)
    assert len(made) == 1
    assert outcomes == made * 16


def test_a_failure_is_everybodys_and_the_next_one_tries_again() -> None:
    shelf: Shelf[str, str] = Shelf(2)
    asked: list[int] = []
    failures: list[ValueError] = []

    def fail() -> str:
        wait_until(lambda: len(asked) == 8, seconds=PATIENCE, what="all have asked")
        time.sleep(0.2)
        failures.append(ValueError("no rows"))
        raise failures[-1]

    def ask_for_it() -> str:
        asked.append(1)
        return shelf.take("a", fail)

    assert at_once(*[ask_for_it] * 8) == failures * 8
    assert len(failures) == 1
    assert shelf.take("a", lambda: "made") == "made"


def test_the_shelf_keeps_what_was_used_last() -> None:
    shelf: Shelf[int, int] = Shelf(2)
    for key in (1, 2, 1, 3):
        shelf.take(key, lambda key=key: key)  # type: ignore[misc]
    assert [shelf.find(key) for key in (1, 2, 3)] == [1, None, 3]
