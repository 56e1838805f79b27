"""Addresses are opened and watched as they were given; only the key of a page is the canonical form."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from claims.actions.articles import take_in_html, take_in_text
from claims.actions.feeds import add_feed, add_source_url, fetch_document
from claims.actions.refusals import Invalid
from claims.actions.sources import add_source_by_hand
from claims.models import Article, Document, Source
from tests.live_pages import live_page
from tests.newsroom import Newsroom

pytestmark = pytest.mark.django_db

#: A site without TLS that reads its parameters in order.
GIVEN = "http://port.example.org/log?ship=4&day=2"
WORDS = "The gates of the harbour opened at six in the morning."


def by_hand(newsroom: Newsroom, url: str, text: str = WORDS) -> Document:
    return add_source_by_hand(
        desk_id=newsroom.desk.pk,
        actor=newsroom.actor("jonas"),
        outlet="Harbour Post",
        title="Port log",
        text=text,
        url=url,
    )


def test_a_source_by_hand_keeps_its_address_and_is_known_by_the_canonical_one(newsroom: Newsroom) -> None:
    document = by_hand(newsroom, f" {GIVEN} ")
    assert (document.url, document.key) == (GIVEN, "https://port.example.org/log?day=2&ship=4")
    assert by_hand(newsroom, "https://port.example.org/log?day=2&ship=4#gates").pk == document.pk


@pytest.mark.parametrize("address", ["port log", "ftp://port.example.org/", "http://port.example.org/\x00"])
def test_a_source_by_hand_with_no_web_address_is_refused(newsroom: Newsroom, address: str) -> None:
    with pytest.raises(Invalid):
        by_hand(newsroom, address)
    assert not Document.objects.exists()


def test_a_page_without_tls_that_was_added_by_hand_can_be_fetched_anew(
    newsroom: Newsroom, settings: Settings
) -> None:
    with live_page(settings, paragraphs=["The gates of the harbour stayed shut until noon."] * 3) as page:
        document = by_hand(newsroom, page.url)
        fetch_document(document.pk)
    document.refresh_from_db()
    assert "stayed shut until noon" in document.text


def test_a_page_added_by_its_address_keeps_it(newsroom: Newsroom) -> None:
    document = add_source_url(desk_id=newsroom.desk.pk, actor=newsroom.actor("jonas"), url=GIVEN)
    assert (document.url, document.key) == (GIVEN, "https://port.example.org/log?day=2&ship=4")


def test_a_feed_keeps_its_address_and_is_not_added_twice(newsroom: Newsroom) -> None:
    writer, desk = newsroom.actor("jonas"), newsroom.desk.pk
    source = add_feed(desk_id=desk, actor=writer, url="http://port.example.org/feed/?b=1&a=2")
    assert source.feed_url == "http://port.example.org/feed/?b=1&a=2"
    assert source.outlet.domain == "port.example.org"
    Source.objects.update(active=False)
    again = add_feed(desk_id=desk, actor=writer, url="https://port.example.org/feed?a=2&b=1")
    assert (again.pk, Source.objects.get().active) == (source.pk, True)


def test_a_pasted_article_keeps_its_address(newsroom: Newsroom) -> None:
    article = take_in_text(desk_id=newsroom.desk.pk, text=WORDS, actor=newsroom.actor("jonas"), url=GIVEN)
    assert Article.objects.get(pk=article.pk).url == GIVEN


def test_a_saved_page_keeps_the_address_that_it_calls_its_own(newsroom: Newsroom) -> None:
    markup = f'<html><head><link rel="canonical" href="{GIVEN.replace("&", "&amp;")}"></head><body>'
    markup += f"<article><h1>Port log</h1><p>{WORDS * 3}</p></article></body></html>"
    article = take_in_html(desk_id=newsroom.desk.pk, body=markup.encode(), actor=newsroom.actor("jonas"))
    assert (article.url, article.canonical_url) == (GIVEN, "https://port.example.org/log?day=2&ship=4")
