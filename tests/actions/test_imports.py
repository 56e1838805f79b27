"""Imports as jobs: taken in once, stopped, continued, found as already checked, never ours."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from claims import jobs
from claims.actions.imports import ask_import, resume_import, stop_import
from claims.actions.refusals import Invalid, NotFound
from claims.actions.verification import verify_history
from claims.jobs import LeaseLost
from claims.models import (
    Claim,
    ClaimEvent,
    Desk,
    Document,
    Import,
    ImportPart,
    Job,
    OutsideCheck,
    Publication,
)
from claims.rules.permissions import NotAllowed
from claims.selectors.imports import report_rows, standing_of
from claims.selectors.search import similar_claims
from claims.tasks import BODIES
from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]


def review(number: int, **changes: object) -> dict[str, object]:
    return {
        "@type": "ClaimReview",
        "claimReviewed": f"Warehouse number {number} in Oldport burned down in March.",
        "url": f"https://checks.example.net/{number}",
        "author": {"name": "Quay Watch"},
        "reviewRating": {"alternateName": "Half the story"},
        "datePublished": "2026-03-20",
        "inLanguage": "en",
        **changes,
    }


def feed(*elements: object) -> io.BytesIO:
    told = [element if isinstance(element, str) else json.dumps(element) for element in elements]
    return io.BytesIO(f'{{"@type":"DataFeed","dataFeedElement":[{",".join(told)}]}}'.encode())


def ask(newsroom: Newsroom, stream: io.BytesIO, kind: str = "checks") -> Import:
    who = newsroom.actor("jonas")
    return ask_import(desk_id=newsroom.desk.pk, actor=who, kind=kind, stream=stream, name="all.json")


def work(run: Import) -> Import:
    jobs.run(Job.objects.get(kind="run_import", subject=run.pk).pk, BODIES)
    return Import.objects.get(pk=run.pk)


def counts(run: Import) -> tuple[int, int, int, int]:
    return run.created, run.changed, run.unchanged, run.left_out


def test_a_check_of_others_is_an_already_checked_claim_with_its_origin_and_no_verdict(
    newsroom: Newsroom,
) -> None:
    run = work(ask(newsroom, feed(review(1), '{"@type":"ClaimReview",', review(2, speed="fast"))))
    assert counts(run) == (2, 0, 0, 1)
    assert run.ended_at is not None
    check = OutsideCheck.objects.select_related("claim").get(url="https://checks.example.net/1")
    assert (check.publisher, check.rating, str(check.checked_on)) == (
        "Quay Watch",
        "Half the story",
        "2026-03-20",
    )
    assert check.claim.state == "already_checked"
    assert check.claim.already_checked_url == check.url
    assert check.claim.state_reason == "Quay Watch: Half the story"
    assert not check.claim.verdicts.exists()
    assert not Publication.objects.exists()
    assert not Job.objects.filter(kind="gather_evidence").exists()
    assert ClaimEvent.objects.filter(verb="import_check", claim=check.claim).count() == 1
    assert verify_history().holds
    assert not ImportPart.objects.exists(), "the bytes are kept for as long as they are needed"


def test_it_is_found_by_whoever_logs_a_claim_that_says_the_same(newsroom: Newsroom) -> None:
    work(ask(newsroom, feed(review(1), review(7, claimReviewed="The ferry to Southholm sank in a storm."))))
    (found, *_rest) = similar_claims("Has the ferry to Southholm sunk in a storm?", [newsroom.desk.pk])
    assert found.claim.state_reason == "Quay Watch: Half the story"
    assert found.kinship == "same"


def test_the_same_file_again_changes_nothing_and_a_new_rating_is_told(newsroom: Newsroom) -> None:
    work(ask(newsroom, feed(review(1), review(2))))
    assert counts(work(ask(newsroom, feed(review(1), review(2))))) == (0, 0, 2, 0)
    changed = review(2, reviewRating={"alternateName": "False"})
    assert counts(work(ask(newsroom, feed(review(1), changed)))) == (0, 1, 1, 0)
    assert OutsideCheck.objects.count() == Claim.objects.count() == 2
    event = ClaimEvent.objects.get(verb="change_check")
    assert event.details == {"rating": ["Half the story", "False"]}
    assert event.claim is not None
    assert event.claim.state_reason == "Quay Watch: False"


def test_two_claims_checked_on_one_page_are_two(newsroom: Newsroom) -> None:
    page = {"url": "https://checks.example.net/page"}
    assert counts(work(ask(newsroom, feed(review(1, **page), review(2, **page))))) == (2, 0, 0, 0)


def test_a_stopped_import_keeps_what_came_in_and_goes_on_where_it_was(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.actions.import_running.BATCH", 2)
    run = ask(newsroom, feed(review(1), review(2), "[]", review(4), review(5)))
    job = Job.objects.get(kind="run_import")

    def stop_after_the_first(done: int, _total: int, _note: str) -> None:
        stop_import(import_id=run.pk, actor=newsroom.actor("jonas"))
        raise LeaseLost(f"stopped at {done}")

    with pytest.raises(LeaseLost):
        BODIES["run_import"](run.pk, stop_after_the_first)
    run = Import.objects.get(pk=run.pk)
    assert (counts(run), run.entries, run.ended_at) == ((2, 0, 0, 0), 2, None)
    assert Job.objects.get(pk=job.pk).state == Job.State.CANCELLED
    resume_import(import_id=run.pk, actor=newsroom.actor("jonas"))
    run = work(run)
    assert counts(run) == (4, 0, 0, 1), "nothing is counted twice and nothing is lost"
    assert list(ClaimEvent.objects.filter(claim=None).values_list("verb", flat=True)) == [
        "import",
        "stop_import",
        "resume_import",
    ]


def test_a_long_import_makes_room_and_is_due_again_without_a_failed_start(
    newsroom: Newsroom, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.actions.import_running.BATCH", 1)
    run = ask(newsroom, feed(review(1), review(2), review(3)))
    settings.JOB_TIME_LIMIT_SECONDS = 0
    run = work(run)
    job = Job.objects.get(kind="run_import")
    assert (run.entries, job.state, job.starts) == (1, Job.State.WAITING, 0)
    settings.JOB_TIME_LIMIT_SECONDS = 600
    assert counts(work(run)) == (3, 0, 0, 0)


def test_what_did_not_map_is_in_the_report(newsroom: Newsroom) -> None:
    run = work(ask(newsroom, feed(review(1, speed="fast"), review(2, url="ftp://a"), review(3, speed=2))))
    _headings, broken, unmapped = report_rows(run)
    assert broken[0] == 2
    assert "no web address" in str(broken[3])
    assert unmapped[-1] == "speed"
    assert "2 entries" in str(unmapped[3])


def test_a_file_without_checks_is_given_up_with_its_reason(newsroom: Newsroom) -> None:
    work(ask(newsroom, io.BytesIO(b"name,link\nA,https://a.example\n")))
    job = Job.objects.get(kind="run_import")
    assert job.state == Job.State.DEAD
    assert "lacks a column" in job.last_error


def test_sources_are_taken_in_by_the_same_job_with_errors_by_line(newsroom: Newsroom) -> None:
    line = json.dumps({"outlet": "Wire", "title": "Fire", "text": "A warehouse burned.", "language": "en"})
    run = work(ask(newsroom, io.BytesIO(f"{line}\nnot json\n".encode()), kind="sources"))
    assert counts(run) == (1, 0, 0, 1)
    assert run.problems.get().line == 2
    assert Document.objects.filter(title="Fire").exists()


def test_who_may_not_write_may_not_import_and_another_desk_sees_nothing(newsroom: Newsroom) -> None:
    run = ask(newsroom, feed(review(1)))
    other = Desk.objects.create(name="Far desk")
    newsroom.join("auda", "auditor")
    newsroom.join("nora", "editor", desk=other)
    with pytest.raises(NotAllowed):
        stop_import(import_id=run.pk, actor=newsroom.actor("auda"))
    with pytest.raises(NotFound):
        stop_import(import_id=run.pk, actor=newsroom.actor("nora"))
    assert standing_of(run.pk, [other.pk]) is None


@pytest.mark.parametrize("stream", [io.BytesIO(b""), None])
def test_nothing_is_no_import(newsroom: Newsroom, stream: io.BytesIO | None) -> None:
    with pytest.raises(Invalid):
        ask_import(desk_id=newsroom.desk.pk, actor=newsroom.actor("jonas"), kind="checks", stream=stream)
    assert not Import.objects.exists()
