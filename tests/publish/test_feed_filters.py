"""Feeds narrowed by language, topic, claimant and rating; the DataFeed whole and as changes; wrong questions."""

from __future__ import annotations

import gzip
import json
import os
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.actions.topics import sort_claim
from claims.feeds import files, parts
from claims.models import Claim, Claimant, Publication, PublishedRevision
from claims.selectors import feeds
from claims.selectors.feeds import feed_addresses_of
from tests.newsroom import Newsroom

NARROWED = ["/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json", "/feeds/datafeed.json"]


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def ids(client: Client, query: str) -> list[str]:
    """Return what the JSON feed shows, after every other format was seen to show the same."""
    answers = {address: client.get(address + query) for address in NARROWED}
    bodies = {address: body(answer).decode() for address, answer in answers.items()}
    shown = [item["id"] for item in json.loads(bodies["/feeds/feed.json"])["items"]]
    for address, text in bodies.items():
        found = [entry for entry in _all_ids() if entry in text]
        assert sorted(found) == sorted(shown), address
    elements = json.loads(bodies["/feeds/datafeed.json"])["dataFeedElement"]
    assert [element["@id"] for element in elements] == shown
    return shown


def _all_ids() -> list[str]:
    return [snapshot["entry_id"] for snapshot in PublishedRevision.objects.values_list("snapshot", flat=True)]


def entry_id(revision: PublishedRevision) -> str:
    return str(revision.snapshot["entry_id"])


# --- Filters ------------------------------------------------------------------------------------------


def test_a_feed_is_narrowed_by_language_topic_claimant_and_rating_and_by_all_together(
    newsroom: Newsroom, client: Client
) -> None:
    other = Claimant.objects.create(name="Anna Bondar", kind="Person")
    true, false = newsroom.published(), newsroom.published(rating="false")
    hers = newsroom.published(
        newsroom.approved(newsroom.submitted(newsroom.draft(newsroom.weighed_claim(claimant=other))))
    )
    claim = Claim.objects.get(pk=hers.publication.claim_id)
    sort_claim(claim_id=claim.pk, seen_version=claim.version, slugs=["health"], actor=newsroom.actor("jonas"))
    authority = Claimant.objects.get(name="Port Authority")
    assert set(ids(client, "")) == {entry_id(true), entry_id(false), entry_id(hers)}
    assert ids(client, "?rating=false") == [entry_id(false)]
    assert ids(client, f"?claimant={other.pk}") == [entry_id(hers)]
    assert set(ids(client, f"?claimant={authority.pk}")) == {entry_id(true), entry_id(false)}
    assert ids(client, "?topic=health") == [entry_id(hers)]
    assert ids(client, "?topic=elections") == []
    assert ids(client, "?language=ru") == []
    assert ids(client, f"?language=en&topic=health&claimant={other.pk}&rating=true") == [entry_id(hers)]
    assert ids(client, f"?topic=health&claimant={authority.pk}") == []


def test_a_filtered_feed_is_named_and_identified_by_its_filters(newsroom: Newsroom, client: Client) -> None:
    newsroom.published()
    whole = client.get("/feeds/feed.json").json()
    part = client.get("/feeds/feed.json?rating=true&language=uk&topic=health").json()
    assert part["title"] != whole["title"]
    assert part["feed_url"].endswith("/feeds/feed.json?language=uk&topic=health&rating=true")
    atom = client.get("/feeds/atom.xml?rating=true").content.decode()
    assert "2026:feed/rating=true<" in atom
    assert "2026:feed/all<" in client.get("/feeds/atom.xml").content.decode()


def test_sorting_a_claim_changes_the_feed_of_its_topic_at_once(newsroom: Newsroom, client: Client) -> None:
    claim = Claim.objects.get(pk=newsroom.published().publication.claim_id)
    assert ids(client, "?topic=health") == []
    sort_claim(claim_id=claim.pk, seen_version=claim.version, slugs=["health"], actor=newsroom.actor("jonas"))
    assert len(ids(client, "?topic=health")) == 1
    for address in NARROWED:
        assert "Last-Modified" not in client.get(address + "?topic=health")


def test_who_follows_a_rating_is_told_when_a_check_gets_another(newsroom: Newsroom, client: Client) -> None:
    first = newsroom.published(rating="false")
    second = newsroom.corrected(first, rating="true")
    for rating in ("false", "true"):
        shown = client.get(f"/feeds/feed.json?rating={rating}").json()["items"]
        assert [item["id"] for item in shown] == [entry_id(second)]
        assert shown[0]["title"].startswith("CORRECTED: ")


