"""Sitemaps of the published checks (sitemaps.org 0.9), with translations and for news search. Pure.

A page that was retracted is in none of them: its tombstone is for those who knew it, not for new readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, register_namespace

from claims.publish.xml import put, rfc3339, serialised

CONTENT_TYPE = "application/xml; charset=utf-8"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
XHTML = "http://www.w3.org/1999/xhtml"

register_namespace("sitemap", SITEMAP)
register_namespace("news", NEWS)
register_namespace("xhtml", XHTML)


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """One page: its absolute address, when it last changed, and (language, address) of all its translations."""

    url: str
    changed_at: datetime | None = None
    alternates: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class NewsPage:
    """One new check as news search asks for it: its headline and when readers first saw it."""

    url: str
    title: str
    language: str
    published_at: datetime


def sitemap_index(addresses: Iterable[str]) -> bytes:
    root = Element(f"{{{SITEMAP}}}sitemapindex")
    for address in addresses:
        put(put(root, f"{{{SITEMAP}}}sitemap"), f"{{{SITEMAP}}}loc", address)
    return serialised(root)


def sitemap(pages: Iterable[SitemapPage]) -> bytes:
    """Return the pages; a page with translations names all of them, itself among them, as Google asks."""
    root = Element(f"{{{SITEMAP}}}urlset")
    for page in pages:
        entry = put(root, f"{{{SITEMAP}}}url")
        put(entry, f"{{{SITEMAP}}}loc", page.url)
        if page.changed_at is not None:
            put(entry, f"{{{SITEMAP}}}lastmod", rfc3339(page.changed_at))
        if len(page.alternates) > 1:
            for language, url in page.alternates:
                put(entry, f"{{{XHTML}}}link", rel="alternate", hreflang=language, href=url)
    return serialised(root)


def news_sitemap(pages: Iterable[NewsPage], organisation: str) -> bytes:
    root = Element(f"{{{SITEMAP}}}urlset")
    for page in pages:
        entry = put(root, f"{{{SITEMAP}}}url")
        put(entry, f"{{{SITEMAP}}}loc", page.url)
        news = put(entry, f"{{{NEWS}}}news")
        by = put(news, f"{{{NEWS}}}publication")
        put(by, f"{{{NEWS}}}name", organisation)
        put(by, f"{{{NEWS}}}language", page.language)
        put(news, f"{{{NEWS}}}publication_date", rfc3339(page.published_at))
        put(news, f"{{{NEWS}}}title", page.title)
    return serialised(root)
