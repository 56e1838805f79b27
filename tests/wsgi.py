"""Requests to a WSGI application as a server makes them, without a server: for the edge and for many threads."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Answer:
    """What came back; ``content`` is unpacked, ``body`` as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def content(self) -> bytes:
        return gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body


def ask(application: Application, address: str, *, method: str = "GET", **headers: str) -> Answer:
    """Ask ``application`` for ``address``; ``if_none_match="x"`` sends that header."""
    parts = urlsplit(address)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    told: list[tuple[str, list[tuple[str, str]]]] = []
    with _connection_kept():
        answered = application(environ, lambda status, headers, *_: told.append((status, headers)))
        try:
            body = b"".join(answered)
        finally:
            if hasattr(answered, "close"):
                answered.close()
    status, fields = told[0]
    return Answer(int(status.split()[0]), {name.lower(): value for name, value in fields}, body)


@contextmanager
def _connection_kept() -> Iterator[None]:
    """A request ends with its connection, which inside a test's transaction would be the test's own."""
    signals = (request_started, request_finished) if connection.in_atomic_block else ()
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
