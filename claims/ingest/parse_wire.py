"""Extracted articles and feeds as JSON, to cross from the parsing subprocess to its parent.

Invariant: what was written with ``to_json`` comes back equal; it is built by these dataclasses alone, so a
page that takes over the parser cannot make the parent run anything.
"""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from typing import Any

from claims.ingest.extracted import ExtractedArticle, ExtractedSection, ExtractedUpdate
from claims.ingest.feeds import Feed, FeedEntry

Fields = dict[str, Any]


def to_json(read: ExtractedArticle | Feed) -> str:
    return json.dumps(dataclasses.asdict(read), default=_iso)


def article_from(fields: Fields) -> ExtractedArticle:
    """Raise ``ValueError``, ``TypeError`` or ``KeyError`` for what ``to_json`` did not write."""
    updates = [{**update, "moment": _moment(update["moment"])} for update in fields["updates"]]
    day = fields["published_on"]
    own = {
        "published_at": _moment(fields["published_at"]),
        "published_on": date.fromisoformat(day) if day else None,
        "updates": tuple(ExtractedUpdate(**update) for update in updates),
        "sections": tuple(ExtractedSection(**section) for section in fields["sections"]),
    }
    return ExtractedArticle(**{**fields, **own})


def feed_from(fields: Fields) -> Feed:
    """Raise ``ValueError``, ``TypeError`` or ``KeyError`` for what ``to_json`` did not write."""
    entries = [{**entry, "published_at": _moment(entry["published_at"])} for entry in fields["entries"]]
    return Feed(str(fields["title"]), tuple(FeedEntry(**entry) for entry in entries))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
