"""Answers feeds in front of the framework, as long as nothing that they show has changed.

What a view answered is kept with the mark of the history that was read before it; while the mark stays, the
next request gets the same, by the same rules (``answers``), for one small query. So the edge is never older
than the database, on any number of workers, and needs no word from them. What it does not know it passes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from claims.feeds.answers import Asked, Kept, answer
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
class _Known:
    """A view's answer: the mark before it, what it was made from, and what else the framework told."""

    mark: str
    kept: Kept
    until: datetime | None
    headers: tuple[tuple[str, str], ...]


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
    status, headers, body = answer(known.kept, Asked.of(environ), until=known.until, now=timezone.now())
    told = [*known.headers, *headers.items()]
    if status == HTTPStatus.OK:
        told.append(("Content-Length", str(len(body))))
    start_response(f"{status} {HTTPStatus(status).phrase}", told)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]
