"""A live blog on a real local server: it grows, edits and deletes its posts while a test runs."""

from __future__ import annotations

import hashlib
import html
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from claims.actions import article_fetching, cited_watch, feeds
from claims.ingest.robots import RobotsRules
from tests.ingest.servers import Server, page, serving


@dataclass
class LivePage:
    """What the server says now. ``posts`` are (moment, words), newest first, as blogs print them.

    ``status`` other than 200 is answered instead of the page; ``robots`` is its robots.txt, None for none.
    """

    title: str = "Strike at the port"
    language: str = "en"
    posts: list[tuple[datetime, str]] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    status: str = "200 OK"
    headers: tuple[str, ...] = ()
    robots: str | None = None
    place: str = ""
    server: Server | None = None

    @property
    def url(self) -> str:
        return f"http://{self.place}/live"

    def looks(self) -> list[str]:
        """The heads of the requests for the page itself."""
        assert self.server is not None
        return [head for head in self.server.heads if "/robots.txt" not in head.split("\r\n", 1)[0]]

    def post(self, words: str, *, minutes_ago: float = 0) -> None:
        moment = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=minutes_ago)
        self.posts.insert(0, (moment, words))

    def edit(self, old: str, new: str) -> None:
        self.posts = [(moment, words.replace(old, new)) for moment, words in self.posts]
        self.paragraphs = [words.replace(old, new) for words in self.paragraphs]

    def delete(self, words: str) -> None:
        self.posts = [post for post in self.posts if words not in post[1]]
        self.paragraphs = [paragraph for paragraph in self.paragraphs if words not in paragraph]

    def markup(self) -> str:
        published = (self.posts[-1][0] if self.posts else datetime(2026, 3, 4, 9, tzinfo=UTC)).isoformat()
        posts = "".join(
            f'<section><time datetime="{moment.isoformat()}">{moment:%H:%M}</time>'
            f"<p>{html.escape(words)}</p></section>"
            for moment, words in self.posts
        )
        body = posts + "".join(f"<p>{html.escape(words)}</p>" for words in self.paragraphs)
        return (
            f'<!doctype html><html lang="{self.language}"><head><title>{self.title}</title>'
            f'<meta property="article:published_time" content="{published}"></head>'
            f"<body><article><h1>{self.title}</h1>{body}</article></body></html>"
        )

    def answer(self, connection: socket.socket, head: str) -> None:
        if head.startswith("GET /robots.txt"):
            rules = page(
                (self.robots or "").encode(), status="404 Not Found" if self.robots is None else "200 OK"
            )
            connection.sendall(rules)
            return
        body = self.markup().encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if not self.status.startswith("200"):
            connection.sendall(page(b"No.", *self.headers, status=self.status))
        elif f"if-none-match: {etag}" in head.lower():
            connection.sendall(f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode())
        else:
            kind = "Content-Type: text/html; charset=utf-8"
            connection.sendall(page(body, kind, f"ETag: {etag}", *self.headers))


@contextmanager
def live_page(settings: object, **options: object) -> Iterator[LivePage]:
    """Serve a page that may be fetched although it is local, and whose robots.txt nobody has read yet."""
    live = LivePage(**options)  # type: ignore[arg-type]
    with ExitStack() as open_now:
        server = open_now.enter_context(serving(live.answer))
        # A port that another test's server had may be given out again.
        for fetching in (article_fetching, cited_watch, feeds):
            open_now.enter_context(patch.object(fetching, "_robots", RobotsRules()))
        live.place, live.server = server.place, server
        settings.FETCH_ALLOWED_HOSTS = [server.place]  # type: ignore[attr-defined]
        yield live
