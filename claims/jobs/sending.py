"""Sending hints to the broker within a budget. Failing to send is no error: the sweep sends again.

A publish into a frozen Redis was measured to block for more than a minute in spite of socket timeouts, so
it happens in a thread of its own, and the caller waits for that thread only as long as its budget allows.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

RUN_JOB = "claims.tasks.run_job"
#: How long a request waits for the broker, in seconds.
BUDGET = 0.25
#: After so many failures in a row nothing is sent for PAUSE seconds.
FAILURES_TO_OPEN = 3
PAUSE = 10.0
#: So long after its start a process may take to connect before a send that fails counts against the broker.
WARM_UP = 5.0


@dataclass(slots=True)
class _Parcel:
    """Job ids to publish before ``deadline`` (monotonic seconds)."""

    job_ids: Sequence[int]
    deadline: float
    finished: threading.Event = field(default_factory=threading.Event)
    sent: int = 0


class Sender:
    """Publishes from one daemon thread; a breaker keeps callers from waiting for a broker that is away.

    Invariant: ``send`` returns after ``budget`` seconds at the latest and never raises.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._parcels: queue.SimpleQueue[_Parcel] = queue.SimpleQueue()
        self._under_way: _Parcel | None = None
        self._failures = 0
        self._closed_until = 0.0
        self._connected = threading.Event()
        self._cold_until = time.monotonic() + WARM_UP
        threading.Thread(target=self._publish_forever, name="job-hints", daemon=True).start()

    def send(self, job_ids: Sequence[int], *, budget: float = BUDGET) -> int:
        """Publish a hint for each id; return how many are known to be out when the budget ends."""
        now = time.monotonic()
        if not job_ids or self.is_open(now):
            return 0
        under_way = self._under_way
        if under_way is not None and under_way.deadline < now:
            # The thread is stuck in an earlier publish: waiting behind it would only cost a second budget.
            self._count(failed=True)
            return 0
        parcel = _Parcel(job_ids, now + budget)
        self._parcels.put(parcel)
        in_time = parcel.finished.wait(budget)
        if not in_time and not self._connected.is_set() and time.monotonic() < self._cold_until:
            # Loading Celery's transport takes a cold machine longer than a budget; the sweep sends this one.
            return parcel.sent
        self._count(failed=not in_time or parcel.sent < len(job_ids))
        return parcel.sent

    def is_open(self, now: float) -> bool:
        """Say whether the breaker is open: nothing is sent until its pause is over, then one trial."""
        return now < self._closed_until

    def _count(self, *, failed: bool) -> None:
        with self._lock:
            self._failures = self._failures + 1 if failed else 0
            if self._failures >= FAILURES_TO_OPEN:
                self._closed_until = time.monotonic() + PAUSE
                # One failed trial after the pause opens it again.
                self._failures = FAILURES_TO_OPEN - 1
                logger.warning("the broker does not answer: no hints for %.0f s, the sweep goes on", PAUSE)

    def _publish_forever(self) -> None:
        try:
            with current_app.producer_pool.acquire(block=True) as producer:
                if producer.connection is not None:
                    producer.connection.ensure_connection(max_retries=1)
        except Exception as error:  # noqa: BLE001 - the first send will tell, and the breaker counts it.
            logger.debug("the broker could not be reached ahead of the first hint: %s", error)
        self._connected.set()
        while True:
            parcel = self._under_way = self._parcels.get()
            try:
                self._publish(parcel)
            except Exception as error:  # noqa: BLE001 - any failure to send is made good by the sweep.
                logger.warning("a hint was not sent: %s", error)
            finally:
                self._under_way = None
                parcel.finished.set()

    @staticmethod
    def _publish(parcel: _Parcel) -> None:
        for job_id in parcel.job_ids:
            if time.monotonic() > parcel.deadline:
                return
            current_app.send_task(RUN_JOB, args=[job_id], retry=False, ignore_result=True)
            parcel.sent += 1


_sender: tuple[int, Sender] | None = None
_sender_lock = threading.Lock()


def get_sender() -> Sender:
    """Return this process's sender; a forked child gets one of its own, since threads are not inherited."""
    global _sender
    with _sender_lock:
        if _sender is None or _sender[0] != os.getpid():
            _sender = (os.getpid(), Sender())
        return _sender[1]


def send_after_commit(job_id: int) -> None:
    """Hint at ``job_id`` once the present transaction is committed; at once where there is none."""
    transaction.on_commit(partial(_send_one, job_id), robust=True)


def _send_one(job_id: int) -> None:
    get_sender().send([job_id])
