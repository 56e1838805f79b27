"""The card of a check for other sites: its frame, and how oEmbed describes it. Pure.

oEmbed is https://oembed.com (1.0): a consumer gives the address of a page and gets HTML to show instead of it.
"""

from __future__ import annotations

from html import escape
from typing import TypedDict
from urllib.parse import urlencode

from claims.publish.entries import shown_title
from claims.publish.snapshot import Snapshot

#: The size of a card in CSS pixels where nobody asks for less; a longer card scrolls inside its frame.
WIDTH, HEIGHT = 560, 340
#: For so many seconds a consumer may keep the description; the card inside the frame is never kept.
CACHE_AGE = 3600


class OEmbed(TypedDict):
    """The answer of type “rich”. ``width`` and ``height`` are CSS pixels, ``cache_age`` seconds."""

    type: str
    version: str
    title: str
    author_name: str
    author_url: str
    provider_name: str
    provider_url: str
    cache_age: int
    html: str
    width: int
    height: int


def frame(snapshot: Snapshot, state: str, card_url: str, *, width: int = WIDTH, height: int = HEIGHT) -> str:
    """Return the HTML that shows the card at ``card_url`` (absolute) on another site; it holds no script."""
    title = escape(shown_title(snapshot, state), quote=True)
    return (
        f'<iframe src="{escape(card_url, quote=True)}" title="{title}" width="{width}" height="{height}" '
        'loading="lazy" style="border:0;max-width:100%"></iframe>'
    )


def describe(
    snapshot: Snapshot,
    state: str,
    *,
    card_url: str,
    site_url: str,
    max_width: int | None = None,
    max_height: int | None = None,
) -> OEmbed:
    """Return the oEmbed answer for one check, no larger than ``max_width`` and ``max_height`` (pixels)."""
    width, height = min(WIDTH, max_width or WIDTH), min(HEIGHT, max_height or HEIGHT)
    organisation = snapshot["organisation"]
    return {
        "type": "rich",
        "version": "1.0",
        "title": shown_title(snapshot, state),
        "author_name": organisation["name"],
        "author_url": organisation["url"],
        "provider_name": organisation["name"],
        "provider_url": site_url,
        "cache_age": CACHE_AGE,
        "html": frame(snapshot, state, card_url, width=width, height=height),
        "width": width,
        "height": height,
    }


def discovery_url(endpoint: str, page_url: str) -> str:
    """Return the address at ``endpoint`` that describes the page ``page_url``."""
    return f"{endpoint}?{urlencode({'url': page_url, 'format': 'json'})}"
