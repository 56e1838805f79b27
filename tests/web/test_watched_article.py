"""The reading room of an article that changes: what is new, edited or taken out, and the watch over it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims.actions.article_versions import store_version
from claims.ingest.plaintext import read_pasted
from claims.models import Appearance, Article, ArticleWatch, Claim, Update, WordsChoice
from claims.rules.permissions import MACHINE
from claims.selectors.articles import updates_of
from claims.selectors.update_history import update_history
from tests.newsroom import Newsroom

ADDRESS = "https://news.example.org/harbour-live"
MORNING = """14:40

The union counts 320 dockers at the gate.

14:05

Talks with the port authority lasted about three hours, local media report. They go on tomorrow.

13:20

Police have closed the road to the second pier.
"""
#: Half an hour later: one update is new, one edited, one taken out.
LATER = """15:10

A mediator has arrived from the capital.

14:40

The union counts 320 dockers at the gate.

14:05

Talks with the port authority lasted about five hours, local media report. They go on tomorrow.
"""


@pytest.fixture
def blog(newsroom: Newsroom) -> Article:
    return _version(newsroom, MORNING)


def _version(newsroom: Newsroom, text: str) -> Article:
    """Take the blog in, or store what its page says now, as a look at it does."""
    article = Article.objects.select_related("current").filter(url=ADDRESS).first()
    if article is None:
        article = newsroom.live_blog(text, url=ADDRESS)
    else:
        read = read_pasted(
            text,
            outlet_zone="Europe/Kyiv",
            seen_at=timezone.now(),
            title="Strike at the port",
            published=date(2026, 3, 4),
        )
        with transaction.atomic():
            store_version(article, read, text.encode(), MACHINE)
    return Article.objects.get(pk=article.pk)


def _read(client: Client, article: Article, query: str = "") -> str:
    return client.get(f"/articles/{article.pk}/{query}").content.decode()


def _log(client: Client, article: Article, words: str, **fields: object) -> object:
    article.refresh_from_db()
    start = article.current.text.index(words)  # type: ignore[union-attr]
    form = {"start": start, "end": start + len(words), "text": words} | fields
    return client.post(f"/articles/{article.pk}/log/", form, follow=True)


# --- What changed, update by update ---------------------------------------------------------------------


def test_an_edited_update_says_when_and_shows_the_words(
    blog: Article, newsroom: Newsroom, jonas: Client
) -> None:
    page = _read(jonas, _version(newsroom, LATER))
    assert "said 14:05," in page
    assert "<del>three </del><ins>five </ins>" in page
    assert page.count('<details class="edits"') == 1


def test_an_update_that_was_taken_out_is_struck_in_its_place(
    blog: Article, newsroom: Newsroom, jonas: Client
) -> None:
    page = _read(jonas, _version(newsroom, LATER))
    assert "<del>Police have closed the road to the second pier.</del>" in page
    assert page.index("A mediator has arrived") < page.index("<del>Police have closed")
    assert "taken out" in page


def test_an_update_that_came_back_is_neither_removed_nor_changed(
    blog: Article, newsroom: Newsroom, jonas: Client
) -> None:
    _version(newsroom, LATER)
    page = _read(jonas, _version(newsroom, MORNING))
    assert "<del>Police" not in page
    assert "<del>A mediator has arrived from the capital.</del>" in page


def test_edits_of_edits_are_told_for_the_words_that_stand_now(blog: Article, newsroom: Newsroom) -> None:
    for words in ("four hours", "five hours", "six hours"):
        article = _version(newsroom, MORNING.replace("three hours", words))
    text = article.current.text  # type: ignore[union-attr]
    (edits,) = update_history(article, text, updates_of(article.current)).edits.values()
    assert [[run["words"] for run in edit.runs if run["kind"] == "insert"] for edit in edits] == [
        ["six "],
        ["five "],
        ["four "],
    ]


def test_what_came_after_the_version_that_was_seen_is_marked(
    blog: Article, newsroom: Newsroom, jonas: Client
) -> None:
    article = _version(newsroom, LATER)
    assert "stretch post news" not in _read(jonas, article)
    page = _read(jonas, article, "?seen=1")
    assert page.count("stretch post news") == 2


def test_of_two_updates_of_one_minute_each_keeps_its_own_edits(newsroom: Newsroom, jonas: Client) -> None:
    twins = (
        "14:40\n\nThe union counts 320 dockers at the gate.\n\n14:40\n\nTwo ships wait outside the port.\n"
    )
    _version(newsroom, twins)
    page = _read(jonas, _version(newsroom, twins.replace("Two ships", "Three ships")))
    assert page.count('<details class="edits"') == 1
    assert "<del>Two </del><ins>Three </ins>" in page


def test_updates_out_of_order_keep_the_order_of_the_page(newsroom: Newsroom, jonas: Client) -> None:
    page = _read(
        jonas,
        _version(
            newsroom, "14:05\n\nSecond, but first.\n\n15:30\n\nThird of all.\n\n13:00\n\nFirst, but last.\n"
        ),
    )
    assert page.index("Second, but first") < page.index("Third of all") < page.index("First, but last")


def test_the_page_of_versions_tells_each_change_with_the_time_it_was_said(
    blog: Article, newsroom: Newsroom, jonas: Client
) -> None:
    _version(newsroom, LATER)
    page = jonas.get(f"/articles/{blog.pk}/versions/").content.decode()
    assert "said 14:05," in page
    assert "<del>three </del><ins>five </ins>" in page


def test_many_versions_are_paged(blog: Article, newsroom: Newsroom, jonas: Client) -> None:
    for number in range(35):
        _version(newsroom, MORNING.replace("320", str(330 + number)))
    page = jonas.get(f"/articles/{blog.pk}/versions/").content.decode()
    assert page.count('<section class="version') == 30
    assert 'href="?before=7"' in page
    older = jonas.get(f"/articles/{blog.pk}/versions/?before=7").content.decode()
    assert older.count('<section class="version') == 6
    assert 'rel="next"' not in older


# --- News of an open page -------------------------------------------------------------------------------


def test_an_open_page_learns_how_much_is_new(blog: Article, newsroom: Newsroom, jonas: Client) -> None:
    address = f"/articles/{blog.pk}/news/?version=1"
    before = jonas.get(address)
    assert "data-news" not in before.content.decode()
    assert jonas.get(address, headers={"If-None-Match": before["ETag"]}).status_code == 304
    _version(newsroom, LATER)
    news = jonas.get(address, headers={"If-None-Match": before["ETag"]}).content.decode()
    assert "1 new update, 1 changed, 1 taken out" in " ".join(news.split())
    assert f'href="/articles/{blog.pk}/?seen=1"' in news


def test_asking_for_news_is_cheap(
    blog: Article, jonas: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(4):
        jonas.get(f"/articles/{blog.pk}/news/?version=1")


def test_the_watch_is_begun_and_ended_on_the_page(blog: Article, jonas: Client) -> None:
    assert "Not watched" in _read(jonas, blog)
    page = jonas.post(f"/articles/{blog.pk}/watch/", {"watch": "1"}, follow=True).content.decode()
    assert "Stop watching" in page
    page = jonas.post(f"/articles/{blog.pk}/watch/", {"watch": "0"}, follow=True).content.decode()
    assert "The watch is over: a person ended it." in page


def test_errors_of_the_watch_are_shown(blog: Article, jonas: Client) -> None:
    ArticleWatch.objects.create(
        article=blog,
        interval=120,
        started_at=timezone.now(),
        next_look_at=timezone.now() + timedelta(hours=1),
        failures=3,
        last_error="The site took too long to answer.",
    )
    page = _read(jonas, blog)
    assert "The last 3 looks failed: The site took too long to answer. It is tried again." in page


# --- Claims and their words -----------------------------------------------------------------------------


def test_a_claim_whose_words_were_changed_is_flagged_with_what_stands_there_now(
    blog: Article, newsroom: Newsroom, jonas: Client
) -> None:
    _log(jonas, blog, "lasted about three hours")
    page = _read(jonas, _version(newsroom, LATER))
    assert "the quoted words were changed" in page
    assert "lasted about five hours" in page.split("There stands now:")[1]


def test_words_of_a_version_that_is_gone_are_logged_as_they_were_seen(
    blog: Article, newsroom: Newsroom, jonas: Client
) -> None:
    """The page was open while the blog changed: the code points of the form are those of the page."""
    words = "lasted about three hours"
    start = blog.current.text.index(words)  # type: ignore[union-attr]
    _version(newsroom, LATER)
    place = {"version": 1, "start": start, "end": start + len(words)}
    form = jonas.get(f"/articles/{blog.pk}/log/", place).content.decode()
    assert f"<mark>{words}</mark>" in form
    assert "The article changed while you read: these words were altered." in form
    jonas.post(f"/articles/{blog.pk}/log/", place | {"text": words})
    appearance = Appearance.objects.get()
    assert (appearance.exact, appearance.printed_time) == (words, "14:05")
    assert appearance.words_state == WordsChoice.CHANGED
    assert "about five hours" in appearance.words_now


def test_words_that_only_moved_are_logged_as_standing(
    blog: Article, newsroom: Newsroom, jonas: Client
) -> None:
    words = "320 dockers"
    start = blog.current.text.index(words)  # type: ignore[union-attr]
    _version(newsroom, LATER)
    place = {"version": 1, "start": start, "end": start + len(words)}
    assert "changed while you read" not in jonas.get(f"/articles/{blog.pk}/log/", place).content.decode()
    jonas.post(f"/articles/{blog.pk}/log/", place | {"text": words})
    assert Appearance.objects.get().words_state == WordsChoice.STANDS
    assert ">320 dockers</a>" in _read(jonas, blog)


def test_a_version_that_the_article_does_not_have_is_the_current_one(blog: Article, jonas: Client) -> None:
    answer = jonas.get(f"/articles/{blog.pk}/log/", {"version": 99, "start": 0, "end": 5})
    assert answer.status_code in (200, 400)


def test_a_selection_across_updates_asks_which_of_them(blog: Article, jonas: Client) -> None:
    text = blog.current.text  # type: ignore[union-attr]
    start, end = text.index("320 dockers"), text.index("about three hours")
    answer = jonas.get(f"/articles/{blog.pk}/log/", {"version": 1, "start": start, "end": end})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Your selection runs over several updates." in page
    assert ">320 dockers at the gate.</a>" in page
    assert ">Talks with the port authority lasted</a>" in page
    place = {"start": start, "end": end, "text": "Both.", "version": 1}
    assert jonas.post(f"/articles/{blog.pk}/log/", place).status_code == 400
    assert not Claim.objects.exists()


def test_letters_that_cannot_be_seen_are_kept_and_named(newsroom: Newsroom, jonas: Client) -> None:
    said = "The m\u0430yor said \u202e320 dockers\u202c came."
    article = _version(newsroom, f"14:40\n\n{said}\n\n14:05\n\nNothing else happened that day at all.\n")
    start = article.current.text.index("The m")  # type: ignore[union-attr]
    place = {"start": start, "end": start + len(said)}
    page = jonas.get(f"/articles/{article.pk}/log/", place).content.decode()
    assert "mix letters of two alphabets that look alike: m\u0430yor." in page
    assert "turn the direction of writing" in page
    jonas.post(f"/articles/{article.pk}/log/", place | {"text": said})
    assert Appearance.objects.get().exact == said


def test_after_logging_one_may_go_on_reading_with_the_claim_beside(blog: Article, jonas: Client) -> None:
    answer = _log(jonas, blog, "320 dockers", then="article")
    said = Appearance.objects.get()
    address = f"/articles/{blog.pk}/?claim={said.claim_id}&said={said.pk}#said-{said.pk}"
    assert answer.redirect_chain[-1][0] == address  # type: ignore[attr-defined]
    assert "Open the claim" in answer.content.decode()  # type: ignore[attr-defined]


def test_the_claim_beside_grows_with_its_evidence(blog: Article, newsroom: Newsroom, jonas: Client) -> None:
    _log(jonas, blog, "320 dockers")
    claim = Claim.objects.get()
    address = f"/articles/{blog.pk}/claims/{claim.pk}/"
    first = jonas.get(address)
    assert "Evidence is being gathered." in first.content.decode()
    assert 'hx-trigger="every 2s"' in first.content.decode()
    assert jonas.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    newsroom.evidence(claim, "contradicts", origin="log")
    grown = jonas.get(address, headers={"If-None-Match": first["ETag"]}).content.decode()
    assert "the harbour log of that morning names four tugs" in grown


def test_a_claim_of_another_article_is_not_beside_this_one(
    blog: Article, newsroom: Newsroom, jonas: Client
) -> None:
    assert jonas.get(f"/articles/{blog.pk}/claims/{newsroom.claim().pk}/").status_code == 404


def test_a_published_rating_stands_in_the_text_and_an_unpublished_one_does_not(
    blog: Article, newsroom: Newsroom, jonas: Client
) -> None:
    claim = newsroom.weighed_claim()
    start = blog.current.text.index("320 dockers")  # type: ignore[union-attr]
    claim.appearances.update(article=blog, exact="320 dockers", start=start, end=start + 11)
    verdict = newsroom.approved(newsroom.submitted(newsroom.draft(claim)))
    assert "said-tag state checking" in _read(jonas, blog)
    newsroom.published(verdict)
    page = _read(jonas, blog)
    assert "said-tag state concluded" in page
    assert ">True</small>" in page


# --- A very long live blog ------------------------------------------------------------------------------


@pytest.fixture
def endless(newsroom: Newsroom) -> Article:
    """Some 2 MB in 1,500 updates."""
    words = "The port authority counts ships and dockers, and says so at some length to whoever asks. " * 14
    blocks = [
        f"{number // 60 % 24}:{number % 60:02d}\n\nUpdate {number}: {words}" for number in range(1500, 0, -1)
    ]
    return _version(newsroom, "\n\n".join(blocks))


def test_a_blog_of_two_megabytes_is_read_part_by_part(
    endless: Article, jonas: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    text = endless.current.text  # type: ignore[union-attr]
    assert len(text) > 1_800_000
    assert Update.objects.filter(article_version=endless.current).count() == 1500
    jonas.get(f"/articles/{endless.pk}/")
    with django_assert_max_num_queries(12):
        first = _read(jonas, endless)
    assert len(first) < 250_000
    assert 'rel="next"' in first
    assert "Update 1500:" in first
    last = _read(jonas, endless, "?part=99")
    assert "Update 1:" in last
    assert 'rel="prev"' in last
    place = text.index("Update 700:")
    assert "Update 700:" in _read(jonas, endless, f"?at={place}")


def test_a_claim_of_another_part_is_linked_to_its_part(endless: Article, jonas: Client) -> None:
    _log(jonas, endless, "Update 700:")
    said = Appearance.objects.get()
    page = _read(jonas, endless)
    assert f'href="?said={said.pk}#said-{said.pk}"' in page
    there = _read(jonas, endless, f"?said={said.pk}")
    assert f'id="said-{said.pk}"' in there


# --- Times ----------------------------------------------------------------------------------------------


def test_a_time_of_another_zone_is_told_in_the_desks_zone_too(blog: Article, jonas: Client) -> None:
    Update.objects.update(zone="Europe/London", moment=datetime(2026, 3, 4, 14, 5, tzinfo=UTC))
    page = _read(jonas, blog)
    assert 'data-utc="4 Mar 2026, 16:05 Europe/Kyiv · 4 Mar 2026, 14:05 UTC"' in page
