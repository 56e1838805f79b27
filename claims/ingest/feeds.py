"""Read RSS and Atom feeds.

Invariant: bytes in, entries out; nothing is fetched here, and an entry without an address or without words
is left out rather than half-kept.
"""

from __future__ import annotations

import calendar
import io
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import feedparser

from claims.ingest.parse_errors import NotAFeed
from claims.ingest.structured import plain
from claims.language.identify import identify_language
from claims.rules.identity import canonical_url

MAX_ENTRIES = 500
_HEAD_BYTES = 65536
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_LANGUAGES = {"en": "en", "uk": "uk", "ua": "uk", "ru": "ru"}


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry. ``guid`` is the feed's own id, else the canonical address; ``summary`` is plain text;
    ``published_at`` is in UTC or ``None``; ``language`` is en, uk, ru or other."""

    guid: str
    url: str
    canonical_url: str
    title: str
    summary: str
    published_at: datetime | None
    language: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's title and its entries in feed order, each guid once."""

    title: str
    entries: tuple[FeedEntry, ...]


def read_feed(body: bytes, *, url: str, content_type: str = "") -> Feed:
    """Read a feed's bytes; ``url`` resolves relative links. Raises ``NotAFeed``."""
    # Entities of a feed's own are never needed and can swell it a millionfold.
    body = _DOCTYPE.sub(b"", body[:_HEAD_BYTES], count=1) + body[_HEAD_BYTES:]
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    # A stream, because feedparser opens a text that looks like an address or a file name.
    parsed = feedparser.parse(io.BytesIO(body), response_headers=headers)
    if not parsed.get("version") or ("title" not in parsed.feed and not parsed.entries):
        raise NotAFeed
    declared = str(parsed.feed.get("language", "")).lower().partition("-")[0]
    found: dict[str, FeedEntry] = {}
    for entry in parsed.entries[:MAX_ENTRIES]:
        read = _entry(entry, declared)
        if read is not None:
            found.setdefault(read.guid, read)
    return Feed(plain(str(parsed.feed.get("title", ""))), tuple(found.values()))


def _entry(entry: Any, declared: str) -> FeedEntry | None:
    url = str(entry.get("link", "")).strip()
    address = canonical_url(url)
    title = plain(str(entry.get("title", "")))
    bodies = [str(part.get("value", "")) for part in entry.get("content", [])]
    summary = plain(max([*bodies, str(entry.get("summary", ""))], key=len))
    if not address or not (title or summary):
        return None
    found = identify_language(f"{title}. {summary}")
    return FeedEntry(
        guid=str(entry.get("id", "")).strip()[:500] or address,
        url=url[:2000],
        canonical_url=address,
        title=title[:500],
        summary=summary,
        published_at=_moment(entry.get("published_parsed") or entry.get("updated_parsed")),
        language=found if found != "other" else _LANGUAGES.get(declared, "other"),
    )


def _moment(parsed: time.struct_time | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None
