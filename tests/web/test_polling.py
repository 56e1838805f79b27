"""Live parts of a page: cheap while nothing changes, over when the work is over."""

from __future__ import annotations

from django.test import Client

from claims import jobs
from claims.actions.articles import take_in_url
from claims.models import Article, Claim, Job
from tests.newsroom import Newsroom


def _gathering(newsroom: Newsroom) -> Claim:
    claim = newsroom.claim()
    jobs.enqueue("gather_evidence", claim.pk)
    return claim


def test_while_gathering_the_page_asks_every_two_seconds(newsroom: Newsroom, jonas: Client) -> None:
    claim = _gathering(newsroom)
    page = jonas.get(claim.get_absolute_url()).content.decode()
    assert f'hx-get="/claims/{claim.pk}/evidence/" hx-trigger="every 2s"' in page


def test_an_unchanged_poll_is_a_304_without_a_body(newsroom: Newsroom, jonas: Client) -> None:
    address = f"/claims/{_gathering(newsroom).pk}/evidence/"
    first = jonas.get(address)
    again = jonas.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert first["Cache-Control"] == "private, no-cache"


def test_progress_changes_the_answer(newsroom: Newsroom, jonas: Client) -> None:
    claim = _gathering(newsroom)
    address = f"/claims/{claim.pk}/evidence/"
    first = jonas.get(address)
    Job.objects.filter(subject=claim.pk).update(state="running", done_steps=1, all_steps=3, note="compare")
    again = jonas.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "Comparing what was found" in again.content.decode()


def test_a_decision_on_evidence_changes_the_answer(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim()
    piece = newsroom.evidence(claim, "supports", origin="log")
    address = f"/claims/{claim.pk}/evidence/"
    first = jonas.get(address)
    type(piece).objects.filter(pk=piece.pk).update(state="rejected", version=piece.version + 1)
    assert jonas.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_another_person_gets_another_tag(newsroom: Newsroom, jonas: Client, signed_in: object) -> None:
    address = f"/claims/{_gathering(newsroom).pk}/evidence/"
    ada = signed_in("ada")  # type: ignore[operator]
    assert jonas.get(address)["ETag"] != ada.get(address)["ETag"]


def test_polling_ends_with_the_work(newsroom: Newsroom, jonas: Client) -> None:
    claim = _gathering(newsroom)
    Job.objects.filter(subject=claim.pk).update(state="done")
    assert "hx-trigger" not in jonas.get(f"/claims/{claim.pk}/evidence/").content.decode()


def test_a_failed_gathering_says_why_and_can_be_asked_again(newsroom: Newsroom, jonas: Client) -> None:
    claim = _gathering(newsroom)
    Job.objects.filter(subject=claim.pk).update(state="dead", last_error="The engine is away.")
    page = jonas.get(claim.get_absolute_url()).content.decode()
    assert "Gathering failed: The engine is away." in page
    assert "Gather evidence" in page


def test_a_fetched_article_reloads_the_page(newsroom: Newsroom, jonas: Client) -> None:
    article = take_in_url(
        desk_id=newsroom.desk.pk, url="https://news.example.org/port", actor=newsroom.actor("jonas")
    )
    address = f"/articles/{article.pk}/state/"
    assert "The article is being fetched." in jonas.get(address).content.decode()
    assert "HX-Refresh" not in jonas.get(address)
    Article.objects.filter(pk=article.pk).update(state="failed", failure="The page answers 404.")
    answer = jonas.get(address)
    assert answer["HX-Refresh"] == "true"
    page = jonas.get(article.get_absolute_url()).content.decode()
    assert "The page answers 404." in page
    assert "Try again" in page
