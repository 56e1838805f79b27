"""Polling a feed on a real local server: what it finds decides when it is polled again."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone
from pytest_django import Settings

from claims.actions import feeds
from claims.actions.feeds import poll_source
from claims.ingest.robots import RobotsRules
from claims.models import Document, Job, Outlet, Source
from tests.ingest.servers import Server, page, serving
from tests.live_pages import live_page
from tests.newsroom import Newsroom

pytestmark = pytest.mark.django_db

GATES = ("gates", "Harbour gates opened", "The gates of the harbour opened at six in the morning.")
TUGS = ("tugs", "Tugs enter the harbour", "Four tugs entered the harbour before noon.")


@dataclass
class LiveFeed:
    """An Atom feed on a real local server. ``entries`` are (path, title, summary); ``note`` is a comment in the
    markup, so that other bytes can say the same. ``statuses`` are its answers so far."""

    entries: list[tuple[str, str, str]] = field(default_factory=list)
    note: str = ""
    statuses: list[int] = field(default_factory=list)
    server: Server | None = None

    def address(self, path: str = "feed") -> str:
        assert self.server is not None
        return self.server.url(f"/{path}")

    def answer(self, connection: socket.socket, head: str) -> None:
        if head.startswith("GET /robots.txt"):
            connection.sendall(page(b"", status="404 Not Found"))
            return
        body = self.markup().encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        is_known = f"if-none-match: {etag}" in head.lower()
        self.statuses.append(304 if is_known else 200)
        if is_known:
            connection.sendall(f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode())
        else:
            connection.sendall(page(body, "Content-Type: application/atom+xml", f"ETag: {etag}"))

    def markup(self) -> str:
        entries = "".join(
            f"<entry><id>urn:{path}</id><title>{title}</title><summary>{summary}</summary>"
            f'<link href="{self.address(path)}?b=2&amp;a=1"/><published>2026-03-04T06:00:00Z</published></entry>'
            for path, title, summary in self.entries
        )
        return (
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Port</title>{entries}</feed><!--{self.note}-->'
        )


@contextmanager
def live_feed(settings: Settings, *entries: tuple[str, str, str]) -> Iterator[tuple[LiveFeed, Source]]:
    """Serve a feed that may be fetched although it is local, and register it with 900 seconds between polls."""
    live = LiveFeed(list(entries))
    outlet = Outlet.objects.create(name="Harbour Post", language="en")
    with serving(live.answer) as live.server, patch.object(feeds, "_robots", RobotsRules()):
        settings.FETCH_ALLOWED_HOSTS = [live.server.place]
        yield live, Source.objects.create(feed_url=live.address(), outlet=outlet, interval=900)


def polled(source: Source) -> Source:
    poll_source(source.pk)
    source.refresh_from_db()
    assert (source.failures, source.last_error) == (0, "")
    return source


def pause(source: Source) -> timedelta:
    assert source.next_poll_at is not None
    assert source.polled_at is not None
    return source.next_poll_at - source.polled_at


def test_what_a_feed_holds_becomes_documents_whose_pages_are_to_be_fetched(
    settings: Settings,
) -> None:
    with live_feed(settings, GATES, TUGS) as (live, source):
        polled(source)
    found = list(Document.objects.order_by("title"))
    assert [document.title for document in found] == [GATES[1], TUGS[1]]
    gates = found[0]
    assert (gates.source, gates.outlet, gates.language) == (source, source.outlet, "en")
    assert GATES[2] in gates.text
    assert gates.passages.filter(text__contains="at six in the morning").exists()
    assert gates.url == f"{live.address('gates')}?b=2&a=1"
    assert gates.published_at == datetime(2026, 3, 4, 6, tzinfo=UTC)
    to_fetch = Job.objects.filter(kind="fetch_document").values_list("subject", flat=True)
    assert set(to_fetch) == {document.pk for document in found}


def test_news_brings_the_next_poll_forward_and_silence_puts_it_off(settings: Settings) -> None:
    with live_feed(settings, GATES) as (live, source):
        assert polled(source).interval == 450
        assert timedelta(seconds=400) < pause(source) < timedelta(seconds=500)
        # The server says that nothing changed.
        assert polled(source).interval == 675
        assert timedelta(seconds=600) < pause(source) < timedelta(seconds=750)
        # Other bytes, the same entries.
        live.note = "rebuilt at noon"
        assert polled(source).interval == 1012.5
        live.entries.insert(0, TUGS)
        assert polled(source).interval == 506.25
    assert live.statuses == [200, 304, 200, 200]
    assert Document.objects.count() == 2


def test_a_feed_that_failed_and_answers_again_is_forgiven(settings: Settings) -> None:
    with live_feed(settings, GATES) as (_live, source):
        Source.objects.update(failures=3, last_error="The site took too long to answer.")
        assert polled(source).interval == 450


def test_a_page_that_is_no_feed_counts_as_a_failure_and_is_left_in_peace_for_longer(
    newsroom: Newsroom, settings: Settings
) -> None:
    outlet = Outlet.objects.create(name="Harbour Post", language="en")
    with live_page(settings, paragraphs=["The gates of the harbour opened at six in the morning."]) as page:
        source = Source.objects.create(feed_url=page.url, outlet=outlet, interval=900)
        poll_source(source.pk)
    source.refresh_from_db()
    assert (source.failures, source.interval) == (1, 900)
    assert "RSS" in source.last_error
    assert source.next_poll_at is not None
    pause = source.next_poll_at - timezone.now()
    assert timedelta(seconds=1500) < pause < timedelta(seconds=2000)
    assert not Document.objects.exists()
