"""A live blog that is watched while it grows, edits and deletes; its server is a real one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from claims import jobs
from claims.actions.article_watch import end_watch, start_watch
from claims.actions.articles import take_in_url
from claims.actions.claims import Selection, log_claim
from claims.actions.looking import request_due_looks
from claims.actions.refusals import Invalid, NotAllowed, NotFound
from claims.models import Appearance, Article, ArticleWatch, Claim, ClaimEvent, Job, Notice
from claims.tasks import BODIES
from tests.live_pages import LivePage, live_page
from tests.newsroom import Newsroom, open_newsroom

pytestmark = pytest.mark.django_db

TALKS = "Talks with the port authority lasted about three hours, local media report. They go on tomorrow."
UNION = "The union counts 320 dockers at the gate, and more are on their way from the city tonight."


@pytest.fixture
def blog(settings: Settings) -> Iterator[LivePage]:
    with live_page(settings) as live:
        live.post("Police have closed the road to the second pier, a traffic report says.", minutes_ago=80)
        live.post(TALKS, minutes_ago=50)
        live.post(UNION, minutes_ago=20)
        yield live


def run_due(kind: str) -> None:
    """Play the worker: run what is due of one kind."""
    for job_id in Job.objects.filter(kind=kind, state=Job.State.WAITING).values_list("pk", flat=True):
        assert jobs.run(job_id, BODIES)


def taken_in(newsroom: Newsroom, blog: LivePage) -> Article:
    article = take_in_url(desk_id=newsroom.desk.pk, url=blog.url, actor=newsroom.actor("jonas"))
    run_due("fetch_article")
    return Article.objects.get(pk=article.pk)


def look(article: Article) -> ArticleWatch:
    """Let the time of the next look come, and the worker take it."""
    # A tick gives each page one job per ten seconds; the test does not wait for the next.
    Job.objects.filter(kind="look_at_article").delete()
    ArticleWatch.objects.filter(article=article).update(next_look_at=timezone.now())
    request_due_looks()
    run_due("look_at_article")
    return ArticleWatch.objects.get(article=article)


def logged(newsroom: Newsroom, article: Article, words: str) -> Appearance:
    article.refresh_from_db()
    start = article.current.text.index(words)  # type: ignore[union-attr]
    claim = log_claim(
        desk_id=newsroom.desk.pk,
        text=words,
        selection=Selection(article.pk, start, start + len(words)),
        actor=newsroom.actor("jonas"),
    )
    return claim.appearances.get()


def test_a_fresh_live_blog_taken_in_by_address_is_watched_from_then_on(
    newsroom: Newsroom, blog: LivePage
) -> None:
    article = taken_in(newsroom, blog)
    watch = ArticleWatch.objects.get(article=article)
    assert watch.active
    assert watch.next_look_at is not None
    assert watch.next_look_at > timezone.now()
    blog.post("A mediator has arrived from the capital, the port authority says in a short statement.")
    watch = look(article)
    article.refresh_from_db()
    assert article.current.number == 2  # type: ignore[union-attr]
    assert "A mediator has arrived" in article.current.text  # type: ignore[union-attr]
    assert watch.changed_at == watch.looked_at
    assert watch.interval == 120


def test_an_old_live_blog_and_an_article_are_watched_only_when_a_person_asks(
    newsroom: Newsroom, settings: Settings
) -> None:
    with live_page(settings, paragraphs=[TALKS, UNION]) as page:
        article = taken_in(newsroom, page)
        assert not ArticleWatch.objects.exists()
        watch = start_watch(article_id=article.pk, actor=newsroom.actor("jonas"))
        assert watch.started_by == newsroom.people["jonas"]
        assert request_due_looks() == 1
    with live_page(settings) as old:
        old.post(TALKS, minutes_ago=60 * 72)
        old.post(UNION, minutes_ago=60 * 71)
        assert not ArticleWatch.objects.filter(article=taken_in(newsroom, old)).exists()


def test_an_unchanged_page_is_asked_for_conditionally_and_ever_more_seldom(
    newsroom: Newsroom, blog: LivePage
) -> None:
    article = taken_in(newsroom, blog)
    first, second = look(article).interval, look(article).interval
    assert (first, second) == (180, 270)
    assert "if-none-match:" in blog.looks()[-1].lower()
    assert Article.objects.get(pk=article.pk).versions.count() == 1


def test_robots_are_asked_and_a_site_that_forbids_it_is_left_alone(
    newsroom: Newsroom, blog: LivePage
) -> None:
    blog.robots = "User-agent: factcheck\nDisallow: /live\n"
    article = taken_in(newsroom, blog)
    looked = len(blog.looks())
    watch = look(article)
    assert len(blog.looks()) == looked
    assert (watch.active, watch.ended_because) == (False, "robots")
    assert "robots.txt" in watch.last_error


def test_errors_are_counted_and_the_page_is_left_in_peace_for_longer(
    newsroom: Newsroom, blog: LivePage
) -> None:
    article = taken_in(newsroom, blog)
    blog.status, blog.headers = "503 Service Unavailable", ("Retry-After: 7200",)
    watch = look(article)
    assert (watch.failures, watch.active) == (1, True)
    assert "HTTP 503" in watch.last_error
    assert watch.next_look_at is not None
    assert watch.next_look_at > timezone.now() + timedelta(seconds=7100)
    article.refresh_from_db()
    assert (article.state, article.failure) == ("ready", "")
    blog.status = "200 OK"
    watch = look(article)
    assert (watch.failures, watch.last_error) == (0, "")


def test_the_watch_ends_after_days_of_silence_and_says_so(newsroom: Newsroom, blog: LivePage) -> None:
    article = taken_in(newsroom, blog)
    ArticleWatch.objects.update(started_at=timezone.now() - timedelta(days=4))
    watch = look(article)
    assert (watch.active, watch.ended_because, watch.next_look_at) == (False, "silence", None)
    assert request_due_looks() == 0
    restarted = start_watch(article_id=article.pk, actor=newsroom.actor("jonas"))
    assert restarted.active
    assert ArticleWatch.objects.count() == 1


def test_what_a_person_ended_is_not_begun_again_by_the_machine(newsroom: Newsroom, blog: LivePage) -> None:
    article = taken_in(newsroom, blog)
    end_watch(article_id=article.pk, actor=newsroom.actor("jonas"))
    take_in_url(desk_id=newsroom.desk.pk, url=blog.url, actor=newsroom.actor("jonas"))
    blog.post("One more ship has left the port for the open sea, the harbour master says.")
    run_due("fetch_article")
    assert not ArticleWatch.objects.get(article=article).active


def test_only_writers_of_the_desk_decide_about_the_watch(newsroom: Newsroom, blog: LivePage) -> None:
    article = taken_in(newsroom, blog)
    stranger = open_newsroom()
    for step in (start_watch, end_watch):
        with pytest.raises(NotAllowed):
            step(article_id=article.pk, actor=newsroom.actor("ada"))
        with pytest.raises(NotFound):
            step(article_id=article.pk, actor=stranger.actor("jonas"))


def test_an_article_without_an_address_cannot_be_watched(newsroom: Newsroom) -> None:
    article = Article.objects.create(desk=newsroom.desk, title="Pasted")
    with pytest.raises(Invalid):
        start_watch(article_id=article.pk, actor=newsroom.actor("jonas"))


def test_two_beats_ask_for_one_look(newsroom: Newsroom, blog: LivePage) -> None:
    article = taken_in(newsroom, blog)
    ArticleWatch.objects.filter(article=article).update(next_look_at=timezone.now())
    request_due_looks()
    request_due_looks()
    assert Job.objects.filter(kind="look_at_article").count() == 1


def test_a_look_that_never_ends_is_not_asked_for_at_every_tick(newsroom: Newsroom, blog: LivePage) -> None:
    article = taken_in(newsroom, blog)
    ArticleWatch.objects.filter(article=article).update(next_look_at=timezone.now())
    assert request_due_looks() == 1
    Job.objects.filter(kind="look_at_article").update(state=Job.State.DEAD)
    assert request_due_looks() == 0


def test_while_a_person_has_it_fetched_the_watch_waits(newsroom: Newsroom, blog: LivePage) -> None:
    article = taken_in(newsroom, blog)
    take_in_url(desk_id=newsroom.desk.pk, url=blog.url, actor=newsroom.actor("jonas"))
    looked = len(blog.looks())
    watch = look(article)
    assert len(blog.looks()) == looked
    assert watch.next_look_at is not None
    assert watch.next_look_at < timezone.now() + timedelta(minutes=5)


def test_asking_for_what_is_due_takes_the_same_statements_for_any_number(
    newsroom: Newsroom, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Two statements where nothing is due, however many articles are watched."""
    later = timezone.now() + timedelta(hours=1)
    for number in range(30):
        article = Article.objects.create(desk=newsroom.desk, url=f"https://news.example.org/{number}")
        ArticleWatch.objects.create(
            article=article, interval=120, started_at=timezone.now(), next_look_at=later
        )
    with django_assert_num_queries(2):
        assert request_due_looks() == 0


