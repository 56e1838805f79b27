"""The HTTP edge of the published feeds, and their addresses.

Invariants: an ETag never names two bodies; links are made from SITE_URL, never from the Host header; no cache
keeps a feed beyond the next embargo's end; a feed is never older than the database at the time of the request.
The head of the history is published here as well, outside of the table that it vouches for.
"""

from __future__ import annotations

from django.urls import path

from claims.feeds import datafeeds, views

urlpatterns = [
    path("feeds/rss.xml", views.feed, {"name": "feed_rss"}, name="feed_rss"),
    path("feeds/atom.xml", views.feed, {"name": "feed_atom"}, name="feed_atom"),
    path("feeds/feed.json", views.feed, {"name": "feed_json"}, name="feed_json"),
    path("feeds/datafeed.json", datafeeds.dump, name="feed_data"),
    path("feeds/datafeed-changes.json", datafeeds.changes, name="feed_changes"),
    path("feeds/history.json", views.history_head, name="history_head"),
]
