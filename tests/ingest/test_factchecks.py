"""Fact-checks of others: pages, DataFeeds and tables; what is broken costs itself alone."""

from __future__ import annotations

import io
import json
import tracemalloc
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ingest.factchecks import CheckEntry, read_checks
from claims.ingest.json_entries import MAX_ENTRY_BYTES, read_entries
from claims.ingest.outside_reviews import Refused

REVIEW: dict[str, Any] = {
    "@type": "ClaimReview",
    "claimReviewed": "The lighthouse at Cape Sol was switched off for nine nights.",
    "url": "https://checks.example.net/lighthouse",
    "author": {"@type": "Organization", "name": "Coast Checkers", "url": "https://checks.example.net/"},
    "reviewRating": {"@type": "Rating", "ratingValue": 2, "bestRating": 5, "alternateName": "Mostly wrong"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Ida Brandt"},
        "datePublished": "2026-01-11",
        "firstAppearance": {"@type": "CreativeWork", "url": "https://forum.example.org/post/7"},
    },
    "datePublished": "2026-01-14T23:30:00-05:00",
    "inLanguage": "en-GB",
}


def review(number: int = 0, **changes: Any) -> dict[str, Any]:
    return {**REVIEW, "url": f"https://checks.example.net/{number}", **changes}


def feed(*elements: str) -> bytes:
    head = '{"@context":"https://schema.org","@type":"DataFeed","name":"All checks","dataFeedElement":[\n'
    return (head + ",\n".join(elements) + "\n]}").encode()


def item(number: int, **changes: Any) -> str:
    return json.dumps({"@type": "DataFeedItem", "item": [review(number, **changes)]}, ensure_ascii=False)


def read(body: bytes, url: str = "") -> list[CheckEntry]:
    return list(read_checks(io.BytesIO(body), url=url))


def told(entries: list[CheckEntry]) -> list[str]:
    return [entry.sentence or entry.reviews[0].url for entry in entries]


def test_a_claim_review_keeps_its_origin_in_its_own_words() -> None:
    (entry,) = read(json.dumps(REVIEW).encode())
    (found,) = entry.reviews
    assert found.publisher == "Coast Checkers"
    assert found.publisher_site == "https://checks.example.net/"
    assert found.rating == "Mostly wrong"
    assert (found.claimant, found.claimant_kind) == ("Ida Brandt", "Person")
    assert found.claimed_on == date(2026, 1, 11)
    # The day as they wrote it: their zone does not move it.
    assert found.checked_on == date(2026, 1, 14)
    assert (found.language, found.claim_language) == ("en", "en")
    assert found.appearance_url == "https://forum.example.org/post/7"


BROKEN = {
    "a quotation mark inside a text": item(3).replace("nine nights", 'nine "nights'),
    "a missing brace": item(3)[:-1],
    "a comma too many": item(3)[:-1] + ",}",
    "cut off in a text": item(3)[:90],
    "no object": '"checks"',
    "brackets without end": "[" * 5000,
    "an escaped quotation mark as the last thing": '{"@type": "DataFeedItem", "x": "\\"',
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_the_good_entries_around_a_broken_one_come_in(broken: str) -> None:
    body = feed(item(1), item(2), broken, item(4), item(5))
    entries = read(body)
    urls = [found.url.rpartition("/")[2] for entry in entries for found in entry.reviews]
    assert urls == ["1", "2", "4", "5"]
    (left_out,) = [entry for entry in entries if entry.sentence]
    assert left_out.number == 3
    assert body[left_out.offset :].decode().startswith(broken[:1])


def test_an_endless_entry_is_left_out() -> None:
    endless = item(2, name="x" * (MAX_ENTRY_BYTES + 10))
    entries = read(feed(item(1), endless, item(3)))
    assert [bool(entry.sentence) for entry in entries] == [False, True, False]
    assert "longer than" in entries[1].sentence


def test_a_file_that_was_cut_says_so_and_keeps_what_was_whole() -> None:
    assert told(read(feed(item(1), item(2))[:-3])) == [
        "https://checks.example.net/1",
        "https://checks.example.net/2",
        "The file ends in the middle.",
    ]


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"claimReviewed": " … "}, "claim that was checked is missing"),
        ({"claimReviewed": "x" * 5001}, "longer than"),
        ({"url": "javascript:alert(1)"}, "address of the check"),
        ({"reviewRating": {}}, "rating is missing"),
        ({"datePublished": "the other day"}, "no date"),
        ({"datePublished": "2026-02-30"}, "no date"),
        ({"datePublished": "9999-01-01"}, "no date"),
        ({"url": "http://127.0.0.1:8000/checks/1/"}, "this newsroom itself"),
        ({"@type": "NewsArticle"}, "no ClaimReview"),
    ],
)
def test_what_an_entry_lacks_is_said(changes: dict[str, Any], part: str) -> None:
    entries = read(feed(json.dumps(review(1, **changes)), json.dumps(review(2))))
    assert part in entries[0].sentence
    assert entries[1].reviews


