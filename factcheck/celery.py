"""The Celery app: how messages travel. What is to be done stands in the job table.

The settings follow measurements of what Celery with Redis loses; each has its reason beside it.
"""

from __future__ import annotations

import gc
import os
import resource
from typing import Any

from celery import Celery
from celery.signals import worker_init, worker_process_init
from django.conf import settings
from kombu import Queue

from factcheck.supervision import die_with_parent_if_supervised

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

app = Celery("factcheck")
# A thread of a web server that has not seen this app would otherwise send through an unconfigured one.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# What depends on the environment (broker, time limit, beat) stands in settings.py, read when first needed.
app.conf.update(
    # A message is gone only when its work has ended, also when the pool's child was killed.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    # Longer than any task, or a slow task would be started a second time beside the first.
    broker_transport_options={
        "visibility_timeout": 3600,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 5,
        "socket_keepalive": True,
    },
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_heartbeat=None,
    # The sweep has a queue of its own: Redis is asked for both in turn, so that thousands of waiting
    # hints cannot keep it from running.
    task_default_queue="jobs",
    task_queues=[Queue("jobs"), Queue("clock")],
    task_routes={
        "claims.tasks.sweep_jobs": {"queue": "clock"},
        "claims.tasks.request_due_polls": {"queue": "clock"},
        "claims.tasks.request_due_mail": {"queue": "clock"},
        "claims.tasks.request_due_looks": {"queue": "clock"},
        "claims.tasks.request_cited_looks": {"queue": "clock"},
        "claims.tasks.request_drift_repair": {"queue": "clock"},
        "claims.tasks.refresh_statistics": {"queue": "clock"},
    },
    timezone="UTC",
    enable_utc=True,
)


@worker_init.connect
def load_for_the_pool(**_signal: Any) -> None:
    """Load what reads texts before the pool forks: its processes share it, and no job waits for it.

    What is loaded by a job is not frozen, and each full walk of the collector over it takes up to a second.
    """
    from claims.language.reading import load_readers

    load_readers()


@worker_process_init.connect
def confine_pool_process(**_signal: Any) -> None:
    """End with the worker, and let a job that takes too much memory fail before its neighbours suffer."""
    die_with_parent_if_supervised()
    # One claim makes some hundred thousand small objects that live until it is weighed. At Python's own pace
    # the collector walks the whole lexicon again and again meanwhile, for half of the time that is taken.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    most = int(settings.JOB_MEMORY_MEGABYTES * 1024 * 1024)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
