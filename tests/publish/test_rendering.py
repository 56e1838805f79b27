"""Markup and feeds of a snapshot: what they say, what they leave out, and that nothing escapes from them."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast
from xml.etree.ElementTree import fromstring

import feedparser
import pytest

from claims.publish import atom, jsonfeed, rss
from claims.publish.claimreview import claim_review, script_json
from claims.publish.entries import Channel, Entry, single_line
from claims.publish.snapshot import Snapshot
from claims.rules.gates import FORBIDDEN_IN_SCRIPT

MOMENT = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
SNAPSHOT: Snapshot = {
    "format": 1,
    "publication": 7,
    "claim": 3,
    "claim_iri": "https://check.example.org/id/claim/3",
    "revision": 1,
    "language": "en",
    "url": "https://check.example.org/checks/7/tugs/",
    "path": "/checks/7/tugs/",
    "entry_id": "tag:check.example.org,2026-03-04:check/7",
    "title": "How many tugs entered the harbour?",
    "claim_reviewed": "Four tugs entered the harbour.",
    "claim_text": "Four tugs entered the harbour that morning.",
    "claim_language": "en",
    "claimant": {"name": "Port Authority", "kind": "Organization", "same_as": ""},
    "attribution": "",
    "made": "2026-02-03",
    "appearances": [
        {
            "url": "https://news.example.org/1",
            "offline_origin": "",
            "title": "Tugs",
            "outlet": "News",
            "kind": "live_blog",
            "exact": "Four tugs",
            "printed_time": "10:40",
            "moment": "2026-02-03T08:40:00Z",
            "published": "",
            "is_first": True,
        },
        {
            "url": "",
            "offline_origin": "At the quay",
            "title": "",
            "outlet": "",
            "kind": "",
            "exact": "",
            "printed_time": "",
            "moment": "",
            "published": "",
            "is_first": False,
        },
    ],
    "rating": {
        "key": "true",
        "label": "True",
        "labels": {"en": "True", "uk": "Правда", "ru": "Правда"},
        "value": 5,
        "worst": 1,
        "best": 5,
        "scale": "default",
        "scale_version": 1,
    },
    "summary": "The log says four.",
    "justification": "Because the log says so.",
    "uncertainty": "",
    "none_found": "against",
    "evidence": [
        {
            "ordinal": 1,
            "stance": "supports",
            "quotation": "four tugs",
            "url": "https://log.example.org/1",
            "title": "The log",
            "outlet": "Log",
            "language": "en",
            "published": "2026-02-03",
            "origin": "log",
            "origin_name": "Log",
            "is_primary": True,
            "captured_at": "",
            "text_sha256": "0" * 64,
        }
    ],
    "people": [{"name": "Rita", "part": "recorded"}],
    "organisation": {"name": "Newsroom", "url": "https://check.example.org"},
    "tier": "first",
    "note": "",
    "corrections": [],
    "first_published_at": "2026-03-04T12:00:00Z",
    "modified_at": "2026-03-04T12:30:00Z",
    "published_at": "2026-03-04T12:30:00Z",
    "content_hash": "f" * 64,
    "is_demonstration": False,
}
CHANNEL = Channel(
    title="Newsroom: fact-checks",
    description="Checked claims.",
    home_url="https://check.example.org/checks/",
    self_url="https://check.example.org/feeds/x",
    next_url="",
    language="",
    organisation="Newsroom",
    entry_id="tag:check.example.org,2026:feed/all",
    updated=MOMENT,
)
NASTY = "</script><script>alert(1)</script> ]]> & \u2028 \u202eevil \x08 “q” ’ʼ ﷽"


def snapshot(**changes: object) -> Snapshot:
    return cast(Snapshot, copy.deepcopy(SNAPSHOT) | changes)


def entry(state: str = "live", note: str = "", **changes: object) -> Entry:
    return Entry(snapshot(**changes), state, event_at=MOMENT, modified_at=MOMENT, retraction_note=note)


# --- ClaimReview --------------------------------------------------------------------------------------


def test_the_markup_has_what_google_requires_and_keeps_the_dates_apart() -> None:
    review = claim_review(SNAPSHOT)
    assert review["claimReviewed"] == "Four tugs entered the harbour."
    assert review["url"] == SNAPSHOT["url"]
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "True",
        "name": "True",
        "ratingExplanation": "The log says four.",
        "ratingValue": 5,
        "worstRating": 1,
        "bestRating": 5,
    }
    assert review["datePublished"] == "2026-03-04T12:00:00Z"
    assert review["itemReviewed"]["datePublished"] == "2026-02-03"
    assert review["author"]["name"] == "Newsroom"


def test_a_rating_that_is_text_only_carries_no_number() -> None:
    review = claim_review(snapshot(rating=SNAPSHOT["rating"] | {"value": None, "label": "Unverifiable"}))
    assert not {"ratingValue", "worstRating", "bestRating"} & set(review["reviewRating"])
    assert review["reviewRating"]["alternateName"] == "Unverifiable"


def test_an_unknown_claimant_is_left_out_and_a_person_is_a_person() -> None:
    assert "author" not in claim_review(snapshot(claimant=None))["itemReviewed"]
    person = {"name": "Ivan Petrenko", "kind": "Person", "same_as": "https://example.org/ivan"}
    author = claim_review(snapshot(claimant=person))["itemReviewed"]["author"]
    assert author == {"@type": "Person", "name": "Ivan Petrenko", "sameAs": "https://example.org/ivan"}


def test_the_first_appearance_is_apart_and_an_offline_one_is_described() -> None:
    item = claim_review(SNAPSHOT)["itemReviewed"]
    assert item["firstAppearance"]["@type"] == "BlogPosting"
    assert item["firstAppearance"]["isPartOf"]["@type"] == "LiveBlogPosting"
    assert item["firstAppearance"]["datePublished"] == "2026-02-03T08:40:00Z"
    assert item["appearance"] == [{"@type": "CreativeWork", "description": "At the quay"}]


def test_a_correction_with_a_note_is_a_correction_comment() -> None:
    corrections = [
        {"revision": 2, "tier": "minor", "note": "", "published_at": "2026-03-05T00:00:00Z"},
        {"revision": 3, "tier": "update", "note": "New log.", "published_at": "2026-03-06T00:00:00Z"},
    ]
    review = claim_review(snapshot(corrections=corrections))
    assert [comment["text"] for comment in review["correction"]] == ["New log."]


def test_the_script_cannot_be_left_whatever_the_words_are() -> None:
    nasty = snapshot(title=NASTY, claim_reviewed=NASTY, justification=NASTY, summary=NASTY)
    script = script_json(nasty)
    assert FORBIDDEN_IN_SCRIPT.search(script) is None
    assert json.loads(script)["claimReviewed"] == NASTY


# --- Feeds --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("renderer", [rss, atom])
def test_an_xml_feed_with_nasty_words_is_well_formed_and_keeps_the_words(renderer: Any) -> None:
    body = renderer.render(CHANNEL, [entry(title=NASTY, summary=NASTY, justification=NASTY)])
    fromstring(body)
    parsed = feedparser.parse(body)
    assert not parsed.bozo
    title = parsed.entries[0].title_detail.value
    assert "\u202e" not in title
    assert b"<script>" not in body
    assert "evil" in title


def test_a_json_feed_with_nasty_words_is_json_and_its_title_has_one_direction() -> None:
    item = json.loads(jsonfeed.render(CHANNEL, [entry(title=NASTY)]))["items"][0]
    assert "\u202e" not in item["title"]
    assert item["id"] == SNAPSHOT["entry_id"]


def test_the_three_formats_agree_on_ids_titles_links_and_moments() -> None:
    entries = [entry(), entry(entry_id="tag:check.example.org,2026-03-04:check/8", title="Другий")]
    by_rss = feedparser.parse(rss.render(CHANNEL, entries)).entries
    by_atom = feedparser.parse(atom.render(CHANNEL, entries)).entries
    by_json = json.loads(jsonfeed.render(CHANNEL, entries))["items"]
    for number in range(2):
        assert by_rss[number].id == by_atom[number].id == by_json[number]["id"]
        assert by_rss[number].title == by_atom[number].title == by_json[number]["title"]
        assert by_rss[number].link == by_atom[number].link == by_json[number]["url"]
        assert by_atom[number].updated == by_json[number]["date_modified"] == "2026-03-04T12:30:00Z"
    assert by_rss[0].guidislink is False


def test_a_retracted_check_stays_in_every_feed_as_a_notice() -> None:
    retracted = [entry("retracted", "The log was forged.")]
    item = feedparser.parse(rss.render(CHANNEL, retracted)).entries[0]
    assert item.title.startswith("RETRACTED: ")
    assert item.summary == "The log was forged."
    deleted = re.search(rb"<at:deleted-entry [^>]*ref=\"([^\"]+)\"", atom.render(CHANNEL, retracted))
    assert deleted is not None
    assert deleted.group(1).decode() == SNAPSHOT["entry_id"]
    by_json = json.loads(jsonfeed.render(CHANNEL, retracted))["items"][0]
    assert by_json["_correction"]["tier"] == "retraction"
    assert "_claimreview" not in by_json


@pytest.mark.parametrize(
    ("language", "word"), [("en", "CORRECTED"), ("uk", "ВИПРАВЛЕНО"), ("ru", "ИСПРАВЛЕНО")]
)
def test_a_substantial_correction_is_told_in_the_title(language: str, word: str) -> None:
    assert entry(language=language, tier="substantial").title.startswith(f"{word}: ")
    assert not entry(language=language, tier="update").title.startswith(word)


def test_a_title_is_one_line_without_control_characters() -> None:
    assert single_line("a\u202eb\x00\n c") == "ab c"


def test_a_feed_names_its_next_page_where_there_is_one() -> None:
    channel = replace(CHANNEL, next_url="https://check.example.org/feeds/x?before=1-1")
    assert b'rel="next"' in atom.render(channel, [])
    assert b'rel="next"' in rss.render(channel, [])
    assert json.loads(jsonfeed.render(channel, []))["next_url"] == channel.next_url