def test_a_rating_without_words_is_told_by_its_figures_and_never_translated() -> None:
    (entry,) = read(json.dumps(review(reviewRating={"ratingValue": "2", "bestRating": "5"})).encode())
    assert entry.reviews[0].rating == "2 / 5"


def test_a_withdrawn_check_is_not_taken_in() -> None:
    gone = json.dumps({"@type": "DataFeedItem", "dateDeleted": "2026-02-01", "item": [review(1)]})
    assert told(read(feed(gone))) == ["Its publisher has withdrawn this check."]


def test_fields_without_a_place_are_named() -> None:
    (entry,) = read(json.dumps(review(1, reviewAspect="tone", video={"@type": "VideoObject"})).encode())
    assert entry.reviews[0].unmapped == ("reviewAspect", "video")


def test_the_answer_of_the_fact_check_tools_is_read() -> None:
    body = {
        "claims": [
            {
                "text": "The ferry to Brevik sank.",
                "claimant": "A channel",
                "claimDate": "2026-02-03T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": {"name": "Fjord Facts", "site": "fjord.example.net"},
                        "url": "https://fjord.example.net/ferry",
                        "title": "No, it is afloat",
                        "reviewDate": "2026-02-05T10:00:00Z",
                        "textualRating": "False",
                        "languageCode": "en",
                    }
                ],
            }
        ],
        "nextPageToken": "CAo",
    }
    (entry,) = read(json.dumps(body, indent=1).encode())
    (found,) = entry.reviews
    assert (found.publisher, found.rating, found.claimant) == ("Fjord Facts", "False", "A channel")
    assert (found.claimed_on, found.checked_on) == (date(2026, 2, 3), date(2026, 2, 5))


def test_one_review_a_line_is_read() -> None:
    lines = [json.dumps(review(number)).encode() for number in range(1, 4)]
    lines[1] = lines[1][:40]
    assert told(read(b"\n".join(lines))) == [
        "https://checks.example.net/1",
        "The entry is not valid JSON.",
        "https://checks.example.net/3",
    ]


JSON_PAGE = """<!doctype html><title>Check</title><script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [
 {"@type": "Organization", "@id": "#we", "name": "Coast Checkers"},
 {"@type": "ClaimReview", "claimReviewed": "Маяк не світив дев'ять ночей.", "author": {"@id": "#we"},
  "reviewRating": {"alternateName": "Маніпуляція"}, "datePublished": "2026-01-14"}]}</script>"""
MICRODATA_PAGE = """<!doctype html><div itemscope itemtype="https://schema.org/ClaimReview">
<h1 itemprop="claimReviewed">The lighthouse was off for nine nights.</h1>
<a itemprop="url" href="https://checks.example.net/lighthouse">here</a>
<p>By <span itemprop="author" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">Coast
Checkers</b></span>, <time itemprop="datePublished" datetime="2026-01-14">14 January</time></p>
<div itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
<meta itemprop="ratingValue" content="1">
<span itemprop="alternateName">Wrong</span></div></div>"""


def test_a_page_is_read_by_its_json_and_takes_the_address_it_came_from() -> None:
    (entry,) = read(JSON_PAGE.encode(), url="https://checks.example.net/mayak")
    (found,) = entry.reviews
    assert (found.url, found.publisher, found.rating) == (
        "https://checks.example.net/mayak",
        "Coast Checkers",
        "Маніпуляція",
    )
    assert found.claim_language == "uk"


