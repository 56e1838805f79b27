"""The search page finds the words of a live blog's updates and leads to them in the reading room."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims import search
from claims.actions.indexing import index_article
from claims.models import Article, ArticlePassage, Desk
from claims.search.base import SearchUnavailable


@pytest.fixture
def indexed(article: Article) -> Article:
    index_article(article.pk)
    return article


def _answer(client: Client, **question: str) -> str:
    page: str = client.get("/search/", question).content.decode()
    return page


def test_an_update_is_shown_with_its_moment_and_marked_words_under_its_article(
    indexed: Article, jonas: Client
) -> None:
    page = _answer(jonas, q="dockers", **{"in": "articles"})
    assert page.count(f'class="headline" href="{indexed.get_absolute_url()}"') == 1
    assert "<mark>dockers</mark>" in page
    passage = ArticlePassage.objects.get(text__contains="dockers")
    assert passage.moment is not None
    on_the_desks_clock = passage.moment.astimezone(ZoneInfo(indexed.desk.zone))
    assert re.search(f'datetime="{passage.moment:%Y-%m-%dT%H:%M}[^>]*>[^<]*{on_the_desks_clock:%H:%M}<', page)
    assert f'href="{indexed.get_absolute_url()}?passage={passage.pk}#found-words"' in page
    assert "<mark>Talks</mark> with the port authority" in _answer(jonas, q="переговоры")


def test_the_link_leads_to_the_words_in_the_reading_room(indexed: Article, jonas: Client) -> None:
    passage = ArticlePassage.objects.get(text__contains="Talks with the port authority")
    page = jonas.get(f"{indexed.get_absolute_url()}?passage={passage.pk}").content.decode()
    assert page.count('id="found-words"') == 1
    [paragraph] = re.findall(r'<p [^>]*class="is-found".*?</p>', page, re.DOTALL)
    assert "Talks with the port authority" in paragraph


def test_the_link_leads_into_the_right_part_of_a_long_article(
    indexed: Article, jonas: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.selectors.article_parts.PART", 120)
    passage = ArticlePassage.objects.get(text__contains="Talks with the port authority")
    assert "Talks with the port authority" not in jonas.get(indexed.get_absolute_url()).content.decode()
    page = jonas.get(f"{indexed.get_absolute_url()}?passage={passage.pk}").content.decode()
    assert 'id="found-words"' in page
    assert "Talks with the port authority" in page


def test_words_that_are_gone_lead_to_the_article_itself(indexed: Article, jonas: Client) -> None:
    passage = ArticlePassage.objects.get(text__contains="dockers")
    ArticlePassage.objects.filter(pk=passage.pk).update(retired=True)
    for asked in (passage.pk, 12_345, "x", 2**70):
        answer = jonas.get(f"{indexed.get_absolute_url()}?passage={asked}")
        assert answer.status_code == 200
        assert "found-words" not in answer.content.decode()


def test_the_words_of_another_desks_article_are_not_found(indexed: Article, jonas: Client) -> None:
    Article.objects.update(desk=Desk.objects.create(name="Sports"))
    page = _answer(jonas, q="dockers")
    assert "Nothing was found." in page
    assert "320" not in page


def test_without_the_engine_articles_are_still_found_by_their_titles_and_the_page_says_so(
    indexed: Article, jonas: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away:
        def search(self, *_question: object, **_options: object) -> None:
            raise SearchUnavailable("down")

    monkeypatch.setattr(search, "get_backend", Away)
    page = _answer(jonas, q="strike", **{"in": "articles"})
    assert "The search engine is away." in page
    assert "Of articles, only title, byline and outlet were looked through." in page
    assert "<mark>Strike</mark> at the port" in page
    assert indexed.get_absolute_url() not in _answer(jonas, q="dockers", **{"in": "articles"})


def test_finding_updates_takes_few_queries(
    indexed: Article, jonas: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        page = _answer(jonas, q="dockers port")
    assert "<mark>dockers</mark>" in page
    passage = ArticlePassage.objects.first()
    assert passage is not None
    with django_assert_max_num_queries(12):
        jonas.get(f"{indexed.get_absolute_url()}?passage={passage.pk}")