# --- What becomes of the words that claims quote --------------------------------------------------------


def test_a_silent_edit_is_flagged_on_the_claim_that_quotes_it(newsroom: Newsroom, blog: LivePage) -> None:
    article = taken_in(newsroom, blog)
    quoted = logged(newsroom, article, "lasted about three hours")
    stands = logged(newsroom, article, "The union counts 320 dockers")
    blog.edit("about three hours", "about five hours")
    look(article)
    quoted.refresh_from_db()
    stands.refresh_from_db()
    assert (quoted.words_state, stands.words_state) == ("changed", "stands")
    assert quoted.words_now.startswith("Talks with the port authority lasted about five hours")
    assert quoted.words_since is not None
    assert quoted.exact == "lasted about three hours"
    event = ClaimEvent.objects.get(claim=quoted.claim, verb="words_changed")
    assert (event.person_name, event.details["version"]) == ("factcheck", 2)
    notice = Notice.objects.get(person=newsroom.people["jonas"], claim=quoted.claim)
    assert notice.kind == Notice.Kind.QUOTATION_CHANGED
    assert "five hours" in notice.note


def test_a_deleted_update_is_flagged_and_its_return_too(newsroom: Newsroom, blog: LivePage) -> None:
    article = taken_in(newsroom, blog)
    quoted = logged(newsroom, article, "counts 320 dockers")
    taken_out = blog.posts[0]
    blog.delete("320 dockers")
    look(article)
    quoted.refresh_from_db()
    assert (quoted.words_state, quoted.words_now) == ("gone", "")
    blog.posts.insert(0, taken_out)
    look(article)
    quoted.refresh_from_db()
    assert quoted.words_state == "stands"
    verbs = ClaimEvent.objects.filter(claim=quoted.claim).order_by("sequence").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["words_gone", "words_back"]


