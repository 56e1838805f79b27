"""Writing job rows: once per version, with the change, and never against a person's decision."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from claims import jobs
from claims.jobs import sending
from claims.jobs.leases import lease
from claims.models import Job

pytestmark = pytest.mark.django_db


def test_a_job_stands_once_per_kind_subject_and_version() -> None:
    first = jobs.enqueue("gather_evidence", 7, subject_version=2)
    again = jobs.enqueue("gather_evidence", 7, subject_version=2)
    other = jobs.enqueue("gather_evidence", 7, subject_version=3)
    assert first.pk == again.pk != other.pk
    assert Job.objects.count() == 2


def test_a_new_job_waits_and_is_due_at_once() -> None:
    job = jobs.enqueue("gather_evidence", 7)
    assert job.state == Job.State.WAITING
    assert abs(timezone.now() - job.due_at) < timedelta(seconds=5)
    assert abs(timezone.now() - job.created_at) < timedelta(seconds=5)


@pytest.mark.parametrize("state", [Job.State.DONE, Job.State.DEAD, Job.State.CANCELLED])
def test_enqueue_leaves_an_ended_job_alone(state: Job.State) -> None:
    job = jobs.enqueue("gather_evidence", 7)
    Job.objects.update(state=state)
    assert jobs.enqueue("gather_evidence", 7).state == state
    assert jobs.enqueue("gather_evidence", 7).pk == job.pk


def test_the_row_goes_with_a_rolled_back_change() -> None:
    with transaction.atomic():
        jobs.enqueue("gather_evidence", 7)
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_a_hint_is_sent_after_the_commit_and_only_for_what_is_due(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    sent: list[int] = []
    monkeypatch.setattr(sending, "_send_one", sent.append)
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue("gather_evidence", 7)
        jobs.enqueue("publish_scheduled", 7, due_at=timezone.now() + timedelta(hours=1))
        assert sent == []
    assert sent == [job.pk]


def test_a_cancelled_job_cannot_be_leased_and_can_be_requeued() -> None:
    job = jobs.enqueue("gather_evidence", 7)
    assert jobs.cancel(job.pk)
    assert not jobs.cancel(job.pk)
    assert lease(job.pk) is None
    assert jobs.requeue(job.pk)
    assert lease(job.pk) is not None


def test_requeue_gives_a_dead_job_a_new_set_of_starts() -> None:
    job = jobs.enqueue("gather_evidence", 7)
    Job.objects.update(state=Job.State.DEAD, starts=5, last_error="gone", finished_at=timezone.now())
    assert jobs.requeue(job.pk)
    job.refresh_from_db()
    assert (job.state, job.starts, job.finished_at) == (Job.State.WAITING, 0, None)


def test_requeue_refuses_a_job_that_runs() -> None:
    job = jobs.enqueue("gather_evidence", 7)
    assert lease(job.pk)
    assert not jobs.requeue(job.pk)


def test_the_index_of_due_jobs_holds_exactly_what_is_not_yet_ended() -> None:
    index = next(index for index in Job._meta.indexes if index.name == "job_due")
    assert index.condition == Q(state__in=list(Job.UNFINISHED))
    assert {*Job.UNFINISHED} == {*Job.State} - {Job.State.DONE, Job.State.DEAD, Job.State.CANCELLED}
