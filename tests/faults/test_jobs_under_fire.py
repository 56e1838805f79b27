"""Faults of reliability.md on real processes: T2, T6, T7, T8, T9. Nothing is lost, nothing is done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from claims import jobs
from claims.jobs.leases import MAX_STARTS
from claims.models import Claimant, Job
from tests.faults.conftest import SHORT_TIMES, Workshop
from tests.servers import ROOT, wait_until

pytestmark = [pytest.mark.redis]


def test_t2_a_broker_that_loses_a_thousand_hints_loses_no_job(workshop: Workshop, sends_hints: None) -> None:
    assert workshop.redis
    for subject in range(1000):
        jobs.enqueue("work", subject)
    workshop.start_worker()
    workshop.start_beat()
    workshop.wait_for(Job.State.DONE, 20, kind="work", seconds=90)
    workshop.redis.kill()
    # A busy machine may notice late that the first are done: most hints are lost all the same.
    unfinished = Job.objects.exclude(state=Job.State.DONE).count()
    assert unfinished > 400
    workshop.redis.restart()
    # Under way again: it has ended, it runs, or a hint for it has been sent since.
    stranded = Job.objects.filter(state=Job.State.WAITING, leased_until__isnull=True)
    wait_until(lambda: not stranded.exists(), seconds=90, what="all jobs are under way again")
    workshop.wait_for(Job.State.DONE, 1000, kind="work", seconds=240)
    assert Claimant.objects.count() == 1000


def test_t6_a_process_that_ends_between_commit_and_send_loses_no_job(workshop: Workshop) -> None:
    workshop.start_redis()
    workshop.start_worker()
    workshop.start_beat()
    command = [sys.executable, "-m", "tests.faults.ending", "200"]
    environment = {**os.environ, **workshop.environment(), "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
    subprocess.run(command, cwd=ROOT, env=environment, timeout=60, check=True)
    workshop.wait_for(Job.State.DONE, 200, kind="work", seconds=90)
    waits = [(job.finished_at - job.created_at).total_seconds() for job in Job.objects.filter(kind="work")]
    assert len(waits) == 200
    # A sweep finds them, at most one pause after the other; the rest is the time that a busy machine takes.
    assert max(waits) <= 60


def test_no_job_waits_for_the_dictionaries_to_be_loaded(workshop: Workshop) -> None:
    workshop.start_redis()
    workshop.start_worker(REHEARSE_READING="1", **SHORT_TIMES)
    workshop.start_beat(**SHORT_TIMES)
    jobs.enqueue("find_the_readers_loaded", 1)
    workshop.wait_for(Job.State.DONE, 1, kind="find_the_readers_loaded", seconds=90)
    assert len(workshop.starts("find_the_readers_loaded", 1)) == 1


def test_t7_a_process_that_ends_after_its_effect_leaves_one_effect(workshop: Workshop) -> None:
    workshop.start_redis()
    workshop.start_worker(**SHORT_TIMES)
    workshop.start_beat(**SHORT_TIMES)
    job = jobs.enqueue("exit_after_the_effect", 1)
    workshop.wait_for(Job.State.DONE, 1, kind="exit_after_the_effect", seconds=90)
    job.refresh_from_db()
    assert (job.starts, len(workshop.starts(job.kind, 1)), workshop.effects(job.kind, 1)) == (2, 2, 1)


def test_t8_jobs_that_cannot_end_are_given_up_after_five_starts_and_delay_no_other(
    workshop: Workshop,
) -> None:
    workshop.start_redis()
    workshop.start_worker(concurrency=3, **SHORT_TIMES)
    workshop.start_beat(**SHORT_TIMES)
    kinds = ("kill_itself", "take_four_gigabytes", "loop_for_ever")
    for kind in kinds:
        jobs.enqueue(kind, 1)
    for subject in range(100):
        jobs.enqueue("work", subject)
    workshop.wait_for(Job.State.DONE, 100, kind="work", seconds=90)
    others_done_at = max(Job.objects.filter(kind="work").values_list("finished_at", flat=True))
    for kind in kinds:
        workshop.wait_for(Job.State.DEAD, 1, kind=kind, seconds=180)
        job = Job.objects.get(kind=kind)
        assert (job.starts, len(workshop.starts(kind, 1))) == (MAX_STARTS, MAX_STARTS)
        assert job.last_error
    assert others_done_at < Job.objects.get(kind="loop_for_ever").finished_at
    assert Job.objects.get(kind="take_four_gigabytes").last_error.startswith("MemoryError")


def test_t9_a_worker_that_was_frozen_beyond_its_lease_changes_nothing(workshop: Workshop) -> None:
    workshop.start_redis()
    times = {**SHORT_TIMES, "JOB_TIME_LIMIT_SECONDS": "60"}
    workers = [workshop.start_worker(name, concurrency=1, **times) for name in ("first", "second")]
    workshop.start_beat(**times)
    job = jobs.enqueue("wait_for_a_sign", 1)
    wait_until(lambda: len(workshop.starts(job.kind, 1)) == 1, seconds=90, what="the job runs")
    frozen = os.getpgid(workshop.starts(job.kind, 1)[0])
    assert frozen in {worker.pid for worker in workers}
    os.killpg(frozen, signal.SIGSTOP)
    workshop.wait_for(Job.State.DONE, 1, kind=job.kind, seconds=90)
    before = Job.objects.filter(pk=job.pk).values().get()
    (workshop.folder / "sign").touch()
    os.killpg(frozen, signal.SIGCONT)
    ends = workshop.folder / "ends"
    wait_until(
        lambda: len(ends.read_text().splitlines()) == 2, seconds=90, what="the frozen worker ends its work"
    )
    # Its write-back follows the mark at once; give it time to do harm.
    time.sleep(1.0)
    assert Job.objects.filter(pk=job.pk).values().get() == before
    assert (before["starts"], before["token"], workshop.effects(job.kind, 1)) == (2, 2, 1)
