"""Suggestions of a long article: page by page, nothing passed over in silence."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from django.test import Client

from claims.actions.articles import take_in_text
from claims.models import Article, Update
from claims.selectors import suggestions
from claims.selectors.suggestions import suggested_marks
from tests.newsroom import Newsroom

LINES = [
    f"Last year the harbour of pier {number} handled {number} million tons." for number in range(100, 160)
]


@pytest.fixture
def long_article(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Article:
    monkeypatch.setattr(suggestions, "PART", 1_500)
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
    first = suggested_marks(long_article, text, [])
    parts = [suggested_marks(long_article, text, [], part) for part in range(1, first.count + 1)]
    marks = [mark for part in parts for mark in part.marks]

    assert first.count > 2
    assert [mark.words for mark in marks] == LINES
    assert [text[mark.start : mark.end] for mark in marks] == LINES
    assert all(left.end <= right.start for left, right in pairwise(marks))
    assert (parts[0].previous, parts[0].next) == (None, 2)
    assert (parts[-1].previous, parts[-1].next) == (first.count - 1, None)


def test_a_part_that_an_article_does_not_have_is_the_nearest_that_it_has(long_article: Article) -> None:
    assert long_article.current is not None
    text = long_article.current.text
    last = suggested_marks(long_article, text, [], 99)

    assert last.number == last.count
    assert suggested_marks(long_article, "", [], 3).marks == ()


def test_a_post_that_two_parts_share_is_read_in_both(long_article: Article) -> None:
    assert long_article.current is not None
    text = long_article.current.text
    post = Update(ordinal=0, start=0, body_start=0, end=len(text))
    parts = [suggested_marks(long_article, text, [post], part) for part in (1, 2)]

    assert [mark.words for part in parts for mark in part.marks] == LINES[
        : sum(len(part.marks) for part in parts)
    ]


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