def test_a_page_is_read_by_its_microdata() -> None:
    (entry,) = read(MICRODATA_PAGE.encode())
    (found,) = entry.reviews
    assert found.claim_text == "The lighthouse was off for nine nights."
    assert (found.publisher, found.rating) == ("Coast Checkers", "Wrong")
    assert found.checked_on == date(2026, 1, 14)


def test_a_page_without_markup_is_refused() -> None:
    with pytest.raises(Refused, match="no ClaimReview markup"):
        read(b"<p>Nothing here</p>")


MEEDAN_FEED = (
    "Fact-check title,Fact-check summary,Fact-check URL,Tags,Workspace,Updated at,Rating\r\n"
    '"No, the lighthouse shone","It did, says the log",https://checks.example.net/a,sea,Coast,2026-01-14,False\r\n'
)
MEEDAN_LIST = (
    "Claim,Item page URL,Status,Created by,Submitted at,Social Media Posted at,Report Published at,"
    "Number of media,Tags\n"
    "The lighthouse was off,https://check.example.net/coast/media/4,Misleading,Ida,2026-01-11 10:00:00,,"
    "2026-01-14 09:30:00,2,sea\n"
)


def test_both_tables_of_meedan_check_are_read_and_unknown_columns_named() -> None:
    (shared,), (listed,) = read(MEEDAN_FEED.encode()), read(MEEDAN_LIST.encode())
    found = shared.reviews[0]
    assert (found.title, found.publisher, found.rating) == ("No, the lighthouse shone", "Coast", "False")
    assert found.unmapped == ("Fact-check summary", "Tags")
    assert listed.reviews[0].claim_text == "The lighthouse was off"
    assert listed.reviews[0].checked_on == date(2026, 1, 14)
    assert listed.line == 2


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_a_table_is_read_in_the_charsets_and_with_the_commas_of_spreadsheets(
    charset: str, comma: str
) -> None:
    row = ["Маяк на мысе не светил девять ночей подряд", "https://checks.example.net/m", "Неправда", "Берег"]
    table = "\n".join(
        comma.join(cells) for cells in (["claimReviewed", "url", "textualRating", "publisher"], row)
    )
    (entry,) = read((table + "\n").encode(charset))
    assert (entry.reviews[0].rating, entry.reviews[0].claim_language) == ("Неправда", "ru")


def test_a_table_without_the_needed_columns_is_refused_with_their_names() -> None:
    with pytest.raises(Refused, match=r"claimReviewed|claimreviewed"):
        read(b"name,link\nA,https://a.example\n")


def test_an_open_quotation_mark_in_a_table_does_not_take_the_rest_of_it() -> None:
    good = "A claim,https://checks.example.net/{},False\n"
    rows = "".join(good.format(number) for number in range(20_000))
    table = "claim,url,rating\n" + good.format("x") + '"open,https://checks.example.net/y,False\n' + rows
    entries = read(table.encode())
    assert entries[0].reviews
    assert any(entry.sentence for entry in entries)
    assert sum(bool(entry.reviews) for entry in entries) > 15_000


def test_a_long_feed_is_read_in_little_memory() -> None:
    class Endless(io.RawIOBase):
        """Four megabytes of entries, each hundredth broken, made as they are read."""

        def __init__(self) -> None:
            self.number, self.rest = 0, feed()[:-3]

        def read(self, size: int = -1) -> bytes:
            while len(self.rest) < size and self.number < 6_000:
                self.number += 1
                text = item(self.number)
                self.rest += (text[:-2] if self.number % 100 == 0 else text).encode() + b",\n"
            if self.number == 6_000:
                self.rest, self.number = self.rest + b"]}", 6_001
            piece, self.rest = self.rest[:size], self.rest[size:]
            return piece

    tracemalloc.start()
    broken = sum(entry.fault is not None for entry in read_entries(Endless()))  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert broken == 60
    assert peak < 8 * 1024 * 1024


@given(st.lists(st.binary(max_size=80), max_size=6))
def test_any_bytes_are_read_to_their_end(pieces: list[bytes]) -> None:
    body = b"[" + b",".join(pieces) + b"]"
    numbers = [entry.number for entry in read_entries(io.BytesIO(body))]
    assert numbers == list(range(1, len(numbers) + 1))
