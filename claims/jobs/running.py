"""Running one job: lease, heartbeat, body, write-back.

A body may be run again after any crash, so it has to be replay-safe: it writes with upserts on unique
constraints. What it returns is ignored; what it raises decides what becomes of the job.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from claims.jobs.errors import GiveUp, LeaseLost, NotReady, RetryLater
from claims.jobs.leases import Lease, lease

logger = logging.getLogger(__name__)

#: ``progress(done, total, note)``; raises ``LeaseLost`` when the job was cancelled or taken over.
Progress = Callable[[int, int, str], None]
#: ``body(subject, progress)`` does the work of one kind of job.
Body = Callable[[int, Progress], Any]
#: Progress is written at most so often, in seconds; the first and the last step always.
REPORT_EVERY = 0.5


def run(job_id: int, bodies: Mapping[str, Body]) -> bool:
    """Run the job if it is due and free; say whether its end was recorded under our lease.

    Raises nothing that the body raised: the reason stands in the row.
    """
    held = lease(job_id)
    if held is None:
        return False
    body = bodies.get(held.kind)
    if body is None:
        return held.give_up(f"This installation knows no job of the kind {held.kind!r}.")
    try:
        with _heartbeat(held):
            body(held.subject, _reporter(held))
    except LeaseLost:
        logger.info("job %s was cancelled or taken over", job_id)
        return False
    except GiveUp as refusal:
        return held.give_up(str(refusal))
    except NotReady as absence:
        return held.postpone(str(absence), absence.after or 0.0)
    except RetryLater as delay:
        return held.fail(str(delay), after=delay.after)
    except Exception as error:
        # The database itself may have gone away and come back: the write-back needs a living connection.
        if not connection.in_atomic_block:
            close_old_connections()
        logger.exception("job %s (%s %s) failed at start %s", job_id, held.kind, held.subject, held.starts)
        return held.fail(f"{type(error).__name__}: {error}")
    return held.finish()


def _reporter(held: Lease) -> Progress:
    written_at = 0.0

    def progress(done: int, total: int, note: str) -> None:
        nonlocal written_at
        now = time.monotonic()
        if done < total and now - written_at < REPORT_EVERY:
            return
        if not held.report(done, total, note):
            raise LeaseLost(f"job {held.job_id}")
        written_at = now

    return progress


@contextmanager
def _heartbeat(held: Lease) -> Iterator[None]:
    """Extend the lease from a thread while the block runs."""
    ended = threading.Event()
    thread = threading.Thread(target=_beat, args=(held, ended), name="job-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _beat(held: Lease, ended: threading.Event) -> None:
    # Django gives each thread a connection of its own, which nobody else would close.
    try:
        while not ended.wait(settings.JOB_HEARTBEAT_SECONDS):
            try:
                if not held.extend():
                    return
            except DatabaseError as error:
                logger.warning("the lease of job %s was not extended: %s", held.job_id, error)
                connection.close()
    finally:
        connection.close()
