"""The Celery app: how messages travel. What is to be done stands in the job table.

The settings follow measurements of what Celery with Redis loses; each has its reason beside it.
"""

from __future__ import annotations

import os
import resource
from typing import Any

from celery import Celery
from celery.signals import worker_process_init
from django.conf import settings
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

app = Celery("factcheck")
# A thread of a web server that has not seen this app would otherwise send through an unconfigured one.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.update(
    # A message is gone only when its work has ended, also when the pool's child was killed.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_time_limit=settings.JOB_TIME_LIMIT_SECONDS,
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
    },
    timezone="UTC",
    enable_utc=True,
    # A tick that was not run before the next one is worth nothing.
    beat_schedule={
        "sweep-jobs": {
            "task": "claims.tasks.sweep_jobs",
            "schedule": settings.JOB_SWEEP_SECONDS,
            "options": {"expires": max(5.0, settings.JOB_SWEEP_SECONDS)},
        },
        "request-due-polls": {
            "task": "claims.tasks.request_due_polls",
            "schedule": 60.0,
            "options": {"expires": 60.0},
        },
    },
    beat_max_loop_interval=min(5.0, settings.JOB_SWEEP_SECONDS),
)


@worker_process_init.connect
def limit_memory(**_signal: Any) -> None:
    """Let a job that takes too much memory fail with a reason, before the machine kills its neighbours."""
    most = int(settings.JOB_MEMORY_MEGABYTES * 1024 * 1024)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
