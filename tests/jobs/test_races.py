"""Several sweeps and several workers at once: each job is sent once and leased by one."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from claims import jobs
from claims.jobs.leases import Lease, lease
from claims.jobs.sweeping import reserve_due
from claims.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(verb: Callable[[], None], times: int) -> None:
    """Run ``verb`` in so many threads that start together, each with a connection of its own."""
    start = threading.Barrier(times)
    failures: list[BaseException] = []

    def run() -> None:
        try:
            start.wait(10)
            verb()
        except BaseException as failure:  # noqa: BLE001 - raised again below, in the test's own thread.
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if failures:
        raise failures[0]


def test_sweeps_at_once_never_reserve_the_same_job() -> None:
    ids = {jobs.enqueue("rehearse", subject).pk for subject in range(60)}
    reserved: list[int] = []
    _at_once(lambda: reserved.extend(reserve_due()), 6)
    assert len(reserved) == len(set(reserved))
    assert set(reserved) <= ids
    # What a sweep skipped because another held it, that other has reserved.
    assert set(reserved) | set(reserve_due()) == ids


def test_workers_at_once_lease_a_job_to_one_of_them() -> None:
    job = jobs.enqueue("rehearse", 1)
    held: list[Lease | None] = []
    _at_once(lambda: held.append(lease(job.pk)), 8)
    assert len(held) == 8
    assert sum(1 for one in held if one is not None) == 1
    assert Job.objects.get().starts == 1


def test_people_who_ask_at_once_make_one_row() -> None:
    _at_once(lambda: jobs.enqueue("rehearse", 1) and None, 8)
    assert Job.objects.count() == 1
