"""The standing watch on both engines: open claims gather again, concluded ones keep where they are said again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from claims.actions.articles import take_in_text
from claims.actions.documents import NewDocument, outlet_named, store_document
from claims.actions.indexing import index_claims, index_document
from claims.actions.watching import watch_article, watch_document
from claims.models import Appearance, Article, Claim, Document, Job, Repeat
from claims.rules.lifecycle import ClaimState
from claims.search import get_backend
from claims.selectors.repeats import repeats_of
from tests.newsroom import Newsroom, open_newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("backend")]

CLAIM = "Four tugs entered the harbour of Odesa on 3 February 2026."
AGAIN = {
    "en": "Port workers say that four tugs entered the harbour of Odesa on 3 February 2026.",
    "uk": "Чотири буксири увійшли до порту Одеси 3 лютого 2026 року.",
    "ru": "Четыре буксира вошли в порт Одессы 3 февраля 2026 года.",
}


def logged(newsroom: Newsroom, text: str = CLAIM, state: str = ClaimState.CONCLUDED) -> Claim:
    claim = newsroom.claim(text, made_on=date(2026, 2, 3), state=state)
    index_claims([claim.pk])
    get_backend().refresh("claims")
    return claim


def published(
    text: str, *, language: str = "en", key: str = "again", day: int = 5, url: str = ""
) -> Document:
    outlet = outlet_named(name=f"Gazette {key}", domain=f"{key}.example.org")
    document, _ = store_document(
        NewDocument(
            key=key,
            outlet_id=outlet.pk,
            title="From the port",
            text=text,
            language=language,
            url=url,
            published_at=datetime(2026, 2, day, 9, tzinfo=UTC),
        )
    )
    index_document(document.pk)
    watch_document(document.pk)
    return document


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_a_document_that_repeats_a_concluded_claim_is_noted_once(newsroom: Newsroom, language: str) -> None:
    claim = logged(newsroom)
    document = published(AGAIN[language], language=language)
    watch_document(document.pk)
    repeat = Repeat.objects.get()
    assert (repeat.claim, repeat.document, repeat.outlet) == (claim, document, document.outlet)
    assert repeat.words == AGAIN[language]
    assert repeat.moment == document.published_at


def test_a_document_that_is_changed_around_the_sentence_counts_once(newsroom: Newsroom) -> None:
    claim = logged(newsroom)
    published(AGAIN["en"])
    published("The wind was light. " + AGAIN["en"] + " The pilots went home at noon.")
    assert repeats_of(claim).places == 1
    assert Repeat.objects.count() == 1


def test_another_figure_an_older_report_and_the_page_it_was_logged_from_are_no_repeats(
    newsroom: Newsroom,
) -> None:
    logged(newsroom)
    published("Nine tugs entered the harbour of Odesa on 3 February 2026.", key="other-figure")
    published("Melons are cheap in Odesa this year.", key="other-matter")
    published("Four tugs entered the harbour of Odesa.", key="older", day=1)
    published(AGAIN["en"], key="itself", url="https://news.example.org/harbour")
    assert not Repeat.objects.exists()


def test_an_open_claim_gathers_again_and_is_not_said_to_be_repeated(newsroom: Newsroom) -> None:
    claim = logged(newsroom, state=ClaimState.CHECKING)
    document = published(AGAIN["en"])
    watch_document(document.pk)
    assert Job.objects.filter(kind="gather_evidence", subject=claim.pk).count() == 1
    assert not Repeat.objects.exists()


def test_a_new_article_is_held_against_the_claims_of_its_desk_update_by_update(newsroom: Newsroom) -> None:
    claim = logged(newsroom)
    article = take_in_text(
        desk_id=newsroom.desk.pk,
        text=f"09:40 Calm sea\nNo ship moved before noon.\n\n11:20 The tugs again\n{AGAIN['en']}\n",
        actor=newsroom.actor("jonas"),
        outlet="Danube Post",
        title="The day at the port",
        published=datetime(2026, 2, 6, 12, tzinfo=UTC),
        zone="UTC",
    )
    job = Job.objects.get(kind="watch_article")
    assert (job.subject, job.subject_version) == (article.pk, 1)
    watch_article(article.pk)
    watch_article(article.pk)
    repeat = Repeat.objects.get()
    assert (repeat.claim, repeat.article) == (claim, article)
    assert repeat.moment == datetime(2026, 2, 6, 11, 20, tzinfo=UTC)
    assert AGAIN["en"] in repeat.words


def test_an_article_never_repeats_its_own_claim_nor_one_of_another_desk(newsroom: Newsroom) -> None:
    own = logged(newsroom)
    article = take_in_text(
        desk_id=newsroom.desk.pk, text=AGAIN["en"], actor=newsroom.actor("jonas"), title="Port"
    )
    Appearance.objects.filter(claim=own).update(article=article, url="")
    watch_article(article.pk)
    Claim.objects.filter(pk=own.pk).update(desk=open_newsroom().desk)
    index_claims([own.pk])
    Appearance.objects.filter(claim=own).update(article=None, url="https://news.example.org/harbour")
    watch_article(article.pk)
    assert not Repeat.objects.exists()


def test_an_article_without_words_is_passed_over() -> None:
    watch_article(4711)
    assert not Article.objects.exists()


def test_the_claims_page_counts_and_lists_where_it_was_said_again(newsroom: Newsroom, client: Client) -> None:
    claim = logged(newsroom)
    published(AGAIN["en"], key="first")
    published(AGAIN["uk"], language="uk", key="second")
    client.force_login(newsroom.people["rita"])
    page = client.get(reverse("claim_detail", args=[claim.pk])).content.decode()
    assert "in 2 places" in page
    assert "by 2 outlets" in page
    assert AGAIN["uk"] in page
    assert 'lang="uk"' in page
