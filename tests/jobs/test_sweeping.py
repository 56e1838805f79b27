"""The sweep: what it sends again, what it leaves alone, what it buries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from claims import jobs
from claims.jobs import sending, sweeping
from claims.jobs.clock import FromNow
from claims.jobs.leases import lease
from claims.models import Job

pytestmark = pytest.mark.django_db


class RecordingSender:
    def __init__(self, most: int = 10**6) -> None:
        self.sent: list[int] = []
        self.most = most

    def send(self, job_ids: list[int], *, budget: float = 0) -> int:
        taken = list(job_ids)[: self.most]
        self.sent += taken
        return len(taken)


@pytest.fixture
def sender(monkeypatch: pytest.MonkeyPatch) -> RecordingSender:
    recording = RecordingSender()
    monkeypatch.setattr(sweeping, "get_sender", lambda: recording)
    monkeypatch.setattr(sending, "get_sender", lambda: recording)
    return recording


def test_due_jobs_are_sent_oldest_first_and_later_ones_are_not(sender: RecordingSender) -> None:
    newer = jobs.enqueue("rehearse", 1)
    older = jobs.enqueue("rehearse", 2, due_at=timezone.now() - timedelta(minutes=5))
    jobs.enqueue("rehearse", 3, due_at=timezone.now() + timedelta(minutes=5))
    assert jobs.sweep() == 2
    assert sender.sent == [older.pk, newer.pk]


def test_a_job_that_was_just_sent_is_not_sent_again_but_can_be_started(sender: RecordingSender) -> None:
    job = jobs.enqueue("rehearse", 1)
    assert (jobs.sweep(), jobs.sweep()) == (1, 0)
    assert lease(job.pk)


def test_a_job_that_was_sent_long_ago_is_sent_again(sender: RecordingSender) -> None:
    jobs.enqueue("rehearse", 1)
    jobs.sweep()
    Job.objects.update(leased_until=FromNow(-1))
    assert jobs.sweep() == 1


def test_what_could_not_be_sent_is_free_for_the_next_sweep(sender: RecordingSender) -> None:
    for subject in range(5):
        jobs.enqueue("rehearse", subject)
    sender.most = 2
    assert (jobs.sweep(), jobs.sweep(), jobs.sweep()) == (2, 2, 1)
    assert sorted(sender.sent) == sorted(Job.objects.values_list("pk", flat=True))


def test_a_running_job_is_left_to_its_worker_until_the_lease_lapses(sender: RecordingSender) -> None:
    job = jobs.enqueue("rehearse", 1)
    lease(job.pk)
    assert jobs.sweep() == 0
    Job.objects.update(leased_until=FromNow(-1))
    assert jobs.sweep() == 1
    job.refresh_from_db()
    assert job.state == Job.State.WAITING


def test_a_job_whose_fifth_start_ended_without_a_word_is_given_up(sender: RecordingSender) -> None:
    job = jobs.enqueue("rehearse", 1)
    lease(job.pk)
    Job.objects.update(starts=5, leased_until=FromNow(-1))
    assert jobs.sweep() == 0
    job.refresh_from_db()
    assert job.state == Job.State.DEAD
    assert "memory" in job.last_error
    assert job.finished_at is not None


def test_a_fifth_start_that_is_under_way_is_not_buried(sender: RecordingSender) -> None:
    job = jobs.enqueue("rehearse", 1)
    lease(job.pk)
    Job.objects.update(starts=5)
    jobs.sweep()
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING


def test_the_age_of_the_queue_is_that_of_its_oldest_due_job(sender: RecordingSender) -> None:
    assert jobs.oldest_due_age() == 0.0
    jobs.enqueue("rehearse", 1, due_at=timezone.now() + timedelta(minutes=5))
    assert jobs.oldest_due_age() == 0.0
    jobs.enqueue("rehearse", 2, due_at=timezone.now() - timedelta(minutes=2))
    assert 119 < jobs.oldest_due_age() < 130
