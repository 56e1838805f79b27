"""Leases with fencing tokens: who may work on a job, and whose result still counts.

Every write of a worker names its token and the state it left behind; after a lapse, a cancel or a new
lease it changes 0 rows. The start is counted and committed before the work begins, because a worker that
is killed cannot count anything afterwards.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from claims.jobs.clock import FromNow
from claims.models import Job
from claims.rules.storing import storable

#: A job that was started so often without an end is given up.
MAX_STARTS = 5
LONGEST_BACKOFF = 3600.0
#: Characters of the last error that a job keeps.
LONGEST_REASON = 1000
#: A known wait (the end of an embargo) is exceeded by so many seconds at most.
LONGEST_SPREAD = 5.0


@dataclass(frozen=True, slots=True)
class Lease:
    """One worker's right to one job until it lapses; ``token`` is the fence."""

    job_id: int
    token: int
    kind: str
    subject: int
    subject_version: int
    starts: int

    def extend(self) -> bool:
        """Move the end of the lease away; False when it is no longer ours."""
        return self._write(leased_until=FromNow(settings.JOB_LEASE_SECONDS))

    def report(self, done: int, total: int, note: str) -> bool:
        """Write progress; False when the lease is no longer ours."""
        return self._write(done_steps=done, all_steps=total, note=note[:200])

    def finish(self) -> bool:
        return self._end(Job.State.DONE, "")

    def give_up(self, reason: str) -> bool:
        return self._end(Job.State.DEAD, reason)

    def fail(self, reason: str, *, after: float | None = None) -> bool:
        """Wait for the next start, with backoff or about ``after`` seconds, or give up after the last."""
        if self.starts >= MAX_STARTS:
            return self._end(Job.State.DEAD, reason)
        return self._wait(backoff(self.starts) if after is None else _spread(after), reason)

    def postpone(self, reason: str, after: float) -> bool:
        """Wait about ``after`` seconds and give the start back: it was not the job's fault."""
        return self._wait(_spread(after), reason, starts=F("starts") - 1)

    def _wait(self, seconds: float, reason: str, **changes: Any) -> bool:
        return self._write(
            state=Job.State.WAITING,
            due_at=FromNow(seconds),
            leased_until=None,
            last_error=storable(reason)[:LONGEST_REASON],
            note="",
            **changes,
        )

    def _end(self, state: Job.State, reason: str) -> bool:
        return self._write(
            state=state,
            finished_at=FromNow(),
            leased_until=None,
            last_error=storable(reason)[:LONGEST_REASON],
            note="",
        )

    def _write(self, **changes: Any) -> bool:
        ours = Job.objects.filter(pk=self.job_id, token=self.token, state=Job.State.RUNNING)
        return bool(ours.update(**changes))


def lease(job_id: int) -> Lease | None:
    """Start a job that waits and is due; None where it does not exist, is not due, or is taken."""
    with transaction.atomic():
        due = Job.objects.filter(pk=job_id, state=Job.State.WAITING, due_at__lte=FromNow())
        started = due.update(
            state=Job.State.RUNNING,
            starts=F("starts") + 1,
            token=F("token") + 1,
            started_at=FromNow(),
            leased_until=FromNow(settings.JOB_LEASE_SECONDS),
        )
        if not started:
            return None
        # Read in the same transaction, whose lock keeps anyone else from leasing it in between.
        job = Job.objects.get(pk=job_id)
    return Lease(job.pk, job.token, job.kind, job.subject, job.subject_version, job.starts)


def backoff(starts: int) -> float:
    """Return seconds to wait after that many starts: min(1 h, base × 2ⁿ), n from 0, with full jitter."""
    longest = min(LONGEST_BACKOFF, settings.JOB_BACKOFF_SECONDS * 2.0 ** max(0, starts - 1))
    return random.uniform(0.0, longest)  # noqa: S311 - spreads load, guards no secret.


def _spread(seconds: float) -> float:
    return seconds + random.uniform(0.0, min(seconds / 4, LONGEST_SPREAD))  # noqa: S311 - as above.
