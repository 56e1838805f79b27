"""Searching across scripts, what a person may find, and adding sources by hand."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims import search
from claims.actions.articles import take_in_text
from claims.actions.indexing import index_claim, index_document
from claims.models import Article, Claim, Desk, Document, Job, Passage, Source
from claims.search.base import SearchUnavailable
from tests.newsroom import Newsroom

BY_HAND = {
    "way": "hand",
    "outlet": "Портовый вестник",
    "title": "Смена в порту",
    "text": "Начальник порта Олег Савченко сказал, что смена длится двенадцать часов.",
}


def _answer(client: Client, **question: str) -> str:
    page: str = client.get("/search/", question).content.decode()
    return page


@pytest.fixture
def report(newsroom: Newsroom, jonas: Client) -> Document:
    jonas.post("/sources/add/", BY_HAND)
    document = Document.objects.get(title="Смена в порту")
    index_document(document.pk)
    return document


@pytest.mark.parametrize("question", ["Савченко", "Savchenko", "Савченка"])
def test_a_name_is_found_in_any_script_and_marked(report: Document, jonas: Client, question: str) -> None:
    page = jonas.get("/search/", {"q": question}).content.decode()
    assert f'href="/sources/documents/{report.pk}/#passage-' in page
    assert re.search(r"<mark>[^<]*Савченко[^<]*</mark>", page)


def test_passages_carry_their_language(report: Document, jonas: Client) -> None:
    assert '<p class="excerpt" lang="ru">' in jonas.get("/search/", {"q": "Савченко"}).content.decode()


def test_claims_of_another_desk_are_not_found(newsroom: Newsroom, jonas: Client) -> None:
    own = newsroom.claim("Savchenko closed the northern quay.")
    other = newsroom.claim("Savchenko closed the southern quay.")
    Claim.objects.filter(pk=other.pk).update(desk=Desk.objects.create(name="Sports"))
    for claim in (own, other):
        index_claim(claim.pk)
    page = jonas.get("/search/", {"q": "Savchenko quay"}).content.decode()
    assert "northern" in page
    assert "southern" not in page


def test_without_the_engine_the_database_answers_and_the_page_says_so(
    report: Document, jonas: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away:
        def search(self, *_question: object, **_options: object) -> None:
            raise SearchUnavailable("down")

    monkeypatch.setattr(search, "get_backend", Away)
    page = jonas.get("/search/", {"q": "Савченко"}).content.decode()
    assert "The search engine is away." in page
    assert "Смена в порту" in page


@pytest.mark.parametrize("question", ["Марченко", "marchenko", "Марченком", "march"])
def test_an_article_is_found_by_its_title_in_any_script_and_marked(
    newsroom: Newsroom, jonas: Client, question: str
) -> None:
    for title in ("Olha Marchenko leaves the port", "The ferry is late"):
        take_in_text(
            desk_id=newsroom.desk.pk, text="Words.", actor=newsroom.actor("jonas"), outlet="Live", title=title
        )
    page = jonas.get("/search/", {"q": question, "in": "articles"}).content.decode()
    assert "Olha <mark>Marchenko</mark> leaves the port" in page
    assert "The ferry is late" not in page


def test_articles_of_another_desk_are_not_found(newsroom: Newsroom, article: Article, jonas: Client) -> None:
    assert article.get_absolute_url() in _answer(jonas, q="strike", **{"in": "articles"})
    Article.objects.update(desk=Desk.objects.create(name="Sports"))
    page = _answer(jonas, q="strike", **{"in": "articles"})
    assert "Nothing was found." in page
    assert article.get_absolute_url() not in page


def test_one_kind_of_thing_is_searched_alone(report: Document, newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim("Savchenko closed the northern quay.")
    index_claim(claim.pk)
    assert "northern" in _answer(jonas, q="Савченко", **{"in": "claims"})
    assert "Смена в порту" not in _answer(jonas, q="Савченко", **{"in": "claims"})
    assert "Смена в порту" in _answer(jonas, q="Савченко", **{"in": "passages"})


def test_a_typed_sentence_finds_the_claim_that_says_the_same(newsroom: Newsroom, jonas: Client) -> None:
    near = newsroom.claim("Four tugs entered the harbour of Odesa in the morning.")
    other = newsroom.claim("Nine tugs entered the harbour of Odesa in the morning.")
    for claim in (near, other, newsroom.claim("The tugs of Odesa are painted red.")):
        index_claim(claim.pk)
    page = _answer(jonas, q="Four tugs entered the harbour of Odesa in the morning")
    assert page.count("The same claim") == 1
    assert page.index("The same claim") < page.index(f"/claims/{near.pk}/")
    assert page.index("The same words with another figure") < page.index(f"/claims/{other.pk}/")
    assert page.index(f"/claims/{near.pk}/") < page.index(f"/claims/{other.pk}/")


def test_the_answer_alone_is_sent_once_and_then_only_when_it_changed(report: Document, jonas: Client) -> None:
    address = {"q": "Савченко", "part": "1"}
    first = jonas.get("/search/", address)
    assert "<html" not in first.content.decode()
    assert jonas.get("/search/", address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    Document.objects.filter(pk=report.pk).update(title="Ночная смена")
    assert jonas.get("/search/", address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_search_takes_few_queries(
    report: Document,
    article: Article,
    newsroom: Newsroom,
    jonas: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(5):
        index_claim(newsroom.claim(f"Savchenko counted {number} tugs at the port.").pk)
    with django_assert_max_num_queries(12):
        page = _answer(jonas, q="Savchenko port")
    assert "counted 3 tugs" in page


def test_a_hit_in_markup_is_escaped(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim("Savchenko wrote <script>alert(1)</script> on the quay.")
    index_claim(claim.pk)
    page = jonas.get("/search/", {"q": "Savchenko"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_source_added_for_a_claim_leads_back_to_it(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim()
    answer = jonas.post("/sources/add/", BY_HAND | {"claim": claim.pk})
    assert answer["Location"] == f"/claims/{claim.pk}/"
    assert Passage.objects.filter(document__title="Смена в порту").exists()
    assert Job.objects.filter(kind="index_document").exists()


def test_a_feed_is_registered_and_its_error_is_shown(newsroom: Newsroom, jonas: Client) -> None:
    jonas.post(
        "/sources/add/", {"way": "feed", "feed_url": "https://wire.example.org/rss", "feed_outlet": "Wire"}
    )
    Source.objects.update(last_error="The server answers 503.", failures=3)
    page = jonas.get("/sources/").content.decode()
    assert "3 failures" in page
    assert "The server answers 503." in page


def test_a_page_that_is_being_fetched_says_so(newsroom: Newsroom, jonas: Client) -> None:
    jonas.post("/sources/add/", {"way": "page", "source_url": "https://wire.example.org/ship"})
    assert "being fetched" in jonas.get("/sources/").content.decode()
    document = Document.objects.get()
    assert "The page is being fetched" in jonas.get(f"/sources/documents/{document.pk}/").content.decode()


def test_sentences_worth_checking_are_suggested_with_a_reason(article: Article, jonas: Client) -> None:
    page = jonas.get(article.get_absolute_url()).content.decode()
    mark = re.search(r'<span class="checkable" title="([^"]+)">Talks with the port authority', page)
    assert mark is not None
    assert "a figure" in mark.group(1)
    log_it = rf'href="/articles/{article.pk}/log/\?version=1&amp;start=\d+&amp;end=\d+"'
    assert re.search(rf"{log_it}[^>]*>Talks with", page)


def test_gathering_again_is_asked_for_once_and_told(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim()
    answer = jonas.post(f"/claims/{claim.pk}/gather/", follow=True)
    assert "Evidence is being gathered again." in answer.content.decode()
    assert Job.objects.filter(kind="gather_evidence", subject=claim.pk).count() == 1


def test_a_concluded_claim_is_not_gathered_again(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim(state="concluded")
    assert jonas.post(f"/claims/{claim.pk}/gather/").status_code == 409
    assert "Gather" not in jonas.get(claim.get_absolute_url()).content.decode()
