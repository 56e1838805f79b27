"""The feeds over HTTP: validators, conditional answers, languages, pages, embargo, hostile Host headers."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as project
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from claims.feeds import views
from claims.models import HistoryHead
from claims.selectors import feeds
from tests.newsroom import Newsroom

WITH_DATES = ["/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json", "/feeds/datafeed.json"]
ADDRESSES = [*WITH_DATES, "/feeds/datafeed-changes.json"]
TYPES = {
    "/feeds/rss.xml": "application/rss+xml",
    "/feeds/atom.xml": "application/atom+xml",
    "/feeds/feed.json": "application/feed+json",
    "/feeds/datafeed.json": "application/ld+json",
    "/feeds/datafeed-changes.json": "application/ld+json",
}


@pytest.fixture(autouse=True)
def no_kept_bodies() -> Iterator[None]:
    """Rows of a rolled-back test come back with the same ids; outside of tests versions only grow."""
    views.rendered.clear()
    yield
    views.rendered.clear()


def later(minutes: int = 10) -> Any:
    """Stop the clock so many minutes from now."""
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def items(client: Client, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(client.get(f"/feeds/feed.json{query}").content)["items"]
    return found


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_feed_without_entries_is_a_feed(client: Client, db: None, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(TYPES[address])


@pytest.mark.parametrize("address", WITH_DATES)
def test_what_did_not_change_is_answered_304_with_its_validators(
    newsroom: Newsroom, client: Client, address: str
) -> None:
    newsroom.published()
    with later():
        first = client.get(address)
        for condition in (
            {"If-None-Match": first["ETag"]},
            {"If-None-Match": f'"other", W/{first["ETag"]}'},
            {"If-None-Match": "*"},
            {"If-Modified-Since": first["Last-Modified"]},
        ):
            again = client.get(address, headers=condition)
            assert (again.status_code, again.content) == (304, b"")
            assert again["ETag"] == first["ETag"]
            assert again["Cache-Control"] == first["Cache-Control"]
            assert again["Last-Modified"] == first["Last-Modified"]


def test_the_etag_wins_over_the_date(newsroom: Newsroom, client: Client) -> None:
    newsroom.published()
    with later():
        first = client.get(ADDRESSES[0])
        conditions = {"If-None-Match": '"other"', "If-Modified-Since": first["Last-Modified"]}
        assert client.get(ADDRESSES[0], headers=conditions).status_code == 200


def test_while_a_second_may_still_change_no_date_is_given_or_believed(
    newsroom: Newsroom, client: Client
) -> None:
    """Two events of one second have one date: a reader who has the first would never get the other."""
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        newsroom.published()
        first = client.get(ADDRESSES[0])
        assert "Last-Modified" not in first
        newsroom.published()
        since = {"If-Modified-Since": http_date(now.timestamp())}
        assert client.get(ADDRESSES[0], headers=since).status_code == 200


@pytest.mark.parametrize(
    "date",
    [
        "yesterday",
        "2026-02-03T10:00:00Z",
        "Tue, 31 Feb 2026 10:00:00 GMT",
        "Tue, 03 Feb 99999 10:00:00 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "0",
        "-1",
        "\x00",
        "1" * 5000,
    ],
)
def test_a_date_in_a_wrong_form_or_from_the_future_is_no_condition(
    newsroom: Newsroom, client: Client, date: str
) -> None:
    newsroom.published()
    with later():
        answer = client.get(ADDRESSES[0], headers={"If-Modified-Since": date})
        assert answer.status_code == 200


@pytest.mark.parametrize("tags", ["x", '"', 'W/"', ",,,", '"a" "b"', "W/", "\x00", '"' * 5000])
def test_a_broken_list_of_tags_matches_nothing(newsroom: Newsroom, client: Client, tags: str) -> None:
    newsroom.published()
    assert client.get(ADDRESSES[0], headers={"If-None-Match": tags}).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_packed_body_is_the_same_with_a_tag_of_its_own(
    newsroom: Newsroom, client: Client, address: str
) -> None:
    newsroom.published()
    plain, packed = body(client.get(address)), client.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(body(packed)) == plain
    tag = client.get(address)["ETag"]
    assert packed["ETag"] != tag
    assert client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": tag}).status_code == 200
    own = {"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]}
    assert client.get(address, headers=own).status_code == 304


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "br;q=1, gzip; q=0.0", "xgzip", "gzip;q=x"])
def test_who_takes_no_gzip_gets_none(newsroom: Newsroom, client: Client, accepted: str) -> None:
    newsroom.published()
    assert "Content-Encoding" not in client.get(ADDRESSES[0], headers={"Accept-Encoding": accepted})


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_has_the_headers_and_no_body(newsroom: Newsroom, client: Client, address: str) -> None:
    newsroom.published()
    head, get = client.head(address), client.get(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == get["ETag"]
    assert client.post(address).status_code == 405


def test_a_retraction_moves_every_validator_and_leaves_a_notice(newsroom: Newsroom, client: Client) -> None:
    revision = newsroom.published()
    with later():
        before = {address: client.get(address) for address in ADDRESSES}
        newsroom.retracted(revision)
    with later(20):
        for address in ADDRESSES:
            after = client.get(address)
            assert after["ETag"] != before[address]["ETag"]
            if address in WITH_DATES:
                assert after["Last-Modified"] != before[address]["Last-Modified"]
    assert [item["id"] for item in items(client)] == [revision.snapshot["entry_id"]]


def test_a_notice_of_retraction_is_still_there_after_a_year(newsroom: Newsroom, client: Client) -> None:
    revision = newsroom.published()
    newsroom.retracted(revision)
    for _ in range(3):
        newsroom.published()
    with later(60 * 24 * 366):
        for address in ADDRESSES:
            assert revision.snapshot["entry_id"] in body(client.get(address)).decode()


def test_an_embargo_changes_no_byte_and_no_validator_and_no_cache_outlives_it(
    newsroom: Newsroom, client: Client
) -> None:
    newsroom.published()
    with later():
        before = [client.get(address) for address in ADDRESSES]
        bodies = {address: body(client.get(address)) for address in ADDRESSES}
        verdict = newsroom.approved()
        newsroom.scheduled(verdict, publish_at=timezone.now() + timedelta(seconds=20))
        after = [client.get(address) for address in ADDRESSES]
    for address, first, answer in zip(ADDRESSES, before, after, strict=True):
        assert (body(answer), answer["ETag"]) == (bodies[address], first["ETag"])
        assert (answer.get("Last-Modified"), answer["Link"]) == (first.get("Last-Modified"), first["Link"])
        assert int(answer["Cache-Control"].rpartition("=")[2]) <= 20


def test_a_language_is_a_feed_of_its_own(newsroom: Newsroom, client: Client) -> None:
    newsroom.published()
    assert len(items(client, "?language=en")) == 1
    assert items(client, "?language=uk") == []
    assert client.get("/feeds/rss.xml?language=de").status_code == 400


def test_pages_follow_each_other_without_gap_or_repetition(
    newsroom: Newsroom, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "FEED_PAGE", 2)
    made = [newsroom.published().snapshot["entry_id"] for _ in range(5)]
    seen: list[str] = []
    address = "/feeds/feed.json"
    while address:
        page = json.loads(client.get(address).content)
        seen += [item["id"] for item in page["items"]]
        address = page.get("next_url", "").removeprefix(project.SITE_URL)
    assert sorted(seen) == sorted(made)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "1",
        "1-",
        "-1",
        "1-x",
        "9" * 25 + "-1",
        "9" * 12 + "-1",
        "１-１",
        "1e5-1",
        f"1-{2**63}",
        "1-1\n",
        "\0",
    ],
)
def test_a_forged_cursor_is_a_bad_request(client: Client, db: None, cursor: str) -> None:
    assert client.get("/feeds/rss.xml", {"before": cursor}).status_code == 400


def test_links_are_made_from_the_site_and_never_from_the_host_header(
    newsroom: Newsroom, client: Client, settings: Any
) -> None:
    newsroom.published()
    settings.ALLOWED_HOSTS = ["*"]
    for address in ADDRESSES:
        answer = client.get(address, headers={"Host": "evil.example.net"})
        told = body(answer) + str(answer.headers).encode()
        assert b"evil.example.net" not in told
        assert project.SITE_URL.encode() in told


def test_a_feed_asks_few_questions_of_the_database(
    newsroom: Newsroom, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        newsroom.published()
    for address in ADDRESSES:
        with django_assert_max_num_queries(7):
            body(client.get(address))
    narrowed = "?language=en&topic=health&rating=true"
    for address in ADDRESSES[:3]:
        with django_assert_max_num_queries(2):
            client.get(address)
        with django_assert_max_num_queries(6):
            client.get(address + narrowed)


def test_the_head_of_the_history_is_published(newsroom: Newsroom, client: Client) -> None:
    newsroom.published()
    head = HistoryHead.objects.get()
    assert client.get("/feeds/history.json").json() == {"count": head.count, "hash": head.hash}
