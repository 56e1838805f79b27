"""Searching across scripts, what a person may find, and adding sources by hand."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from claims import search
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
    assert re.search(rf'href="/articles/{article.pk}/log/\?version=1&amp;start=\d+&amp;end=\d+"[^>]*>Talks with', page)


def test_gathering_again_is_asked_for_once_and_told(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim()
    answer = jonas.post(f"/claims/{claim.pk}/gather/", follow=True)
    assert "Evidence is being gathered again." in answer.content.decode()
    assert Job.objects.filter(kind="gather_evidence", subject=claim.pk).count() == 1


def test_a_concluded_claim_is_not_gathered_again(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim(state="concluded")
    assert jonas.post(f"/claims/{claim.pk}/gather/").status_code == 409
    assert "Gather" not in jonas.get(claim.get_absolute_url()).content.decode()
