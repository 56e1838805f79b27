"""Durable jobs: enqueue with the change, send after commit, lease, retry, dead letter.

The row in the database is the task; the Celery message is only a hint that it is due, and may be lost,
late or doubled. Nothing here depends on a broker: a job whose hint is lost is found by the sweep.
"""

from claims.jobs.errors import GiveUp, LeaseLost, NotReady, RetryLater
from claims.jobs.queueing import cancel, enqueue, requeue
from claims.jobs.running import Body, Progress, run
from claims.jobs.sweeping import oldest_due_age, sweep

__all__ = [
    "Body",
    "GiveUp",
    "LeaseLost",
    "NotReady",
    "Progress",
    "RetryLater",
    "cancel",
    "enqueue",
    "oldest_due_age",
    "requeue",
    "run",
    "sweep",
]
