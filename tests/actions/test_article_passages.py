"""Finding what a live blog said, update by update: cut, indexed, and kept in step with each new version."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims import jobs
from claims.actions.article_versions import store_version
from claims.actions.articles import take_in_text
from claims.actions.drift import Drift
from claims.actions.indexing import find_and_repair_drift, index_article
from claims.actions.rebuilding import rebuild_index
from claims.ingest.plaintext import read_pasted
from claims.models import Article, ArticlePassage, ArticlePassageReading, Desk, Job
from claims.rules.permissions import MACHINE, Role
from claims.search import get_backend
from claims.search.base import SearchBackend
from claims.selectors.article_search import PASSAGES_SHOWN, FoundArticle
from claims.selectors.search import find
from claims.tasks import BODIES
from tests.newsroom import Newsroom

DAY = date(2026, 3, 4)
HEAD = "Talks in Geneva, live\n\n"
ARRIVAL = "11:40\n\nVladimir Medinsky arrived at the lakeside hotel with twelve advisers.\n\n"
FERRY = "11:10\n\nThe ferries to Lausanne are cancelled because of the storm.\n\n"
CLOSED = "10:30\n\nPolice have closed the bridge to every car until the evening.\n"


def taken_in(newsroom: Newsroom, *updates: str, title: str = "Talks in Geneva, live") -> Article:
    """Take in the blog, or its next version, and let the worker index it."""
    text = HEAD + "".join(updates)
    article = Article.objects.filter(outlet__name="Lake Post").first()
    if article is None:
        article = take_in_text(
            desk_id=newsroom.desk.pk,
            text=text,
            actor=newsroom.actor("jonas"),
            outlet="Lake Post",
            title=title,
            published=DAY,
        )
    else:
        read = read_pasted(text, outlet_zone=article.zone, seen_at=timezone.now(), title=title, published=DAY)
        with transaction.atomic():
            store_version(article, read, b"", MACHINE)
    run_indexing()
    return article


def run_indexing() -> None:
    for job in Job.objects.filter(kind="index_article", state=Job.State.WAITING):
        assert jobs.run(job.pk, BODIES)
    get_backend().refresh("articles")


def articles_for(newsroom: Newsroom, question: str) -> tuple[FoundArticle, ...]:
    return find(question, [newsroom.desk.pk], "articles").articles


def words_found(newsroom: Newsroom, question: str) -> list[str]:
    """Return the marked words of the passages that are shown."""
    return [
        said.text[start:end]
        for article in articles_for(newsroom, question)
        for said in article.passages
        for start, end in said.marks
    ]


@pytest.mark.parametrize("question", ["Medinsky", "Мединский", "Мединського"])
def test_a_name_finds_the_update_in_any_script_and_is_marked(
    backend: SearchBackend, newsroom: Newsroom, question: str
) -> None:
    taken_in(newsroom, ARRIVAL, FERRY, CLOSED)
    [found] = articles_for(newsroom, question)
    [said] = found.passages
    assert said.passage.printed_time == "11:40"
    assert any("Medinsky" in word for word in words_found(newsroom, question))


@pytest.mark.parametrize(
    ("question", "word"), [("ferry", "ferries"), ("поліція", "Police"), ("моста", "bridge")]
)
def test_words_are_found_inflected_and_in_another_language(
    backend: SearchBackend, newsroom: Newsroom, question: str, word: str
) -> None:
    taken_in(newsroom, ARRIVAL, FERRY, CLOSED)
    assert words_found(newsroom, question) == [word]


def test_an_article_is_named_once_with_its_best_updates_first(
    backend: SearchBackend, newsroom: Newsroom
) -> None:
    said = [f"{hour}:15\n\nThe ferry number {hour} left the quay on time.\n\n" for hour in range(10, 20)]
    taken_in(newsroom, "20:40\n\nThe ferry, the ferry and again the ferry.\n\n", *said)
    [found] = articles_for(newsroom, "ferry")
    assert len(found.passages) == PASSAGES_SHOWN
    assert found.passages[0].passage.printed_time == "20:40"


def test_a_word_of_the_title_helps_an_update_but_shows_none_that_does_not_say_it(
    backend: SearchBackend, newsroom: Newsroom
) -> None:
    taken_in(newsroom, ARRIVAL, FERRY)
    [found] = articles_for(newsroom, "Geneva")
    assert found.passages == ()
    [found] = articles_for(newsroom, "Geneva ferry")
    assert [said.passage.printed_time for said in found.passages] == ["11:10"]


def test_only_what_a_new_version_changed_is_indexed_anew(backend: SearchBackend, newsroom: Newsroom) -> None:
    taken_in(newsroom, ARRIVAL, FERRY, CLOSED)
    before = dict(ArticlePassage.objects.values_list("pk", "version"))
    changed = FERRY.replace("because of the storm", "because of a strike")
    taken_in(newsroom, "12:05\n\nA helicopter circles over the lake.\n\n", ARRIVAL, changed, CLOSED)
    after = dict(ArticlePassage.objects.values_list("pk", "version"))
    [retired] = ArticlePassage.objects.filter(retired=True)
    assert {pk: version for pk, version in after.items() if pk in before and pk != retired.pk} == {
        pk: 1 for pk in before if pk != retired.pk
    }
    assert words_found(newsroom, "storm") == []
    assert words_found(newsroom, "strike") == ["strike"]
    assert words_found(newsroom, "helicopter") == ["helicopter"]
    text = Article.objects.get().current.text  # type: ignore[union-attr]
    for passage in ArticlePassage.objects.filter(retired=False):
        assert text[passage.start : passage.end] == passage.text


def test_an_update_that_was_taken_out_is_not_found_until_it_is_back(
    backend: SearchBackend, newsroom: Newsroom
) -> None:
    taken_in(newsroom, ARRIVAL, FERRY, CLOSED)
    taken_in(newsroom, ARRIVAL, CLOSED)
    assert words_found(newsroom, "ferry") == []
    taken_in(newsroom, ARRIVAL, FERRY, CLOSED)
    assert words_found(newsroom, "ferry") == ["ferries"]
    assert find_and_repair_drift("articles") == Drift()


def test_a_new_title_is_found_with_every_update(backend: SearchBackend, newsroom: Newsroom) -> None:
    taken_in(newsroom, ARRIVAL, FERRY)
    taken_in(newsroom, ARRIVAL, FERRY, title="Negotiators meet again")
    held = dict(get_backend().versions("articles"))
    assert set(held.values()) == {2}
    assert Article.objects.get().title == "Negotiators meet again"
    assert find_and_repair_drift("articles") == Drift()


def test_an_article_of_another_desk_is_never_found(backend: SearchBackend, newsroom: Newsroom) -> None:
    article = taken_in(newsroom, ARRIVAL, FERRY)
    sports = Desk.objects.create(name="Sports")
    assert find("Medinsky ferry Geneva", [sports.pk], "articles").count == 0
    # The index is behind the database: what it still names for the former desk is held back all the same.
    Article.objects.filter(pk=article.pk).update(desk=sports)
    assert articles_for(newsroom, "Medinsky ferry Geneva") == ()
    assert find("Medinsky", {sports.pk: frozenset({Role.JOURNALIST})}, "articles").degraded is False


def test_a_long_article_without_updates_is_found_by_the_paragraph(
    backend: SearchBackend, newsroom: Newsroom
) -> None:
    filler = "\n\n".join(f"Paragraph {number} tells of the weather at length." * 4 for number in range(40))
    take_in_text(
        desk_id=newsroom.desk.pk,
        text=f"{filler}\n\nThe lighthouse keeper resigned in anger.\n\n{filler}",
        actor=newsroom.actor("jonas"),
        outlet="Lake Post",
        title="A year at the lake",
    )
    run_indexing()
    [found] = articles_for(newsroom, "lighthouse")
    [said] = found.passages
    assert "The lighthouse keeper resigned" in said.text
    assert len(said.text) < 300


def test_one_long_blog_does_not_push_other_articles_out(
    backend: SearchBackend, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.selectors.article_search._PASSAGES_ASKED", 4)
    said = [f"{hour}:15\n\nThe ferry, the ferry number {hour} left.\n\n" for hour in range(10, 20)]
    taken_in(newsroom, *said)
    other = take_in_text(
        desk_id=newsroom.desk.pk,
        text="Somebody mentioned in passing, at the end of a long and tiring day, that there was once a ferry.",
        actor=newsroom.actor("jonas"),
        outlet="Hill Post",
        title="Hills",
    )
    run_indexing()
    assert [found.article.pk for found in articles_for(newsroom, "ferry")][-1] == other.pk


def test_articles_of_before_the_upgrade_are_cut_and_indexed_by_a_rebuild_or_a_repair(
    backend: SearchBackend, newsroom: Newsroom
) -> None:
    taken_in(newsroom, ARRIVAL, FERRY)
    ArticlePassage.objects.all().delete()
    find_and_repair_drift("articles")
    assert words_found(newsroom, "ferry") == ["ferries"]
    ArticlePassage.objects.all().delete()
    rebuild_index("articles", lambda done, rows: None)
    assert words_found(newsroom, "ferry") == ["ferries"]
    assert ArticlePassageReading.objects.count() == ArticlePassage.objects.filter(retired=False).count()
    assert find_and_repair_drift("articles") == Drift()


def test_a_lost_index_is_rebuilt(bare: SearchBackend, newsroom: Newsroom) -> None:
    take_in_text(
        desk_id=newsroom.desk.pk, text=HEAD + FERRY, actor=newsroom.actor("jonas"), outlet="Lake Post"
    )
    assert find_and_repair_drift("articles") == Drift(lost=True)
    assert find_and_repair_drift("articles") == Drift()


def test_indexing_an_article_that_is_gone_does_nothing(backend: SearchBackend, newsroom: Newsroom) -> None:
    index_article(12_345)
    assert list(get_backend().versions("articles")) == []


def test_a_live_blog_of_1_500_updates_is_indexed_in_one_job_and_found_in_few_queries(
    backend: SearchBackend, newsroom: Newsroom, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    places = ("harbour", "station", "square", "market", "bridge")
    minutes = [1_438 - number * 1_438 // 1_500 for number in range(1_500)]
    updates = [
        f"{at // 60:02}:{at % 60:02}\n\nReporter {number} waits at the {places[number % 5]}.\n\n"
        for number, at in enumerate(minutes)
    ]
    taken_in(newsroom, *updates)
    assert ArticlePassage.objects.exclude(printed_time="").count() == 1_500
    before = set(ArticlePassage.objects.values_list("pk", "version", "indexed_version"))
    taken_in(newsroom, "23:59\n\nA trumpet sounds over the lake.\n\n", *updates)
    [added] = set(ArticlePassage.objects.values_list("pk", "version", "indexed_version")) - before
    assert [said.passage.pk for said in articles_for(newsroom, "trumpet")[0].passages] == [added[0]]
    with django_assert_max_num_queries(8):
        assert len(articles_for(newsroom, "reporter")) == 1
