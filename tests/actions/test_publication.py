"""Publishing, scheduling, correcting and retracting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from claims.actions.gatekeeping import GatesClosed
from claims.actions.publication import (
    cancel_correction,
    publish_scheduled,
    publish_verdict,
    retract_publication,
    schedule_verdict,
    start_correction,
    unschedule_verdict,
)
from claims.actions.refusals import Conflict, IllegalMove, Invalid, NotAllowed, NotFound
from claims.actions.weighing import reject_evidence
from claims.jobs import RetryLater
from claims.models import Claim, ClaimEvent, Desk, Job, Membership, Publication, PublishedRevision, Verdict
from claims.publish.claimreview import script_json
from claims.selectors.feeds import feed_window
from claims.selectors.publications import published_page
from tests.newsroom import Newsroom, fresh


def test_what_two_people_made_is_published_as_one_snapshot(newsroom: Newsroom) -> None:
    revision = newsroom.published()
    publication = revision.publication
    snapshot = revision.snapshot
    assert (publication.state, publication.current_id) == ("live", revision.pk)
    assert Claim.objects.get(pk=publication.claim_id).state == "concluded"
    assert fresh(revision.verdict).state == "published"
    assert snapshot["rating"]["label"] == "True"
    assert [cited["ordinal"] for cited in snapshot["evidence"]] == [1, 2, 3]
    assert snapshot["content_hash"] == revision.verdict.content_hash
    assert snapshot["made"] == "2026-02-03"
    assert {person["part"] for person in snapshot["people"]} == {"recorded", "approved", "published"}


def test_the_address_in_the_snapshot_is_that_of_the_public_page(newsroom: Newsroom, client: Client) -> None:
    revision = newsroom.published()
    assert revision.snapshot["path"] == revision.publication.get_absolute_url()
    page = client.get(revision.snapshot["path"])
    assert page.status_code == 200
    assert script_json(revision.snapshot).encode() in page.content


def test_an_unapproved_verdict_is_not_published(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted()
    with pytest.raises(IllegalMove):
        publish_verdict(verdict_id=verdict.pk, seen_version=verdict.version, actor=newsroom.actor("pavlo"))
    assert not Publication.objects.exists()


@pytest.mark.parametrize("name", ["rita", "anna", "jonas", "ada", "adam"])
def test_only_a_publisher_publishes(newsroom: Newsroom, name: str) -> None:
    verdict = newsroom.approved()
    with pytest.raises(NotAllowed):
        publish_verdict(verdict_id=verdict.pk, seen_version=verdict.version, actor=newsroom.actor(name))
    assert fresh(verdict).state == "approved"


def test_a_superuser_without_a_role_finds_nothing(newsroom: Newsroom) -> None:
    verdict = newsroom.approved()
    with pytest.raises(NotFound):
        publish_verdict(verdict_id=verdict.pk, seen_version=verdict.version, actor=newsroom.actor("root"))


def test_a_publisher_of_another_desk_finds_nothing(newsroom: Newsroom) -> None:
    verdict = newsroom.approved()
    newsroom.join("petra", "publisher", desk=Desk.objects.create(name="Sports"))
    with pytest.raises(NotFound):
        publish_verdict(verdict_id=verdict.pk, seen_version=verdict.version, actor=newsroom.actor("petra"))


def test_a_second_publication_of_the_same_version_is_a_conflict(newsroom: Newsroom) -> None:
    verdict = newsroom.approved()
    newsroom.published(verdict)
    with pytest.raises(Conflict):
        newsroom.published(verdict)
    assert PublishedRevision.objects.count() == 1


def test_evidence_rejected_after_the_approval_voids_it(newsroom: Newsroom) -> None:
    verdict = newsroom.approved()
    piece = verdict.citations.first().evidence
    reject_evidence(
        evidence_id=piece.pk, seen_version=piece.version, reason="A forgery.", actor=newsroom.actor("rita")
    )
    with pytest.raises(GatesClosed, match="changed after this was submitted"):
        newsroom.published(verdict)
    assert not Publication.objects.exists()


def test_a_claim_reworded_after_the_approval_voids_it(newsroom: Newsroom) -> None:
    verdict = newsroom.approved()
    Claim.objects.filter(pk=verdict.claim_id).update(text="Five tugs entered the harbour.")
    with pytest.raises(GatesClosed, match="changed after this was submitted"):
        newsroom.published(verdict)


# --- Scheduling ---------------------------------------------------------------------------------------


def test_an_embargoed_verdict_is_published_once_when_its_time_has_come(newsroom: Newsroom) -> None:
    verdict, due = newsroom.approved(), timezone.now() + timedelta(hours=2)
    schedule_verdict(
        verdict_id=verdict.pk, seen_version=verdict.version, publish_at=due, actor=newsroom.actor("pavlo")
    )
    job = Job.objects.get(kind="publish_scheduled", subject=verdict.pk)
    assert job.due_at == due
    publication = Publication.objects.get()
    assert publication.state == "embargoed"
    assert published_page(publication.pk) is None
    assert feed_window().entries == ()
    with pytest.raises(RetryLater):
        publish_scheduled(verdict.pk)
    with time_machine.travel(due + timedelta(seconds=1), tick=False):
        assert publish_scheduled(verdict.pk) is not None
        assert publish_scheduled(verdict.pk) is None
    revision = PublishedRevision.objects.get()
    assert revision.published_by == newsroom.people["pavlo"]
    assert len(feed_window().entries) == 1


def test_a_scheduled_verdict_is_not_published_by_hand_before_its_embargo_ends(newsroom: Newsroom) -> None:
    verdict = _scheduled(newsroom)
    with pytest.raises(GatesClosed, match="embargo runs until"):
        newsroom.published(verdict)


def test_an_embargo_in_the_past_or_without_a_zone_is_refused(newsroom: Newsroom) -> None:
    verdict = newsroom.approved()
    for moment in (
        timezone.now() - timedelta(seconds=1),
        datetime(2030, 1, 1),
        datetime(9999, 1, 1, tzinfo=UTC),
    ):
        with pytest.raises(Invalid):
            newsroom.scheduled(verdict, publish_at=moment)
    assert fresh(verdict).state == "approved"


def test_what_may_not_go_out_any_more_goes_back_to_the_desk_with_the_reason(newsroom: Newsroom) -> None:
    verdict = _scheduled(newsroom)
    Membership.objects.filter(person=newsroom.people["pavlo"]).update(role="auditor")
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert publish_scheduled(verdict.pk) is None
    assert fresh(verdict).state == "approved"
    event = ClaimEvent.objects.get(verb="unschedule")
    assert "publishers" in event.note
    assert not PublishedRevision.objects.exists()


def test_what_is_taken_off_the_schedule_is_not_published_by_the_old_job(newsroom: Newsroom) -> None:
    verdict = _scheduled(newsroom)
    unschedule_verdict(
        verdict_id=verdict.pk, seen_version=verdict.version, reason="Wait.", actor=newsroom.actor("pavlo")
    )
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert publish_scheduled(verdict.pk) is None
    assert fresh(verdict).state == "approved"


def _scheduled(newsroom: Newsroom) -> Verdict:
    verdict = newsroom.approved()
    newsroom.scheduled(verdict, publish_at=timezone.now() + timedelta(days=1))
    return fresh(verdict)


# --- Corrections and retraction -----------------------------------------------------------------------


def test_published_is_no_final_state_a_correction_supersedes_it(newsroom: Newsroom) -> None:
    first = newsroom.published()
    draft = _correction(newsroom, first)
    verdict = newsroom.submitted(
        newsroom.saved(draft, rating="mostly-true", tier="substantial", correction_note="One tug left.")
    )
    verdict = newsroom.approved(verdict, by="anna")
    assert verdict.state == "in_review", "a substantial correction needs a second approver"
    verdict = newsroom.approved(verdict, by="remi")
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        second = newsroom.published(verdict)
    publication = Publication.objects.get()
    assert (second.number, publication.current_id, publication.state) == (2, second.pk, "live")
    assert fresh(first.verdict).state == "superseded"
    assert second.snapshot["entry_id"] == first.snapshot["entry_id"]
    assert second.snapshot["first_published_at"] == first.snapshot["first_published_at"]
    assert second.snapshot["modified_at"] > first.snapshot["modified_at"]
    assert [correction["note"] for correction in second.snapshot["corrections"]] == ["One tug left."]
    assert feed_window().entries[0].title.startswith("CORRECTED: ")


def test_a_minor_correction_moves_no_date_of_change(newsroom: Newsroom) -> None:
    first = newsroom.published()
    verdict = newsroom.submitted(newsroom.saved(_correction(newsroom, first), tier="minor"))
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        second = newsroom.published(newsroom.approved(verdict))
    assert second.snapshot["modified_at"] == first.snapshot["modified_at"]
    assert second.snapshot["corrections"][0]["note"] == ""


def test_a_changed_rating_is_at_least_substantial(newsroom: Newsroom) -> None:
    first = newsroom.published()
    draft = newsroom.saved(
        _correction(newsroom, first), rating="false", tier="update", correction_note="New log."
    )
    with pytest.raises(GatesClosed, match="substantial"):
        newsroom.submitted(draft)


def test_the_page_stays_up_while_it_is_under_correction(newsroom: Newsroom) -> None:
    first = newsroom.published()
    _correction(newsroom, first)
    page = published_page(first.publication_id)
    assert page is not None
    assert page.is_under_correction
    assert page.snapshot == first.snapshot
    publication = Publication.objects.get()
    cancel_correction(
        publication_id=publication.pk,
        seen_version=publication.version,
        reason="It was right.",
        actor=newsroom.actor("pavlo"),
    )
    assert Publication.objects.get().state == "live"


def test_without_a_started_correction_no_new_revision_begins(newsroom: Newsroom) -> None:
    first = newsroom.published()
    with pytest.raises(IllegalMove):
        newsroom.draft(Claim.objects.get(pk=first.publication.claim_id))


def test_a_retraction_leaves_a_page_and_a_feed_entry_that_say_why(newsroom: Newsroom) -> None:
    revision = newsroom.published()
    with pytest.raises(Invalid):
        _retract(newsroom, note=" ")
    _retract(newsroom, note="The log was forged.")
    page = published_page(revision.publication_id)
    assert page is not None
    assert page.is_retracted
    entry = feed_window().entries[0]
    assert (entry.is_retracted, entry.summary) == (True, "The log was forged.")
    with pytest.raises(IllegalMove):
        _retract(newsroom, note="Again.")


def _retract(newsroom: Newsroom, note: str) -> None:
    publication = Publication.objects.get()
    retract_publication(
        publication_id=publication.pk,
        seen_version=publication.version,
        note=note,
        actor=newsroom.actor("pavlo"),
    )


def _correction(newsroom: Newsroom, revision: PublishedRevision) -> Verdict:
    publication = Publication.objects.get(pk=revision.publication_id)
    start_correction(
        publication_id=publication.pk,
        seen_version=publication.version,
        reason="A reader wrote.",
        actor=newsroom.actor("pavlo"),
    )
    return newsroom.started(Claim.objects.get(pk=publication.claim_id))
