"""One run of a job: who may start it, how each ending is recorded, whose write-back counts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

from claims import jobs
from claims.jobs import GiveUp, NotReady, Progress, RetryLater, running
from claims.jobs.clock import FromNow
from claims.jobs.leases import LONGEST_BACKOFF, MAX_STARTS, backoff, lease
from claims.models import Job
from tests.servers import wait_until

pytestmark = pytest.mark.django_db


def _raising(error: Exception) -> Callable[[int, Progress], None]:
    def body(subject: int, progress: Progress) -> None:
        raise error

    return body


def _enqueue() -> Job:
    return jobs.enqueue("rehearse", 7)


def _reloaded(job: Job) -> Job:
    job.refresh_from_db()
    return job


def test_a_job_runs_once_and_is_done() -> None:
    subjects: list[int] = []
    job = _enqueue()
    bodies = {"rehearse": lambda subject, progress: subjects.append(subject)}
    assert jobs.run(job.pk, bodies)
    assert not jobs.run(job.pk, bodies)
    assert subjects == [7]
    assert (_reloaded(job).state, job.starts, job.leased_until) == (Job.State.DONE, 1, None)
    assert job.finished_at is not None


def test_the_start_is_counted_before_the_work_begins() -> None:
    job = _enqueue()
    seen: list[tuple[str, int]] = []
    jobs.run(job.pk, {"rehearse": lambda *_: seen.append(Job.objects.values_list("state", "starts").get())})
    assert seen == [(Job.State.RUNNING, 1)]


def test_a_job_is_not_run_before_it_is_due() -> None:
    job = _enqueue()
    Job.objects.update(due_at=FromNow(30))
    assert not jobs.run(job.pk, {"rehearse": _raising(AssertionError())})
    assert _reloaded(job).starts == 0


def test_a_failed_job_waits_with_backoff_and_keeps_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    # A lone surrogate in what pytest captures cannot be sent between its processes.
    monkeypatch.setattr(running.logger, "disabled", True)
    job = _enqueue()
    assert jobs.run(job.pk, {"rehearse": _raising(ValueError("bad \x00 page \ud800"))})
    assert _reloaded(job).state == Job.State.WAITING
    assert job.last_error == "ValueError: bad  page \ufffd"
    assert (job.due_at - timezone.now()).total_seconds() <= 5


def test_the_fifth_failed_start_is_the_last() -> None:
    job = _enqueue()
    for start in range(1, MAX_STARTS + 1):
        Job.objects.update(due_at=FromNow(-1))
        assert jobs.run(job.pk, {"rehearse": _raising(ValueError("no"))})
        expected = Job.State.DEAD if start == MAX_STARTS else Job.State.WAITING
        assert (_reloaded(job).state, job.starts) == (expected, start)
    assert not jobs.run(job.pk, {"rehearse": _raising(AssertionError())})


def test_giving_up_ends_the_job_at_once_with_the_reason() -> None:
    job = _enqueue()
    jobs.run(job.pk, {"rehearse": _raising(GiveUp("The page is gone."))})
    assert (_reloaded(job).state, job.last_error, job.starts) == (Job.State.DEAD, "The page is gone.", 1)


def test_waiting_for_what_is_away_gives_the_start_back() -> None:
    job = _enqueue()
    jobs.run(job.pk, {"rehearse": _raising(NotReady("The engine is down.", after=100))})
    assert (_reloaded(job).state, job.starts) == (Job.State.WAITING, 0)
    assert 70 <= (job.due_at - timezone.now()).total_seconds() <= 105


def test_a_body_may_choose_the_wait_and_the_start_counts() -> None:
    job = _enqueue()
    jobs.run(job.pk, {"rehearse": _raising(RetryLater("The host asks to wait.", after=100))})
    assert (_reloaded(job).state, job.starts) == (Job.State.WAITING, 1)
    assert 70 <= (job.due_at - timezone.now()).total_seconds() <= 105
    Job.objects.update(due_at=FromNow(-1), starts=MAX_STARTS - 1)
    jobs.run(job.pk, {"rehearse": _raising(RetryLater("The host asks to wait.", after=100))})
    assert (_reloaded(job).state, job.last_error) == (Job.State.DEAD, "The host asks to wait.")


def test_an_unknown_kind_is_given_up_with_its_name() -> None:
    job = _enqueue()
    jobs.run(job.pk, {})
    assert _reloaded(job).state == Job.State.DEAD
    assert "'rehearse'" in job.last_error


def test_progress_is_written_first_and_last_and_not_at_every_step() -> None:
    job = _enqueue()
    seen: list[tuple[int, int, str]] = []

    def body(subject: int, progress: Progress) -> None:
        for step in range(1, 101):
            progress(step, 100, f"step {step}")
            seen.append(Job.objects.values_list("done_steps", "all_steps", "note").get())

    jobs.run(job.pk, {"rehearse": body})
    assert seen[0] == (1, 100, "step 1")
    assert seen[-1] == (100, 100, "step 100")
    assert len(set(seen)) < 20


def test_a_cancelled_job_stops_at_its_next_step_and_stays_cancelled() -> None:
    job = _enqueue()
    steps: list[int] = []

    def body(subject: int, progress: Progress) -> None:
        jobs.cancel(job.pk)
        progress(1, 1, "")
        steps.append(1)

    assert not jobs.run(job.pk, {"rehearse": body})
    assert steps == []
    assert _reloaded(job).state == Job.State.CANCELLED


def test_a_write_back_with_an_old_token_changes_nothing() -> None:
    job = _enqueue()
    stale = lease(job.pk)
    assert stale
    Job.objects.update(leased_until=FromNow(-1))
    jobs.sweep()
    fresh = lease(job.pk)
    assert fresh
    assert fresh.token == stale.token + 1
    before = Job.objects.values().get()
    assert not any([stale.extend(), stale.report(9, 9, "late"), stale.finish(), stale.fail("x")])
    assert not any([stale.give_up("x"), stale.postpone("x", 1)])
    assert Job.objects.values().get() == before
    assert fresh.finish()


@pytest.mark.django_db(transaction=True)
def test_the_heartbeat_keeps_the_lease_while_the_body_works(settings) -> None:
    settings.JOB_HEARTBEAT_SECONDS = 0.1
    job = _enqueue()
    ends: set[datetime | None] = set()

    def was_moved_twice() -> bool:
        ends.add(_reloaded(job).leased_until)
        return len(ends) > 2

    def body(subject: int, progress: Progress) -> None:
        wait_until(was_moved_twice, seconds=60, what="the end of the lease was moved twice")

    assert jobs.run(job.pk, {"rehearse": body})
    assert (_reloaded(job).state, job.starts) == (Job.State.DONE, 1)
    assert not any(thread.name == "job-heartbeat" for thread in threading.enumerate())


def test_backoff_doubles_up_to_an_hour_with_full_jitter(settings) -> None:
    settings.JOB_BACKOFF_SECONDS = 5
    for starts, longest in [(1, 5), (2, 10), (4, 40), (30, LONGEST_BACKOFF)]:
        waits = [backoff(starts) for _ in range(400)]
        assert max(waits) <= longest
        assert max(waits) > longest * 0.9
        assert min(waits) < longest * 0.1
