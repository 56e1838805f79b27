"""A newsroom, and a broker, workers and beat on the test database, for the fault tests."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery

from claims.jobs import sending
from claims.models import Claimant, Job
from tests.faults.rehearsal_names import effect_name, starts_file
from tests.newsroom import newsroom
from tests.servers import Processes, Redis, celery_command, database_url, wait_until

__all__ = ["newsroom"]

#: Leases, backoff and limits that let a job's five starts pass within half a minute.
SHORT_TIMES = {
    "JOB_LEASE_SECONDS": "3",
    "JOB_HEARTBEAT_SECONDS": "0.5",
    "JOB_BACKOFF_SECONDS": "0.2",
    "JOB_SWEEP_SECONDS": "1",
    "JOB_TIME_LIMIT_SECONDS": "2",
    "JOB_MEMORY_MEGABYTES": "1024",
}


class Workshop:
    """Redis, workers and beat that share the test's database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes = Processes(folder)
        self.redis: Redis | None = None

    def start_redis(self, *, durable: bool = True) -> Redis:
        self.redis = Redis(self.processes, durable=durable)
        return self.redis

    def environment(self, **changes: str) -> dict[str, str]:
        assert self.redis
        return {
            "DATABASE_URL": database_url(),
            "REDIS_URL": self.redis.url,
            "REHEARSAL_FOLDER": str(self.folder),
            "FACTCHECK_VAR": str(self.folder / "var"),
            "FACTCHECK_LAUNCHER": str(os.getpid()),
            **changes,
        }

    def start_worker(self, name: str = "worker", *, concurrency: int = 2, **changes: str):
        options = ["--concurrency", str(concurrency), "--loglevel", "INFO", "-n", f"{name}@localhost"]
        command = celery_command(
            "tests.faults.rehearsal", "worker", *options, "--without-gossip", "--without-mingle"
        )
        started = self.processes.start(name, command, self.environment(**changes))
        wait_until(
            lambda: f"{name}@localhost ready" in self.processes.output(name),
            seconds=90,
            what=f"{name} is ready",
        )
        return started

    def start_beat(self, **changes: str):
        options = ["--pidfile=", "--schedule", str(self.folder / "beat"), "--loglevel", "INFO"]
        command = celery_command("tests.faults.rehearsal", "beat", *options)
        return self.processes.start("beat", command, self.environment(**changes))

    def starts(self, kind: str, subject: int) -> list[int]:
        """Return the process ids that began this job, in order."""
        path = starts_file(self.folder, kind, subject)
        return [int(line) for line in path.read_text().splitlines()] if path.exists() else []

    def effects(self, kind: str, subject: int) -> int:
        return Claimant.objects.filter(name=effect_name(kind, subject)).count()

    def wait_for(self, state: Job.State, count: int, *, kind: str, seconds: float) -> float:
        rows = Job.objects.filter(kind=kind, state=state)
        return wait_until(
            lambda: rows.count() >= count, seconds=seconds, what=f"{count} jobs {kind} are {state}"
        )


@pytest.fixture
def workshop(transactional_db: None) -> Iterator[Workshop]:
    # Not pytest's own folder: a unix socket's path has at most 107 bytes.
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        shop = Workshop(Path(folder))
        try:
            yield shop
        finally:
            shop.processes.kill_all()


@pytest.fixture
def sends_hints(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process send its hints to the workshop's Redis, with a fresh breaker."""
    assert workshop.redis is None
    redis = workshop.start_redis(durable=False)
    hints = Celery("hints", broker=redis.url, set_as_current=False)
    hints.conf.task_default_queue = "jobs"
    monkeypatch.setattr(sending, "current_app", hints)
    monkeypatch.setattr(sending, "_sender", None)
