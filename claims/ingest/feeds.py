"""Read RSS and Atom feeds, and decide when to poll one again.

Invariant: bytes in, entries out; nothing is fetched here, and an entry without an address or without words
is left out rather than half-kept. ``next_poll`` is a pure function of what the last poll found.
"""

from __future__ import annotations

import calendar
import io
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import feedparser

from claims.ingest.parse_errors import NotAFeed
from claims.ingest.structured import plain
from claims.language.identify import identify_language
from claims.rules.identity import canonical_url

MAX_ENTRIES = 500
_HEAD_BYTES = 65536
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_LANGUAGES = {"en": "en", "uk": "uk", "ua": "uk", "ru": "ru"}

SHORTEST_INTERVAL = 300.0
LONGEST_INTERVAL = 7200.0
LONGEST_PAUSE = 21600.0

PollOutcome = Literal["new", "unchanged", "failed"]


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


@dataclass(frozen=True, slots=True)
class PollPlan:
    """When to poll again, and the interval in seconds to remember until then."""

    at: datetime
    interval: float


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


def next_poll(
    now: datetime,
    *,
    interval: float,
    outcome: PollOutcome,
    failures: int = 0,
    retry_after: float | None = None,
    jitter: float = 0.5,
) -> PollPlan:
    """Plan the next poll: sooner when there was news, later when there was none, much later on failures.

    ``interval`` and ``retry_after`` are seconds; ``failures`` counts failed polls in a row, this one
    included; ``jitter`` in [0, 1) spreads feeds that began together by a tenth either way.
    """
    interval = min(max(interval, SHORTEST_INTERVAL), LONGEST_INTERVAL)
    if outcome == "new":
        interval = max(interval / 2, SHORTEST_INTERVAL)
    elif outcome == "unchanged":
        interval = min(interval * 1.5, LONGEST_INTERVAL)
    pause = interval
    if outcome == "failed":
        pause = min(interval * 2 ** min(max(failures, 1), 10), LONGEST_PAUSE)
    pause *= 0.9 + 0.2 * jitter
    if retry_after is not None:
        pause = min(max(pause, retry_after), 24 * 3600.0)
    return PollPlan(now + timedelta(seconds=pause), interval)


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
