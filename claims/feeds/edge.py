"""Answers feeds in front of the framework, as long as nothing that they show has changed.

What a view answered is kept with the mark of the history that was read before it; while the mark stays, the
next request gets the same, by the same rules (``answers``), for one small query. So the edge is never older
than the database, on any number of workers, and needs no word from them. What it does not know it passes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from claims.feeds.answers import Asked, Kept, answer, same_until
from claims.feeds.shelf import Shelf
from claims.feeds.views import EDGE_KEY
from claims.selectors.feeds import history_mark

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_PLACE = "/feeds/"
#: What of a request decides about the answer beside its conditions.
_KEYS = ("PATH_INFO", "QUERY_STRING", "HTTP_HOST", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO")
#: Told anew in every answer, and so not kept.
_OWN = {
    "cache-control",
    "content-encoding",
    "content-language",
    "content-length",
    "content-type",
    "etag",
    "last-modified",
    "link",
    "vary",
    "access-control-allow-origin",
    "access-control-expose-headers",
}


@dataclass(frozen=True, slots=True)
class _Ready:
    """What is told of one form of a body (plain or packed) until the moment ``good_until``."""

    etag: str
    full: list[tuple[str, str]]
    unchanged: list[tuple[str, str]]
    body: bytes
    good_until: datetime


@dataclass(frozen=True, slots=True)
class _Known:
    """A view's answer: the mark before it, what it was made from, and what else the framework told."""

    mark: str
    kept: Kept
    until: datetime | None
    headers: tuple[tuple[str, str], ...]
    #: By whether it is packed; made at the first request for it.
    ready: dict[bool, _Ready] = field(default_factory=dict)


class FeedEdge:
    """A WSGI application around another one."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._known: Shelf[tuple[object, ...], _Known] = Shelf(64)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        is_feed = environ.get("PATH_INFO", "").startswith(_PLACE)
        if not is_feed or environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        mark = _mark()
        if mark is None:
            return self._application(environ, start_response)
        key = tuple(environ.get(name, "") for name in _KEYS)
        known = self._known.find(key)
        if known is not None and known.mark == mark:
            return _send(known, environ, start_response)
        return self._passed_on(key, mark, environ, start_response)

    def _passed_on(
        self, key: tuple[object, ...], mark: str, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Have the framework answer, and keep what it answered with if it was a feed's body."""

        def told(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            if status.startswith(("200", "304")) and EDGE_KEY in environ:
                kept, until = environ[EDGE_KEY]
                others = tuple((name, value) for name, value in headers if name.lower() not in _OWN)
                self._known.put(key, _Known(mark, kept, until, others))
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        return self._application(environ, told)


def _mark() -> str | None:
    """Return the mark of the history, None where the database does not answer: that is the framework's to say.

    The connection is not asked first whether it still works, which would be a second question at each request:
    one that broke is closed here, and the framework opens the next.
    """
    try:
        return history_mark()
    except (DatabaseError, InterfaceError):
        connection.close()
        return None


def _send(known: _Known, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Answer from what lies ready; what is rarely asked (dates, lists of tags) goes by the rules each time."""
    asked, now = Asked.of(environ), timezone.now()
    packed = asked.takes_gzip
    ready = known.ready.get(packed)
    if ready is None or now >= ready.good_until:
        ready = known.ready[packed] = _made_ready(known, now, packed=packed)
    if asked.if_none_match == ready.etag:
        start_response("304 Not Modified", ready.unchanged)
        return [b""]
    if asked.if_none_match or asked.if_modified_since:
        status, headers, body = _answered(known, asked, now)
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
    else:
        body = ready.body
        start_response("200 OK", ready.full)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


def _made_ready(known: _Known, now: datetime, *, packed: bool) -> _Ready:
    accepted = "gzip" if packed else ""
    _, full, body = _answered(known, Asked(accept_encoding=accepted), now)
    etag = dict(full)["ETag"]
    _, unchanged, _ = _answered(known, Asked(if_none_match=etag, accept_encoding=accepted), now)
    return _Ready(etag, full, unchanged, body, same_until(known.kept.newest, known.until, now))


def _answered(known: _Known, asked: Asked, now: datetime) -> tuple[int, list[tuple[str, str]], bytes]:
    status, headers, body = answer(known.kept, asked, until=known.until, now=now)
    told = [*known.headers, *headers.items()]
    if status == HTTPStatus.OK:
        told.append(("Content-Length", str(len(body))))
    return status, told, body
