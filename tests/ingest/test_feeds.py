"""Feeds as sites write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claims.ingest.feeds import read_feed
from claims.ingest.parse_errors import NotAFeed

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Річковий листок</title><language>uk</language>
<item><guid isPermaLink="false">n1</guid>
<link>https://listok.example/a?utm_source=rss</link><title>Міст закрито &amp; відкрито</title>
<description>&lt;p&gt;Рух мостом зупинено до вечора.&lt;/p&gt;</description>
<pubDate>Thu, 01 May 2025 10:00:00 +0300</pubDate></item>
<item><guid isPermaLink="false">n1</guid><link>https://listok.example/a2</link><title>Двічі</title></item>
<item><link>/b</link><title>Без позначки</title></item>
<item><title>Без адреси</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title>
<entry><id>urn:1</id><link href="https://harbour.example/x"/><title>The gates of the harbour opened</title>
<updated>2025-05-01T09:00:00Z</updated>
<content type="html">&lt;p&gt;Ships came in by the dozen.&lt;/p&gt;</content></entry>
</feed>"""


def test_an_rss_feed_is_read() -> None:
    feed = read_feed(RSS.encode(), url="https://listok.example/rss")
    first, second = feed.entries
    assert feed.title == "Річковий листок"
    assert (first.guid, first.canonical_url) == ("n1", "https://listok.example/a")
    assert (first.title, first.summary) == ("Міст закрито & відкрито", "Рух мостом зупинено до вечора.")
    assert first.published_at == datetime(2025, 5, 1, 7, tzinfo=UTC)
    assert first.language == "uk"
    assert (second.guid, second.url) == ("https://listok.example/b", "https://listok.example/b")


def test_an_atom_feed_is_read() -> None:
    (entry,) = read_feed(ATOM.encode(), url="https://harbour.example/atom").entries
    assert (entry.guid, entry.language) == ("urn:1", "en")
    assert entry.summary == "Ships came in by the dozen."
    assert entry.published_at == datetime(2025, 5, 1, 9, tzinfo=UTC)


def test_a_feed_in_an_old_charset_is_read() -> None:
    body = RSS.replace('encoding="utf-8"', 'encoding="windows-1251"').encode("cp1251")
    assert read_feed(body, url="https://listok.example/rss").entries[0].title.startswith("Міст закрито")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body><p>Not found</p></body></html>",
        b"{}",
        b"\x00\x01\x02",
        b"https://listok.example/rss",
        b"/etc/passwd",
    ],
)
def test_what_is_no_feed_is_refused_with_a_sentence(body: bytes) -> None:
    with pytest.raises(NotAFeed, match="RSS or Atom"):
        read_feed(body, url="https://listok.example/rss")


def test_entities_do_not_swell_a_feed() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
        "<rss version='2.0'><channel><title>T</title>"
        "<item><link>https://x.example/</link><title>So: &d;</title></item></channel></rss>"
    )
    assert all(len(entry.title) < 100 for entry in read_feed(bomb.encode(), url="https://x.example/").entries)
