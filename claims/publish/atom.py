"""Atom (RFC 4287) of published checks, with deleted entries (RFC 6721) and paging (RFC 5005). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from claims.publish.entries import Channel, Entry
from claims.publish.xml import ATOM, TOMBSTONE, XML_LANG, put, rfc3339, serialised

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


def render(channel: Channel, entries: Iterable[Entry]) -> bytes:
    """Return the feed; a retracted check becomes a deleted entry with the reason as its comment."""
    root = Element(_atom("feed"), {XML_LANG: channel.language} if channel.language else {})
    put(root, _atom("id"), channel.entry_id)
    put(root, _atom("title"), channel.title)
    put(root, _atom("subtitle"), channel.description)
    put(root, _atom("updated"), rfc3339(channel.updated))
    put(root, _atom("link"), rel="self", href=channel.self_url, type="application/atom+xml")
    put(root, _atom("link"), rel="alternate", href=channel.home_url, type="text/html")
    for relation, address in (("first", channel.first_url), ("next", channel.next_url)):
        if address:
            put(root, _atom("link"), rel=relation, href=address, type="application/atom+xml")
    if channel.hub_url:
        put(root, _atom("link"), rel="hub", href=channel.hub_url)
    author = put(root, _atom("author"))
    put(author, _atom("name"), channel.organisation)
    shown = list(entries)
    # RFC 4287's schema has the entries last and what extends it, as deleted entries do, before them.
    for entry in shown:
        if entry.is_retracted:
            _deleted(root, entry)
    for entry in shown:
        if not entry.is_retracted:
            _entry(root, entry)
    return serialised(root)


def _entry(root: Element, entry: Entry) -> None:
    snapshot = entry.snapshot
    element = put(root, _atom("entry"))
    element.set(XML_LANG, snapshot["language"])
    put(element, _atom("id"), snapshot["entry_id"])
    put(element, _atom("title"), entry.title)
    put(element, _atom("link"), rel="alternate", href=snapshot["url"], type="text/html")
    put(element, _atom("published"), snapshot["first_published_at"])
    put(element, _atom("updated"), rfc3339(entry.modified_at))
    put(element, _atom("category"), term=snapshot["rating"]["key"], label=snapshot["rating"]["label"])
    put(element, _atom("summary"), entry.summary)
    put(element, _atom("content"), snapshot["justification"], type="text")


def _deleted(root: Element, entry: Entry) -> None:
    element = put(
        root,
        f"{{{TOMBSTONE}}}deleted-entry",
        ref=entry.snapshot["entry_id"],
        when=rfc3339(entry.event_at),
    )
    put(element, f"{{{TOMBSTONE}}}comment", entry.summary)
    put(element, _atom("link"), rel="alternate", href=entry.snapshot["url"], type="text/html")


def _atom(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"