def test_the_feeds_of_a_publication_are_those_that_show_it(newsroom: Newsroom, client: Client) -> None:
    revision = newsroom.published()
    newsroom.published(rating="false")
    claim = Claim.objects.get(pk=revision.publication.claim_id)
    sort_claim(claim_id=claim.pk, seen_version=claim.version, slugs=["health"], actor=newsroom.actor("jonas"))
    addresses = feed_addresses_of(Publication.objects.get(pk=revision.publication_id))
    assert len(addresses) == len(set(addresses)) == 4 * 5
    for address in addresses:
        parts = urlsplit(address)
        answer = client.get(f"{parts.path}?{parts.query}")
        assert entry_id(revision) in body(answer).decode(), address


# --- Wrong questions ----------------------------------------------------------------------------------

WRONG = [
    ("lang=en", 400),
    ("filter=user__password__startswith", 400),
    ("sort=a.b;--", 400),
    ("language=de", 400),
    ("language=en&language=uk", 400),
    ("topic=a/b", 400),
    ("topic=%00", 400),
    ("topic=" + "a" * 61, 400),
    ("topic=unheard-of", 404),
    ("rating=unheard-of", 404),
    ("rating=%ED%A0%80", 400),
    ("claimant=x", 400),
    ("claimant=%D9%A1", 400),
    ("claimant=" + "9" * 5000, 400),
    ("claimant=0", 404),
    ("claimant=-1", 404),
    (f"claimant={2**63}", 404),
    (f"claimant={2**63 - 1}", 404),
    ("claimant=1e3", 400),
]


@pytest.mark.parametrize(("query", "status"), WRONG)
def test_a_wrong_question_is_answered_with_a_sentence(
    newsroom: Newsroom, client: Client, query: str, status: int
) -> None:
    newsroom.published()
    for address in [*NARROWED, "/feeds/datafeed-changes.json"]:
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == status, address
        assert answer["Content-Type"].startswith("text/plain")
        assert answer.content.decode().strip().endswith(".")


@pytest.mark.parametrize("since", ["x", "-1", "1.5", str(2**63), "9" * 5000, "%00", "2026-02-03", "%D9%A1"])
def test_a_forged_place_in_the_changes_is_a_bad_request(client: Client, db: None, since: str) -> None:
    assert client.get(f"/feeds/datafeed-changes.json?since={since}").status_code == 400


def test_a_claimant_of_unpublished_claims_is_as_unknown_as_none(newsroom: Newsroom, client: Client) -> None:
    hidden = Claimant.objects.create(name="Petro Yavir", kind="Person")
    newsroom.approved(newsroom.submitted(newsroom.draft(newsroom.weighed_claim(claimant=hidden))))
    answer = client.get(f"/feeds/rss.xml?claimant={hidden.pk}")
    nobody = client.get(f"/feeds/rss.xml?claimant={hidden.pk + 1000}")
    assert (answer.status_code, answer.content) == (404, nobody.content)


# --- The DataFeed -------------------------------------------------------------------------------------


def test_the_dump_holds_every_check_and_its_etag_is_of_its_bytes(
    newsroom: Newsroom, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "STRETCH", 2)
    made = [newsroom.published() for _ in range(5)]
    newsroom.retracted(made[1])
    answer = client.get("/feeds/datafeed.json")
    dump = json.loads(body(answer))
    assert (dump["@context"], dump["@type"]) == ("https://schema.org", "DataFeed")
    elements = {element["@id"]: element for element in dump["dataFeedElement"]}
    assert set(elements) == {entry_id(revision) for revision in made}
    gone = elements.pop(entry_id(made[1]))
    assert gone["dateDeleted"]
    assert gone["item"][0]["creativeWorkStatus"] == "Retracted"
    for element in elements.values():
        assert element["item"][0]["@type"] == "ClaimReview"
        assert "@context" not in element["item"][0]
    packed = client.get("/feeds/datafeed.json", headers={"Accept-Encoding": "gzip"})
    assert json.loads(gzip.decompress(body(packed))) == dump
    assert packed["ETag"] != answer["ETag"]
    assert client.head("/feeds/datafeed.json")["ETag"] == answer["ETag"]


