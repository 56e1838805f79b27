"""Respect robots.txt where no person asked for the page: polled feeds and watched articles.

Invariant: an automatic fetch happens only if the site's robots.txt was read within the last hour and
allows it, or the site has none. A page that a person pastes is fetched without asking robots.txt.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

import httpx
from protego import Protego

from claims.ingest.fetch import FetchedPage, fetch
from claims.ingest.fetch_errors import (
    AddressNotPublic,
    BadAddress,
    FetchError,
    RobotsRefused,
    RobotsUnavailable,
    StatusRefused,
)

AGENT = "factcheck"
_KEEP_SECONDS = 3600.0
_KEEP_SITES = 500
_MAX_BYTES = 500 * 1024


class RobotsRules:
    """Reads and remembers robots.txt per site (scheme, host and port), for one hour and 500 sites."""

    def __init__(self, fetch_page: Callable[[str], FetchedPage] = fetch) -> None:
        self._fetch_page = fetch_page
        self._known: OrderedDict[str, tuple[float, Protego]] = OrderedDict()

    def check(self, url: str) -> None:
        """Raise ``RobotsRefused`` or ``RobotsUnavailable`` unless ``url`` may be fetched automatically."""
        try:
            site = str(httpx.URL(url).copy_with(raw_path=b"/robots.txt", fragment=None))
        except (httpx.InvalidURL, ValueError) as error:
            raise BadAddress from error
        if not self._rules(site).can_fetch(url, AGENT):
            raise RobotsRefused

    def _rules(self, site: str) -> Protego:
        known = self._known.get(site)
        if known is None or known[0] < time.monotonic():
            known = (time.monotonic() + _KEEP_SECONDS, self._read(site))
            self._known[site] = known
            if len(self._known) > _KEEP_SITES:
                self._known.popitem(last=False)
        return known[1]

    def _read(self, site: str) -> Protego:
        try:
            body = self._fetch_page(site).body
        except (AddressNotPublic, BadAddress):
            raise
        except StatusRefused as error:
            if error.retryable:
                raise RobotsUnavailable from error
            body = b""  # RFC 9309, 2.3.1.3: a site without robots.txt may be read.
        except FetchError as error:
            raise RobotsUnavailable from error
        return Protego.parse(body[:_MAX_BYTES].decode("utf-8", "replace"))
