"""Send one body to an address that others gave us, over the same checked connections that pages are fetched by.

Invariant: the name is resolved once and every address of it is checked, at each sending anew; the connection is
made to exactly those; no redirect is followed; time and bytes are bounded. It stands in this room because the
checks of addresses do, and there must be one set of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import httpx
from django.conf import settings

from claims.ingest import addresses
from claims.ingest.fetch import DEFAULT_USER_AGENT
from claims.ingest.fetch_errors import TooLarge
from claims.ingest.transport import Budget, PinnedTransport, named_failures, plain_number

#: For the whole sending, answer included.
SECONDS = 10.0
#: Of the answer over the wire, TLS included; a receiver has little to say.
ANSWER_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class PostAnswer:
    """What the receiver said. ``body`` is empty where it was longer than ``ANSWER_BYTES``.

    ``retry_after`` is in seconds, None where the receiver named none.
    """

    status: int
    body: bytes
    retry_after: float | None

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


def require_public(url: str, *, allowed_hosts: Collection[str] | None = None) -> None:
    """Raise a ``FetchError`` where ``url`` may not be sent to, as far as can be told now."""
    addresses.resolve(addresses.read_target(url, _allowed(allowed_hosts)), SECONDS / 2)


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, allowed_hosts: Collection[str] | None = None
) -> PostAnswer:
    """Send ``body`` and return the answer, whatever its status; raise a ``FetchError`` where none came.

    ``allowed_hosts`` (exact ``host:port`` pairs) defaults to the setting ``FETCH_ALLOWED_HOSTS``.
    """
    budget = Budget(SECONDS, ANSWER_BYTES)
    target = addresses.read_target(url, _allowed(allowed_hosts))
    target = addresses.resolve(target, budget.seconds_left())
    sent = {
        "User-Agent": getattr(settings, "FETCH_USER_AGENT", "") or DEFAULT_USER_AGENT,
        "Accept-Encoding": "identity",
        "Connection": "close",
        **headers,
    }
    with (
        named_failures(),
        httpx.Client(transport=PinnedTransport(target, budget), trust_env=False, cookies=None) as client,
        client.stream("POST", target.url, content=body, headers=sent, follow_redirects=False) as response,
    ):
        retry_after = plain_number(response.headers.get("retry-after", ""))
        return PostAnswer(response.status_code, _read(response), retry_after)


def _read(response: httpx.Response) -> bytes:
    try:
        return b"".join(response.iter_raw())
    except TooLarge:
        # It was taken all the same: the status came before.
        return b""


def _allowed(hosts: Collection[str] | None) -> Collection[str]:
    return settings.FETCH_ALLOWED_HOSTS if hosts is None else hosts
