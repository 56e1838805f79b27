"""Real servers and processes for tests: Redis, workers, beat. Everything started here is ended here."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from factcheck import broker

ROOT = Path(__file__).resolve().parent.parent


def wait_until(true: Callable[[], bool], *, seconds: float, what: str) -> float:
    """Return after how many seconds it was true; fail the test when it was not in time."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"{what}: not so after {seconds:.0f} s")
        time.sleep(0.05)
    return time.monotonic() - began


def free_port() -> int:
    """Return a port that was free just now: let the server that is to have it start at once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def database_url() -> str:
    """Return the address of the test database, for a process of its own."""
    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{chosen['NAME']}"
    login = f"{quote(chosen['USER'])}:{quote(chosen['PASSWORD'])}" if chosen["PASSWORD"] else chosen["USER"]
    return f"postgres://{login}@{chosen['HOST']}:{chosen['PORT'] or 5432}/{chosen['NAME']}"


class Processes:
    """Commands in process groups of their own, with their output in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: list[subprocess.Popen[bytes]] = []

    def start(
        self, name: str, command: list[str], environment: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as output:
            started = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.running.append(started)
        return started

    def kill(self, started: subprocess.Popen[bytes]) -> None:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()

    def kill_all(self) -> None:
        for started in reversed(self.running):
            self.kill(started)

    def output(self, name: str) -> str:
        path = self.folder / f"{name}.log"
        return path.read_text("utf-8", "replace") if path.exists() else ""


class Redis:
    """A redis-server on a unix socket. A missing binary is an error, not a skip: the wheel brings one."""

    def __init__(self, processes: Processes, *, durable: bool) -> None:
        self.processes = processes
        self.folder = processes.folder / "redis"
        self.durable = durable
        self.url = broker.broker_url(self.folder)
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = broker.redis_command(self.folder)
        if not self.durable:
            command[command.index("--appendonly") + 1] = "no"
        started = self.processes.start("redis", command)
        broker.wait_for_broker(self.url)
        return started

    def kill(self) -> None:
        self.processes.kill(self.process)

    def restart(self) -> None:
        self.process = self._start()


def celery_command(app: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "celery", "-A", app, *arguments]
