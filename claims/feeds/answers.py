"""What is answered for one rendered body: 200 or 304, plain or packed, with its validators. No I/O.

The same rules serve Django's views and the WSGI edge in front of them. Sources: RFC 9110, sections 8.8, 13.1
and 15.4.5 (validators, conditions, 304), 12.5.3 (Accept-Encoding).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from django.utils.http import http_date, parse_etags, parse_http_date_safe

LONGEST_CACHE = 60
#: So long after the newest event no other one of its second, or before it, can still become visible. Until
#: then a date does not tell one state from the next: none is given, and none is believed.
SETTLED = timedelta(seconds=10)
_GZIP = re.compile(r"(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=([0-9.]+)\s*)?(?=,|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Kept:
    """One rendered body. ``newest`` is its newest event, None where a date would not tell its states apart;
    ``links`` are the values of its Link headers."""

    body: bytes
    content_type: str
    newest: datetime | None
    language: str
    links: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.body).hexdigest()[:32]

    @cached_property
    def packed(self) -> bytes:
        return gzip.compress(self.body, compresslevel=6, mtime=0)


def written(kept: Kept) -> bytes:
    """Return ``kept`` for a file: a line about it, and the body."""
    newest = kept.newest.isoformat() if kept.newest else None
    line = json.dumps([kept.content_type, newest, kept.language, kept.links])
    return line.encode() + b"\n" + kept.body


def read_back(content: bytes) -> Kept:
    """Return what ``written`` wrote."""
    line, _, body = content.partition(b"\n")
    content_type, newest, language, links = json.loads(line)
    return Kept(body, content_type, newest and datetime.fromisoformat(newest), language, tuple(links))


@dataclass(frozen=True, slots=True)
class Asked:
    """The headers of a request that decide about the answer."""

    if_none_match: str = ""
    if_modified_since: str = ""
    accept_encoding: str = ""

    @classmethod
    def of(cls, environ: dict[str, object]) -> Asked:
        """Read them from a WSGI environment (``request.META`` is one)."""
        names = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT_ENCODING")
        return cls(*(str(environ.get(name, "")) for name in names))

    @property
    def takes_gzip(self) -> bool:
        found = _GZIP.search(self.accept_encoding)
        if found is None:
            return False
        try:
            return found[1] is None or float(found[1]) > 0
        except ValueError:
            return False


def entity_tag(digest: str, *, packed: bool) -> str:
    """Return the ETag: the packed bytes are another body, so they have a tag of their own."""
    return f'"{digest}-gzip"' if packed else f'"{digest}"'


def is_unchanged(asked: Asked, etag: str, newest: datetime | None, now: datetime) -> bool:
    """Say whether the reader has this body. If-None-Match, where it is sent, decides alone."""
    if asked.if_none_match:
        tags = parse_etags(asked.if_none_match)
        return "*" in tags or any(tag.removeprefix("W/") == etag for tag in tags)
    if not asked.if_modified_since or newest is None or now - newest < SETTLED:
        return False
    since = parse_http_date_safe(asked.if_modified_since)
    return since is not None and int(newest.timestamp()) <= since <= int(now.timestamp())


def headers(
    etag: str, newest: datetime | None, links: tuple[str, ...], until: datetime | None, now: datetime
) -> dict[str, str]:
    """Return the headers that a 200 and a 304 share. ``until`` is when the next embargo ends, if one does."""
    fresh = LONGEST_CACHE if until is None else int((until - now).total_seconds())
    told = {
        "ETag": etag,
        "Cache-Control": f"public, max-age={max(0, min(LONGEST_CACHE, fresh))}",
        "Vary": "Accept-Encoding",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Link",
    }
    if newest is not None and now - newest >= SETTLED:
        told["Last-Modified"] = http_date(newest.timestamp())
    if links:
        told["Link"] = ", ".join(links)
    return told


def same_until(newest: datetime | None, until: datetime | None, now: datetime) -> datetime:
    """Return until when ``headers`` stays as it is; that is ``now`` where it changes each second."""
    moments = [] if newest is None else [newest + SETTLED]
    if until is not None:
        moments.append(until - timedelta(seconds=LONGEST_CACHE))
        if moments[-1] <= now < until:
            return now
    return min((moment for moment in moments if moment > now), default=datetime.max.replace(tzinfo=UTC))


def answer(
    kept: Kept, asked: Asked, *, until: datetime | None, now: datetime
) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of the answer to a GET."""
    packed = asked.takes_gzip
    etag = entity_tag(kept.digest, packed=packed)
    told = headers(etag, kept.newest, kept.links, until, now)
    # A 304 has them as well: the framework would write those of a page into it.
    told |= {"Content-Type": kept.content_type, "Content-Language": kept.language}
    if is_unchanged(asked, etag, kept.newest, now):
        return 304, told, b""
    if packed:
        told["Content-Encoding"] = "gzip"
    return 200, told, kept.packed if packed else kept.body
