"""RSS 2.0 of published checks. Pure: a channel and its entries in, one document out."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from claims.publish.entries import Channel, Entry
from claims.publish.xml import ATOM, parsed, put, rfc2822, rfc3339, serialised

CONTENT_TYPE = "application/rss+xml; charset=utf-8"


def render(channel: Channel, entries: Iterable[Entry]) -> bytes:
    """Return the feed; a retracted check stays as an item that says so."""
    root = Element("rss", {"version": "2.0"})
    body = put(root, "channel")
    put(body, "title", channel.title)
    put(body, "link", channel.home_url)
    put(body, "description", channel.description)
    if channel.language:
        put(body, "language", channel.language)
    put(body, "lastBuildDate", rfc2822(channel.updated))
    put(body, f"{{{ATOM}}}link", rel="self", href=channel.self_url, type="application/rss+xml")
    for relation, address in (("first", channel.first_url), ("next", channel.next_url)):
        if address:
            put(body, f"{{{ATOM}}}link", rel=relation, href=address, type="application/rss+xml")
    if channel.hub_url:
        put(body, f"{{{ATOM}}}link", rel="hub", href=channel.hub_url)
    for entry in entries:
        _item(body, entry)
    return serialised(root)


def _item(body: Element, entry: Entry) -> None:
    snapshot = entry.snapshot
    item = put(body, "item")
    put(item, "title", entry.title)
    put(item, "link", snapshot["url"])
    put(item, "guid", snapshot["entry_id"], isPermaLink="false")
    put(item, "pubDate", rfc2822(parsed(snapshot["first_published_at"])))
    put(item, f"{{{ATOM}}}updated", rfc3339(entry.modified_at))
    if not entry.is_retracted:
        put(item, "category", snapshot["rating"]["label"])
    put(item, "description", entry.summary)
