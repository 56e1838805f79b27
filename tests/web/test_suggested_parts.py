"""Suggestions of a long article: page by page, nothing passed over in silence."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from django.test import Client

from claims.actions.articles import take_in_text
from claims.models import Article, Update
from claims.selectors import article_parts, suggestions
from claims.selectors.article_parts import part_at, parts_of
from claims.selectors.suggestions import suggested_marks
from tests.newsroom import Newsroom

LINES = [
    f"Last year the harbour of pier {number} handled {number} million tons." for number in range(100, 160)
]


@pytest.fixture
def long_article(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Article:
    monkeypatch.setattr(article_parts, "PART", 1_500)
    monkeypatch.setattr(suggestions, "_PIECE", 400)
    return take_in_text(
        desk_id=newsroom.desk.pk,
        text="\n\n".join(LINES),
        actor=newsroom.actor("jonas"),
        title="Sixty piers",
        published=date(2026, 3, 4),
    )


def test_the_parts_of_a_long_article_suggest_every_sentence_once_and_in_order(long_article: Article) -> None:
    assert long_article.current is not None
    text = long_article.current.text
    parts = parts_of(text, [])
    marks = [
        mark for part in parts for mark in suggested_marks(long_article, text, [], (part.start, part.end))
    ]

    assert len(parts) > 2
    assert [mark.words for mark in marks] == LINES
    assert [text[mark.start : mark.end] for mark in marks] == LINES
    assert all(left.end <= right.start for left, right in pairwise(marks))
    assert (parts[0].previous, parts[0].next) == (None, 2)
    assert (parts[-1].previous, parts[-1].next) == (len(parts) - 1, None)


def test_the_parts_cover_the_text_and_are_cut_before_updates() -> None:
    text = "".join(f"Update {number} of the day.\n" for number in range(100, 200))
    length = len(text) // 100
    posts = [
        Update(ordinal=n, kind="post", printed_time=f"{n}", start=at, body_start=at, end=at + length)
        for n, at in enumerate(range(0, len(text), length))
    ]
    parts = parts_of(text, posts, 400)
    assert [part.start for part in parts[1:]] == [part.end for part in parts[:-1]]
    assert (parts[0].start, parts[-1].end) == (0, len(text))
    assert all(part.start in {post.start for post in posts} for part in parts)
    assert (parts[0].first_time, parts[0].last_time) == ("0", "16")
    assert part_at(parts, parts[2].start) == parts[2]
    assert part_at(parts, len(text) + 5) == parts[-1]


def test_a_text_without_a_place_to_cut_is_cut_all_the_same() -> None:
    assert [part.end for part in parts_of("x" * 25, [], 10)] == [10, 20, 25]
    assert [(part.start, part.end) for part in parts_of("", [])] == [(0, 0)]


def test_a_post_that_two_parts_share_is_read_in_both(long_article: Article) -> None:
    assert long_article.current is not None
    text = long_article.current.text
    post = Update(ordinal=0, start=0, body_start=0, end=len(text))
    parts = [
        suggested_marks(long_article, text, [post], (part.start, part.end)) for part in parts_of(text, [])[:2]
    ]

    assert [mark.words for part in parts for mark in part] == LINES[: sum(len(part) for part in parts)]


def test_the_page_tells_its_part_and_links_to_the_next(long_article: Article, jonas: Client) -> None:
    page = jonas.get(f"/articles/{long_article.pk}/?part=2").content.decode()

    assert "This is part 2 of" in page
    assert 'href="?part=1#worth-checking"' in page
    assert 'href="?part=3#worth-checking"' in page
    assert "Last year the harbour of pier 159" not in page.partition('id="worth-checking"')[2]


def test_a_short_article_has_no_parts(article: Article, jonas: Client) -> None:
    page = jonas.get(f"/articles/{article.pk}/").content.decode()

    assert "Worth checking" in page
    assert "This is part" not in page
