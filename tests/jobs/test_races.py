"""Several sweeps and several workers at once: each job is sent once and leased by one."""

from __future__ import annotations

import pytest

from claims import jobs
from claims.jobs.leases import Lease, lease
from claims.jobs.sweeping import reserve_due
from claims.models import Job
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_sweeps_at_once_never_reserve_the_same_job() -> None:
    ids = {jobs.enqueue("rehearse", subject).pk for subject in range(60)}
    outcomes = at_once(*[reserve_due] * 6)
    assert all(isinstance(outcome, list) for outcome in outcomes), outcomes
    reserved = [job_id for outcome in outcomes for job_id in outcome]
    assert len(reserved) == len(set(reserved))
    assert set(reserved) <= ids
    # What a sweep skipped because another held it, that other has reserved.
    assert set(reserved) | set(reserve_due()) == ids


def test_workers_at_once_lease_a_job_to_one_of_them() -> None:
    job = jobs.enqueue("rehearse", 1)
    held = at_once(*[lambda: lease(job.pk)] * 8)
    assert sum(isinstance(one, Lease) for one in held) == 1, held
    assert held.count(None) == 7, held
    assert Job.objects.get().starts == 1


def test_people_who_ask_at_once_make_one_row() -> None:
    asked = at_once(*[lambda: jobs.enqueue("rehearse", 1)] * 8)
    assert asked == [Job.objects.get()] * 8
