"""Unpack a compressed answer without ever holding more than the limit (gzip bombs).

Invariant: at most ``limit`` bytes are produced; what would exceed them raises ``TooLarge`` instead.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from claims.ingest.fetch_errors import BrokenAnswer, TooLarge

ACCEPTED = "gzip, deflate"


def unpack(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """Join body chunks, undoing one ``Content-Encoding`` of gzip, deflate or none.

    Raises ``TooLarge`` past ``limit`` bytes and ``BrokenAnswer`` for bad or unknown compression.
    """
    coding = encoding.strip().lower()
    if coding in ("", "identity"):
        return _join(chunks, limit)
    if coding in ("gzip", "x-gzip", "deflate"):
        return _inflate(chunks, limit)
    # We asked for gzip or deflate only, so a server that sends something else does not follow HTTP.
    raise BrokenAnswer


def _join(chunks: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise TooLarge
    return bytes(body)


def _inflate(chunks: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    inflater: zlib._Decompress | None = None
    for chunk in chunks:
        pending = chunk
        while pending:
            if inflater is None:
                inflater = zlib.decompressobj(_window_bits(pending))
            try:
                body += inflater.decompress(pending, limit - len(body) + 1)
            except zlib.error as error:
                raise BrokenAnswer from error
            if len(body) > limit:
                raise TooLarge
            pending = inflater.unconsumed_tail or inflater.unused_data
            if inflater.eof:
                # gzip files may hold several members one after another; anything else is padding.
                inflater = None
                if not pending.startswith(b"\x1f\x8b"):
                    pending = b""
    if inflater is not None or not body:
        raise BrokenAnswer
    return bytes(body)


def _window_bits(start: bytes) -> int:
    """Servers send “deflate” with and without the zlib header; the first byte tells which."""
    zlib_or_gzip = start[0] & 0x0F == 8 or start.startswith(b"\x1f")
    return 47 if zlib_or_gzip else -15