def test_new_posts_above_change_nothing_about_a_quotation(newsroom: Newsroom, blog: LivePage) -> None:
    article = taken_in(newsroom, blog)
    quoted = logged(newsroom, article, "counts 320 dockers")
    blog.post("An earlier report of 320 dockers was confirmed by the police in the evening.")
    look(article)
    quoted.refresh_from_db()
    assert (quoted.words_state, quoted.words_since) == ("stands", None)
    assert not Notice.objects.exists()


def test_a_page_that_is_gone_takes_its_quotations_with_it(newsroom: Newsroom, blog: LivePage) -> None:
    article = taken_in(newsroom, blog)
    quoted = logged(newsroom, article, "counts 320 dockers")
    blog.status = "410 Gone"
    assert [look(article).failures for _ in range(3)] == [1, 2, 3]
    watch = ArticleWatch.objects.get(article=article)
    assert (watch.active, watch.ended_because) == (False, "gone")
    quoted.refresh_from_db()
    assert quoted.words_state == "gone"
    assert Claim.objects.get().state == "logged"


def test_a_watch_that_ended_says_why_or_the_database_refuses_it(newsroom: Newsroom) -> None:
    article = Article.objects.create(desk=newsroom.desk, url="https://news.example.org/live")
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleWatch.objects.create(article=article, active=False, interval=120, started_at=timezone.now())
