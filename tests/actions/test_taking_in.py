"""Taking in pasted words and saved pages: what is refused leaves nothing behind."""

from __future__ import annotations

import pytest

from claims.actions.articles import take_in_html, take_in_text
from claims.actions.refusals import Invalid
from claims.models import Article, Outlet
from tests.newsroom import Newsroom

pytestmark = pytest.mark.django_db

WORDS = "The gates of the harbour opened at six in the morning. "
POSTS = "4 March 2026\n\n11:30\nFour tugs entered the harbour.\n\n10:15\nThe gates of the harbour opened.\n"


@pytest.mark.parametrize(
    "given",
    [{"text": "…"}, {"text": WORDS, "url": "port log"}, {"text": POSTS, "zone": "Harbour/Quay"}],
    ids=["no words", "no address", "no zone"],
)
def test_a_refused_paste_leaves_no_outlet(newsroom: Newsroom, given: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        take_in_text(desk_id=newsroom.desk.pk, actor=newsroom.actor("jonas"), outlet="Quay Courier", **given)
    assert not Outlet.objects.filter(name="Quay Courier").exists()
    assert not Article.objects.exists()


def test_a_refused_page_leaves_no_outlet(newsroom: Newsroom) -> None:
    with pytest.raises(Invalid):
        take_in_html(
            desk_id=newsroom.desk.pk,
            actor=newsroom.actor("jonas"),
            outlet="Quay Courier",
            body=b"<html></html>",
        )
    assert not Outlet.objects.filter(name="Quay Courier").exists()


def test_words_are_read_in_the_zone_of_the_outlet_that_is_named(newsroom: Newsroom) -> None:
    outlet = Outlet.objects.create(name="Quay Courier", zone="Europe/London")
    writer, desk = newsroom.actor("jonas"), newsroom.desk.pk
    pasted = take_in_text(desk_id=desk, actor=writer, outlet=" Quay  Courier ", text=WORDS)
    markup = f"<html><body><article><h1>Port log</h1><p>{WORDS * 3}</p></article></body></html>"
    saved = take_in_html(desk_id=desk, actor=writer, outlet="Quay Courier", body=markup.encode())
    assert {(article.outlet, article.zone) for article in (pasted, saved)} == {(outlet, "Europe/London")}
    assert Outlet.objects.filter(name="Quay Courier").count() == 1