def test_every_entry_of_the_dump_has_the_terms_that_the_installation_set(
    newsroom: Newsroom, client: Client, settings: Any
) -> None:
    settings.MARKUP_LICENSE = "https://terms.example.org/by/4.0/"
    newsroom.published()
    newsroom.published()
    elements = json.loads(body(client.get("/feeds/datafeed.json")))["dataFeedElement"]
    assert [element["item"][0]["sdLicense"] for element in elements] == [settings.MARKUP_LICENSE] * 2


def test_what_is_published_while_a_dump_is_sent_changes_no_byte_of_it(
    newsroom: Newsroom, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "STRETCH", 1)
    first, second = newsroom.published(), newsroom.published()
    before = client.get("/feeds/datafeed.json")
    undisturbed = body(client.get("/feeds/datafeed.json"))
    newsroom.retracted(first)
    newsroom.corrected(second)
    newsroom.published()
    assert body(before) == undisturbed
    after = client.get("/feeds/datafeed.json", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200


def _following(answer: Any) -> str:
    """Return the path that a Link header calls ``next``, "" where there is none."""
    for link in answer.get("Link", "").split(", "):
        if link.endswith('rel="next"'):
            parts = urlsplit(link[1 : link.index(">")])
            return f"{parts.path}?{parts.query}"
    return ""


def _changed(client: Client, address: str) -> tuple[list[str], str]:
    """Follow the changes to their end; return what changed, each time it was told, and where to ask again."""
    told: list[str] = []
    while True:
        answer = client.get(address)
        told += [element["@id"] for element in answer.json()["dataFeedElement"]]
        if not (following := _following(answer)):
            return told, address
        address = following


def test_the_changes_after_a_dump_are_each_told_once_and_in_their_present_state(
    newsroom: Newsroom, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, corrected, retracted = newsroom.published(), newsroom.published(), newsroom.published()
    address = _following(client.get("/feeds/datafeed.json"))
    assert _changed(client, address) == ([], address)
    newsroom.corrected(corrected)
    newsroom.retracted(retracted)
    new = newsroom.published()
    told, place = _changed(client, address)
    assert sorted(told) == sorted(map(entry_id, (corrected, retracted, new)))
    assert _changed(client, place) == ([], place)
    assert entry_id(kept) not in told
    monkeypatch.setattr(feeds, "CHANGES_PAGE", 1)
    one_by_one, last = _changed(client, "/feeds/datafeed-changes.json?since=0")
    assert set(one_by_one) == {entry_id(kept), *told}
    assert last == place


def _asked_for(client: Client, address: str = "/feeds/datafeed.json") -> tuple[int, bytes]:
    """Return how many revisions' words were read for a dump, in questions, and its bytes."""
    with CaptureQueriesContext(connection) as asked:
        whole = body(client.get(address))
    assert len(asked) <= 12
    return sum('"snapshot"' in query["sql"] for query in asked), whole


def test_a_new_check_has_its_own_part_of_the_dump_made_and_no_other(
    newsroom: Newsroom, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "STRETCH", 1)
    made = [newsroom.published() for _ in range(3)]
    assert _asked_for(client)[0] == 3
    assert _asked_for(client)[0] == 0
    newsroom.published()
    assert _asked_for(client)[0] == 1
    newsroom.retracted(made[0])
    questions, whole = _asked_for(client)
    assert questions == 1
    assert len(json.loads(whole)["dataFeedElement"]) == 4
    assert _asked_for(client, "/feeds/datafeed.json?rating=true")[0] == 4, "narrower dumps are made each time"


def test_a_part_that_is_broken_or_cannot_be_kept_is_made_again(
    newsroom: Newsroom, client: Client, var_folder: Path
) -> None:
    newsroom.published()
    _, whole = _asked_for(client)
    [file] = (var_folder / "datafeed" / "all").iterdir()
    for damage in (b"", b"not deflated", file.read_bytes()[:100]):
        file.write_bytes(damage)
        assert _asked_for(client) == (1, whole), damage
    file.unlink()
    file.parent.rmdir()
    file.parent.write_text("a file where the folder should be")
    assert _asked_for(client) == (1, whole)


def test_parts_that_no_dump_needs_are_removed_after_a_time(
    newsroom: Newsroom, client: Client, var_folder: Path
) -> None:
    newsroom.published()
    _asked_for(client)
    [old] = (var_folder / "datafeed" / "all").iterdir()
    newsroom.published()
    _asked_for(client)
    assert old.exists()
    long_ago = time.time() - files.LEFT_FOR - 1
    for file in old.parent.iterdir():
        os.utime(file, (long_ago, long_ago))
    _, whole = _asked_for(client)
    assert not old.exists()
    assert _asked_for(client) == (0, whole)
