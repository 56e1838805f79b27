"""schema.org DataFeed of published checks: every ClaimReview, with its terms (``sdLicense``). Pure.

It is made piece by piece, so that a dump of a hundred thousand checks is never in memory as a whole. A
retracted check stays in it as an element with ``dateDeleted`` that says why, without type or rating of a review.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from claims.publish.claimreview import claim_review, media_review, retraction
from claims.publish.entries import Channel, Entry
from claims.publish.xml import rfc3339

CONTENT_TYPE = "application/ld+json; charset=utf-8"
_CONTEXT = "https://schema.org"
#: What stands after the elements.
CLOSING = b"\n]}\n"


def render(channel: Channel, entries: Iterable[Entry]) -> bytes:
    """Return the whole feed at once: for the short list of what changed."""
    return b"".join(pieces(channel, entries))


def pieces(channel: Channel, entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield the feed in pieces that make one JSON document together; ``entries`` may be made as they go."""
    yield opening(channel)
    comma = b"\n"
    for entry in entries:
        yield comma + element(entry)
        comma = b",\n"
    yield CLOSING


def opening(channel: Channel) -> bytes:
    """Return what stands before the elements."""
    head = {
        "@context": _CONTEXT,
        "@type": "DataFeed",
        "@id": channel.entry_id,
        "name": channel.title,
        "description": channel.description,
        "url": channel.self_url,
        "dateModified": rfc3339(channel.updated),
        "publisher": {"@type": "Organization", "name": channel.organisation},
        **({"inLanguage": channel.language} if channel.language else {}),
    }
    return _json(head)[:-1] + b',"dataFeedElement":['


def element(entry: Entry) -> bytes:
    """Return one publication's element; it follows from the entry alone."""
    return _json(_element(entry))


def _element(entry: Entry) -> dict[str, Any]:
    snapshot = entry.snapshot
    element: dict[str, Any] = {
        "@type": "DataFeedItem",
        "@id": snapshot["entry_id"],
        "dateCreated": snapshot["first_published_at"],
        "dateModified": rfc3339(entry.modified_at),
    }
    if entry.is_retracted:
        element["dateDeleted"] = rfc3339(entry.event_at)
        reviews = [retraction(snapshot, entry.summary, rfc3339(entry.event_at))]
    else:
        media = media_review(snapshot)
        reviews = [claim_review(snapshot), *([media] if media else [])]
    # The feed's own context holds for what is in it.
    element["item"] = [
        {name: value for name, value in review.items() if name != "@context"} for review in reviews
    ]
    return element


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
