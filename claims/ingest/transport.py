"""An httpx transport that connects only to addresses that were checked, within one budget of time and bytes.

Invariant: no byte is read or written after the budget's deadline, and no more bytes are read than it holds,
headers and TLS included; the name is never resolved again here.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import httpcore
import httpx

from claims.ingest.addresses import Target
from claims.ingest.fetch_errors import BrokenAnswer, TooLarge, TooSlow, Unreachable


@contextmanager
def named_failures() -> Iterator[None]:
    """Turn whatever goes wrong on the way into one ``FetchError``: too slow, no connection, or a broken answer."""
    try:
        yield
    except (httpx.TimeoutException, httpcore.TimeoutException) as error:
        raise TooSlow from error
    except (httpx.ConnectError, httpcore.ConnectError) as error:
        raise Unreachable from error
    except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise BrokenAnswer from error


def plain_number(header: str) -> float | None:
    """Read a header that is a whole number; anything else (Retry-After may be a date) is left aside."""
    return float(header) if header.isascii() and header.isdigit() and len(header) < 12 else None


class Budget:
    """What one whole fetch, redirects included, may use: ``seconds`` from now and ``wire_bytes``."""

    def __init__(self, seconds: float, wire_bytes: int) -> None:
        self._deadline = time.monotonic() + seconds
        self._bytes_left = wire_bytes

    def seconds_left(self) -> float:
        """Return the seconds left, always positive; raise ``TooSlow`` when there are none."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TooSlow
        return left

    def spend(self, count: int) -> None:
        """Count bytes that came over the wire; raise ``TooLarge`` when they exceed the budget."""
        self._bytes_left -= count
        if self._bytes_left < 0:
            raise TooLarge


class PinnedTransport(httpx.BaseTransport):
    """Sends one request to a resolved target. The host name still serves for TLS and the Host header."""

    def __init__(self, target: Target, budget: Budget) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_ssl_context(),
            network_backend=_PinnedBackend(target, budget),
            max_connections=1,
            max_keepalive_connections=0,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, content=request.stream)
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_BodyStream(answer))

    def close(self) -> None:
        self._pool.close()


class _BodyStream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _PinnedBackend(httpcore.NetworkBackend):
    def __init__(self, target: Target, budget: Budget) -> None:
        self._target = target
        self._budget = budget
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first checked address that answers, whatever ``host`` would resolve to now."""
        if port != self._target.port:
            raise Unreachable
        last_error: Exception | None = None
        addresses = self._target.addresses
        for position, address in enumerate(addresses):
            # The time left is shared, so that one dead address leaves time for the next.
            share = self._budget.seconds_left() / (len(addresses) - position)
            try:
                stream = self._sockets.connect_tcp(address, port, timeout=share)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last_error = error
                continue
            return _BudgetedStream(stream, self._budget)
        self._budget.seconds_left()
        raise Unreachable from last_error


class _BudgetedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        received = self._stream.read(max_bytes, timeout=self._budget.seconds_left())
        self._budget.spend(len(received))
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._budget.seconds_left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, timeout=self._budget.seconds_left())
        return _BudgetedStream(stream, self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@lru_cache(maxsize=1)
def _ssl_context() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
