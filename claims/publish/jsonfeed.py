"""JSON Feed 1.1 of published checks, with the ClaimReview markup of each. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from claims.publish.claimreview import claim_review
from claims.publish.entries import Channel, Entry
from claims.publish.xml import rfc3339

CONTENT_TYPE = "application/feed+json; charset=utf-8"
VERSION = "https://jsonfeed.org/version/1.1"


def render(channel: Channel, entries: Iterable[Entry]) -> bytes:
    """Return the feed; ``_claimreview`` is the markup, ``_correction`` what was corrected or retracted."""
    feed: dict[str, Any] = {
        "version": VERSION,
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.home_url,
        "feed_url": channel.self_url,
        "authors": [{"name": channel.organisation}],
    }
    if channel.language:
        feed["language"] = channel.language
    if channel.next_url:
        feed["next_url"] = channel.next_url
    if channel.hub_url:
        feed["hubs"] = [{"type": "WebSub", "url": channel.hub_url}]
    feed["items"] = [_item(entry) for entry in entries]
    return json.dumps(feed, ensure_ascii=False).encode("utf-8", "replace")


def _item(entry: Entry) -> dict[str, Any]:
    snapshot = entry.snapshot
    item: dict[str, Any] = {
        "id": snapshot["entry_id"],
        "url": snapshot["url"],
        "title": entry.title,
        "summary": entry.summary,
        "content_text": entry.summary if entry.is_retracted else snapshot["justification"],
        "date_published": snapshot["first_published_at"],
        "date_modified": rfc3339(entry.modified_at),
        "language": snapshot["language"],
    }
    if entry.is_retracted:
        return item | {
            "_correction": {
                "tier": "retraction",
                "note": entry.retraction_note,
                "date": rfc3339(entry.event_at),
            }
        }
    item |= {"tags": [snapshot["rating"]["label"]], "_claimreview": claim_review(snapshot)}
    if snapshot["corrections"]:
        newest = snapshot["corrections"][-1]
        item["_correction"] = {
            "tier": newest["tier"],
            "note": newest["note"],
            "date": newest["published_at"],
        }
    return item
