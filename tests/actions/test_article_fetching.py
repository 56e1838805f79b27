"""Fetching an article again from a real local server, because a person asked."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from claims import jobs
from claims.actions.article_fetching import fetch_article
from claims.actions.articles import take_in_url
from claims.models import Article
from tests.live_pages import LivePage, live_page
from tests.newsroom import Newsroom

pytestmark = pytest.mark.django_db


def fetched(newsroom: Newsroom, page: LivePage) -> Article:
    """Ask for the page and play the worker; a reason that may pass stays on the article."""
    article = take_in_url(desk_id=newsroom.desk.pk, url=page.url, actor=newsroom.actor("jonas"))
    try:
        fetch_article(article.pk, lambda _done, _all, _note: None)
    except jobs.RetryLater:
        assert page.status != "200 OK"
    return Article.objects.get(pk=article.pk)


def test_a_page_that_answers_unchanged_after_a_failure_is_not_told_of_as_failed(
    newsroom: Newsroom, settings: Settings
) -> None:
    with live_page(
        settings, paragraphs=["The gates of the harbour opened at six in the morning."] * 3
    ) as page:
        fetched(newsroom, page)
        page.status = "503 Service Unavailable"
        article = fetched(newsroom, page)
        assert "503" in article.failure
        page.status = "200 OK"
        # The job tries again by itself, which nobody asked for anew.
        fetch_article(article.pk, lambda _done, _all, _note: None)
        article.refresh_from_db()
        assert "if-none-match:" in page.looks()[-1].lower()
    assert (article.state, article.failure) == (Article.State.READY, "")
