"""Fetch one page from the open web without being led anywhere else and without waiting for ever.

Invariant: only http and https to ports 80 and 443 of public addresses (or an exact ``host:port`` of the
setting ``FETCH_ALLOWED_HOSTS``), checked anew at each redirect; at most ``FetchLimits`` of time and bytes
for the whole journey; environment proxies and credentials play no part.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
from django.conf import settings

from claims.ingest import addresses, unpacking
from claims.ingest.fetch_errors import (
    BadAddress,
    StatusRefused,
    TooLarge,
    TooManyRedirects,
)
from claims.ingest.transport import Budget, PinnedTransport, named_failures, plain_number

DEFAULT_USER_AGENT = "factcheck/0.1 (newsroom claim verification)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """``seconds`` for everything, bytes over the wire, bytes once unpacked, redirects followed."""

    seconds: float = 10.0
    wire_bytes: int = 5 * 1024 * 1024
    decoded_bytes: int = 20 * 1024 * 1024
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What a site answered. ``headers`` have lower-case names; ``etag`` and ``last_modified`` are to be
    given back at the next fetch. ``body`` is unpacked bytes, empty when ``not_modified``."""

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    etag: str = ""
    last_modified: str = ""

    @property
    def not_modified(self) -> bool:
        return self.status == 304

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    accept: str = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    limits: FetchLimits | None = None,
    allowed_hosts: Collection[str] | None = None,
) -> FetchedPage:
    """Fetch ``url``, conditionally when ``etag`` or ``last_modified`` are given; raise a ``FetchError``.

    ``allowed_hosts`` defaults to the setting ``FETCH_ALLOWED_HOSTS``.
    """
    limits = limits or FetchLimits()
    hosts = getattr(settings, "FETCH_ALLOWED_HOSTS", ()) if allowed_hosts is None else allowed_hosts
    budget = Budget(limits.seconds, limits.wire_bytes)
    headers = _request_headers(accept, etag, last_modified)
    target = addresses.read_target(url.strip(), hosts)
    for _hop in range(limits.redirects + 1):
        target = addresses.resolve(target, budget.seconds_left())
        outcome = _request(url, target, headers, budget, limits)
        if isinstance(outcome, FetchedPage):
            return outcome
        target = addresses.read_target(outcome, hosts)
    raise TooManyRedirects


def _request_headers(accept: str, etag: str, last_modified: str) -> dict[str, str]:
    headers = {
        "User-Agent": getattr(settings, "FETCH_USER_AGENT", "") or DEFAULT_USER_AGENT,
        "Accept": accept,
        "Accept-Language": "en, uk, ru;q=0.9, *;q=0.5",
        "Accept-Encoding": unpacking.ACCEPTED,
        "Connection": "close",
    }
    # What a site once sent as a validator is sent back to it only if it can stand in a header.
    if etag and etag.isascii() and etag.isprintable():
        headers["If-None-Match"] = etag
    if last_modified and last_modified.isascii() and last_modified.isprintable():
        headers["If-Modified-Since"] = last_modified
    return headers


def _request(
    asked: str, target: addresses.Target, headers: dict[str, str], budget: Budget, limits: FetchLimits
) -> FetchedPage | str:
    """Make one request; return the page, or the address that it redirects to."""
    with (
        named_failures(),
        httpx.Client(
            transport=PinnedTransport(target, budget), trust_env=False, headers=headers, cookies=None
        ) as client,
        client.stream("GET", target.url, follow_redirects=False) as response,
    ):
        location = response.headers.get("location", "")
        if response.status_code in _REDIRECTS and location:
            return _redirect_address(target, location)
        return _read(asked, target, response, limits)


def _redirect_address(target: addresses.Target, location: str) -> str:
    # A tricky target is refused as it came: joining it first could tidy the trick away.
    if "\\" in location or not location.isprintable():
        raise BadAddress
    try:
        return str(target.url.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise BadAddress from error


def _read(asked: str, target: addresses.Target, response: httpx.Response, limits: FetchLimits) -> FetchedPage:
    status = response.status_code
    if status != 304 and not 200 <= status < 300:
        raise StatusRefused(status, plain_number(response.headers.get("retry-after", "")))
    length = plain_number(response.headers.get("content-length", ""))
    if length is not None and length > limits.wire_bytes:
        raise TooLarge
    body = b""
    if status not in (204, 205, 304):
        encoding = response.headers.get("content-encoding", "")
        body = unpacking.unpack(response.iter_raw(), encoding, limits.decoded_bytes)
    return FetchedPage(
        url=asked,
        final_url=str(target.url),
        status=status,
        headers={name.lower(): value for name, value in response.headers.items()},
        body=body,
        fetched_at=datetime.now(UTC),
        etag=response.headers.get("etag", ""),
        last_modified=response.headers.get("last-modified", ""),
    )
