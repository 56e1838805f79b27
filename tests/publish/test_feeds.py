"""The feeds over HTTP: validators, conditional answers, languages, pages, embargo, hostile Host headers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as project
from django.test import Client
from django.utils import timezone

from claims import feeds
from claims.actions.publication import retract_publication, schedule_verdict
from claims.models import HistoryHead, Publication
from claims.selectors import publications
from tests.newsroom import Newsroom

ADDRESSES = ["/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json"]
TYPES = {
    "/feeds/rss.xml": "application/rss+xml",
    "/feeds/atom.xml": "application/atom+xml",
    "/feeds/feed.json": "application/feed+json",
}


@pytest.fixture(autouse=True)
def no_kept_bodies() -> Iterator[None]:
    """Rows of a rolled-back test come back with the same ids; outside of tests versions only grow."""
    feeds._rendered.cache_clear()
    yield
    feeds._rendered.cache_clear()


def items(client: Client, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(client.get(f"/feeds/feed.json{query}").content)["items"]
    return found


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_feed_without_entries_is_a_feed(client: Client, db: None, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(TYPES[address])


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_did_not_change_is_answered_304_with_its_validators(
    newsroom: Newsroom, client: Client, address: str
) -> None:
    newsroom.published()
    first = client.get(address)
    for condition in (
        {"If-None-Match": first["ETag"]},
        {"If-None-Match": f'"other", W/{first["ETag"]}'},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        again = client.get(address, headers=condition)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]


def test_the_etag_wins_over_the_date(newsroom: Newsroom, client: Client) -> None:
    newsroom.published()
    first = client.get(ADDRESSES[0])
    conditions = {"If-None-Match": '"other"', "If-Modified-Since": first["Last-Modified"]}
    assert client.get(ADDRESSES[0], headers=conditions).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_has_the_headers_and_no_body(newsroom: Newsroom, client: Client, address: str) -> None:
    newsroom.published()
    head, get = client.head(address), client.get(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == get["ETag"]
    assert client.post(address).status_code == 405


def test_a_retraction_moves_every_validator_and_leaves_a_notice(newsroom: Newsroom, client: Client) -> None:
    revision = newsroom.published()
    before = {address: client.get(address) for address in ADDRESSES}
    with time_machine.travel(timezone.now() + timedelta(minutes=3), tick=False):
        publication = Publication.objects.get()
        retract_publication(
            publication_id=publication.pk,
            seen_version=publication.version,
            note="Forged.",
            actor=newsroom.actor("pavlo"),
        )
        for address in ADDRESSES:
            after = client.get(address)
            assert after["ETag"] != before[address]["ETag"]
            assert after["Last-Modified"] != before[address]["Last-Modified"]
    assert [item["id"] for item in items(client)] == [revision.snapshot["entry_id"]]


def test_an_embargo_changes_no_byte_and_no_validator_and_no_cache_outlives_it(
    newsroom: Newsroom, client: Client
) -> None:
    newsroom.published()
    before = [client.get(address) for address in ADDRESSES]
    verdict = newsroom.approved()
    schedule_verdict(
        verdict_id=verdict.pk,
        seen_version=verdict.version,
        publish_at=timezone.now() + timedelta(seconds=20),
        actor=newsroom.actor("pavlo"),
    )
    for address, first in zip(ADDRESSES, before, strict=True):
        answer = client.get(address)
        assert answer.content == first.content
        assert (answer["ETag"], answer["Last-Modified"]) == (first["ETag"], first["Last-Modified"])
        assert int(answer["Cache-Control"].rpartition("=")[2]) <= 20


def test_a_language_is_a_feed_of_its_own(newsroom: Newsroom, client: Client) -> None:
    newsroom.published()
    assert len(items(client, "?language=en")) == 1
    assert items(client, "?language=uk") == []
    assert client.get("/feeds/rss.xml?language=de").status_code == 400


def test_pages_follow_each_other_without_gap_or_repetition(
    newsroom: Newsroom, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publications, "FEED_PAGE", 2)
    made = [newsroom.published().snapshot["entry_id"] for _ in range(5)]
    seen: list[str] = []
    address = "/feeds/feed.json"
    while address:
        page = json.loads(client.get(address).content)
        seen += [item["id"] for item in page["items"]]
        address = page.get("next_url", "").removeprefix(project.SITE_URL)
    assert sorted(seen) == sorted(made)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("cursor", ["x", "1", "1-", "-1", "1-x", "9" * 25 + "-1", "１-１", "1e5-1"])
def test_a_forged_cursor_is_a_bad_request(client: Client, db: None, cursor: str) -> None:
    assert client.get("/feeds/rss.xml", {"before": cursor}).status_code == 400


def test_links_are_made_from_the_site_and_never_from_the_host_header(
    newsroom: Newsroom, client: Client, settings: Any
) -> None:
    newsroom.published()
    settings.ALLOWED_HOSTS = ["*"]
    for address in ADDRESSES:
        body = client.get(address, headers={"Host": "evil.example.net"}).content
        assert b"evil.example.net" not in body
        assert project.SITE_URL.encode() in body


def test_a_feed_asks_few_questions_of_the_database(
    newsroom: Newsroom, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        newsroom.published()
    with django_assert_max_num_queries(4):
        client.get(ADDRESSES[0])
    with django_assert_max_num_queries(2):
        client.get(ADDRESSES[0])


def test_the_head_of_the_history_is_published(newsroom: Newsroom, client: Client) -> None:
    newsroom.published()
    head = HistoryHead.objects.get()
    assert client.get("/feeds/history.json").json() == {"count": head.count, "hash": head.hash}
