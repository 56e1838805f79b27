"""Lists cost the same number of queries however long they are, and page by key without repeating a row."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.actions.articles import take_in_text
from claims.actions.indexing import index_document
from claims.actions.sources import add_source_by_hand
from claims.models import Article, Source
from tests.newsroom import Newsroom

MOST_QUERIES = 12


@pytest.fixture
def full_desk(newsroom: Newsroom, article: Article) -> Newsroom:
    for number in range(34):
        claim = newsroom.claim(f"Tug number {number} entered the harbour.")
        newsroom.evidence(claim, "supports", origin=f"origin {number}")
    for number in range(33):
        take_in_text(
            desk_id=newsroom.desk.pk,
            text=f"A ship with number {number} came in.",
            actor=newsroom.actor("jonas"),
            outlet="Harbour Live",
        )
    for number in range(31):
        add_source_by_hand(
            desk_id=newsroom.desk.pk,
            actor=newsroom.actor("jonas"),
            outlet="Harbour Live",
            title=f"Report {number}",
            text=f"Ship number {number} came in.",
        )
    Source.objects.create(outlet=article.outlet, feed_url="https://feeds.example.org/a", last_error="Gone.")
    return newsroom


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/articles/",
        "/claims/",
        "/articles/?outlet=harbour&kind=article&language=en&since=2020-01-01",
        "/sources/",
        "/sources/?q=ship&outlet=harbour&language=en&since=2020-01-01",
        "/checks/",
    ],
)
def test_a_long_list_takes_few_queries(
    full_desk: Newsroom, jonas: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        assert jonas.get(address).status_code == 200


def test_the_reading_room_takes_few_queries(
    full_desk: Newsroom,
    article: Article,
    jonas: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        assert jonas.get(article.get_absolute_url()).status_code == 200


def test_a_claim_with_much_evidence_takes_few_queries(
    newsroom: Newsroom, jonas: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    claim = newsroom.claim()
    for number in range(20):
        newsroom.evidence(claim, "contradicts", origin=f"origin {number}")
    with django_assert_max_num_queries(MOST_QUERIES):
        page = jonas.get(claim.get_absolute_url()).content.decode()
    assert "20 documents, 20 independent origins" in page


@pytest.mark.parametrize("address", ["/articles/", "/claims/"])
def test_paging_shows_every_row_once(full_desk: Newsroom, jonas: Client, address: str) -> None:
    kind = address.strip("/")
    shown: list[str] = []
    after: str | None = address
    while after:
        page = jonas.get(after).content.decode()
        shown += re.findall(rf'class="headline" href="/{kind}/(\d+)/"', page)
        following = re.search(r'rel="next" href="(\?[^"]+)"', page)
        after = address + following.group(1).replace("&amp;", "&") if following else None
    assert len(shown) == len(set(shown)) == 34


def test_filters_survive_paging(full_desk: Newsroom, jonas: Client) -> None:
    page = jonas.get("/claims/?kind=count").content.decode()
    assert re.search(r'rel="next" href="\?kind=count&amp;after=[\d.]+"', page)


@pytest.mark.parametrize("address", ["/articles/", "/claims/", "/sources/"])
def test_the_last_page_leads_back_to_the_first(full_desk: Newsroom, jonas: Client, address: str) -> None:
    first = jonas.get(address).content.decode()
    following = re.search(r'rel="next" href="(\?[^"]+)"', first)
    assert following is not None
    second = jonas.get(address + following.group(1).replace("&amp;", "&")).content.decode()
    back = re.search(r'rel="prev" href="(\?[^"]+)"', second)
    assert back is not None
    rows = re.compile(r'class="headline" href="[^"]+"')
    again = jonas.get(address + back.group(1).replace("&amp;", "&")).content.decode()
    assert rows.findall(again) == rows.findall(first)


@pytest.mark.parametrize(
    ("address", "is_there"),
    [
        ("outlet=harbour", True),
        ("outlet=nobody", False),
        ("kind=live_blog", True),
        ("kind=article", False),
        ("language=en", True),
        ("language=uk", False),
        ("since=2026-01-01", True),
        ("since=2999-01-01", False),
    ],
)
def test_articles_are_narrowed(
    newsroom: Newsroom, article: Article, jonas: Client, address: str, is_there: bool
) -> None:
    page = jonas.get(f"/articles/?{address}").content.decode()
    assert ("Strike at the port" in page) is is_there
    assert ("No article fits these filters." in page) is not is_there


@pytest.mark.parametrize(
    ("address", "is_there"),
    [
        ("outlet=портовый", True),
        ("outlet=nobody", False),
        ("language=ru", True),
        ("language=uk", False),
        ("since=2999-01-01", False),
        ("q=смена", True),
        ("q=Savchenko", True),
        ("q=Marchenko", False),
    ],
)
def test_documents_are_narrowed_and_found_by_what_they_say(
    newsroom: Newsroom, jonas: Client, address: str, is_there: bool
) -> None:
    document = add_source_by_hand(
        desk_id=newsroom.desk.pk,
        actor=newsroom.actor("jonas"),
        outlet="Портовый вестник",
        title="Вечерняя смена",
        text="Начальник порта Олег Савченко сказал, что смена длится двенадцать часов.",
    )
    index_document(document.pk)
    page = jonas.get(f"/sources/?{address}").content.decode()
    assert (f'href="/sources/documents/{document.pk}/"' in page) is is_there
