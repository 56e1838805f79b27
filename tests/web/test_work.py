"""Work under way: seen by the desk that it belongs to, with the time left, and stopped by who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims import jobs
from claims.models import Article, Claim, ClaimEvent, Desk, Import, Job
from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]
pytestmark = pytest.mark.django_db


def gathering(claim: Claim, **fields: object) -> Job:
    job = jobs.enqueue("gather_evidence", claim.pk, subject_version=claim.gather_round)
    Job.objects.filter(pk=job.pk).update(**fields)
    return Job.objects.get(pk=job.pk)


def test_what_a_desk_waits_for_is_shown_to_that_desk_alone(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    gathering(claim)
    newsroom.join("olga", "reviewer", "editor", desk=Desk.objects.create(name="Sports"))
    assert claim.summary in newsroom.signed_in("jonas").get("/work/").content.decode()
    page = newsroom.signed_in("olga").get("/work/").content.decode()
    assert claim.summary not in page
    assert "Nothing is under way" in page


def test_the_time_left_is_reckoned_from_what_is_done(newsroom: Newsroom) -> None:
    run = Import.objects.create(desk=newsroom.desk, kind="checks", name="all.json", size=1)
    job = jobs.enqueue("run_import", run.pk)
    started = timezone.now() - timedelta(minutes=4)
    Job.objects.filter(pk=job.pk).update(state="running", started_at=started, done_steps=80, all_steps=100)
    page = newsroom.signed_in("jonas").get("/work/").content.decode()
    assert 'max="100" value="80"' in page
    assert "about 1 minute left" in page


def test_polling_answers_304_until_something_moves(newsroom: Newsroom) -> None:
    job = gathering(newsroom.claim())
    client = newsroom.signed_in("jonas")
    first = client.get("/work/state/")
    held = {"If-None-Match": first["ETag"]}
    assert client.get("/work/state/", headers=held).status_code == 304
    Job.objects.filter(pk=job.pk).update(state="running", done_steps=1, all_steps=3)
    assert client.get("/work/state/", headers=held).status_code == 200


def test_gathering_that_is_stopped_stands_in_the_history_and_can_be_asked_for_again(
    newsroom: Newsroom,
) -> None:
    claim = newsroom.claim()
    job = gathering(claim, state="running", leased_until=timezone.now() + timedelta(minutes=1), token=1)
    client = newsroom.signed_in("jonas")
    assert client.post(f"/work/{job.pk}/stop/").status_code == 302
    assert Job.objects.get(pk=job.pk).state == "cancelled"
    assert ClaimEvent.objects.get(claim=claim).verb == "stop_gather"
    assert "stopped the gathering" in client.get(claim.get_absolute_url()).content.decode()
    client.post(f"/claims/{claim.pk}/gather/")
    assert Job.objects.filter(kind="gather_evidence", subject=claim.pk, state="waiting").exists()
    # What has ended already is left as it is, and nothing is written about it.
    client.post(f"/work/{job.pk}/stop/")
    assert ClaimEvent.objects.filter(verb="stop_gather").count() == 1


def test_an_article_whose_fetching_is_stopped_says_so(newsroom: Newsroom) -> None:
    article = Article.objects.create(
        desk=newsroom.desk, url="https://news.example.org/port", state="fetching"
    )
    job = jobs.enqueue("fetch_article", article.pk)
    client = newsroom.signed_in("jonas")
    client.post(f"/work/{job.pk}/stop/")
    article.refresh_from_db()
    assert (article.state, article.failure) == ("failed", "Somebody stopped it.")
    assert "Somebody stopped it." in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("name", "status"), [("pavlo", 403), ("ada", 403), ("olga", 404)])
def test_who_may_not_begin_it_may_not_stop_it(newsroom: Newsroom, name: str, status: int) -> None:
    newsroom.join("olga", "reviewer", "editor", desk=Desk.objects.create(name="Sports"))
    job = gathering(newsroom.claim())
    client = newsroom.signed_in(name)
    assert client.post(f"/work/{job.pk}/stop/").status_code == status
    assert Job.objects.get(pk=job.pk).state == "waiting"


def test_work_that_belongs_to_no_page_cannot_be_stopped(newsroom: Newsroom) -> None:
    job = jobs.enqueue("publish_scheduled", 1)
    assert newsroom.signed_in("pavlo").post(f"/work/{job.pk}/stop/").status_code == 404
    assert Job.objects.get(pk=job.pk).state == "waiting"


def test_much_work_costs_no_more_statements_and_is_bounded(newsroom: Newsroom) -> None:
    client = newsroom.signed_in("jonas")
    for number in range(103):
        gathering(newsroom.claim(f"{number} tugs entered."))
    article = Article.objects.create(
        desk=newsroom.desk, url="https://news.example.org/port", state="fetching"
    )
    jobs.enqueue("fetch_article", article.pk)
    with CaptureQueriesContext(connection) as told:
        page = client.get("/work/").content.decode()
    assert len(told) <= 12
    assert page.count("<progress") == 100
    assert "More work waits" in page


def test_a_rebuild_of_the_index_is_seen_and_stopped_by_an_administrator_alone(newsroom: Newsroom) -> None:
    job = jobs.enqueue("rebuild_index", 1)
    assert "Rebuilding the search index" not in newsroom.signed_in("anna").get("/work/").content.decode()
    assert newsroom.signed_in("anna").post(f"/work/{job.pk}/stop/").status_code == 403
    client = newsroom.signed_in("adam")
    assert "Rebuilding the search index" in client.get("/work/").content.decode()
    assert client.post(f"/work/{job.pk}/stop/").status_code == 302
    assert Job.objects.get(pk=job.pk).state == "cancelled"
