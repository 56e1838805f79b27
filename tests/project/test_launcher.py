"""``make run`` as a whole: from nothing to the served page, a second start, and no orphan."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from tests.servers import ROOT, wait_until

pytestmark = pytest.mark.redis

SERVED = "stop: Ctrl-C"
#: What the launcher reads from the environment; each start here chooses its own.
CHOSEN = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "SITE_URL", "SEARCH_FOLDER", "ARTICLE")


class Launcher:
    """One start of the launcher in ``folder``; ``spoken`` is what it printed so far."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.output = folder / f"output-{time.monotonic_ns()}"
        inherited = {name: value for name, value in os.environ.items() if name not in CHOSEN}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "factcheck.launcher"],
                cwd=ROOT,
                env={**inherited, "FACTCHECK_VAR": str(folder / "var"), "COLUMNS": "160", **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def spoken(self) -> str:
        return self.output.read_text("utf-8", "replace")

    def wait_until_served(self, *, seconds: float) -> None:
        wait_until(
            lambda: SERVED in self.spoken or self.process.poll() is not None,
            seconds=seconds,
            what="it is served",
        )
        assert SERVED in self.spoken, self.spoken

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="launcher-") as name:
        yield Path(name)


@pytest.fixture
def launch(folder: Path) -> Iterator[Callable[..., Launcher]]:
    """Start launchers in ``folder``; none outlives the test, whatever becomes of it."""
    started: list[Launcher] = []

    def start(**environment: str) -> Launcher:
        started.append(Launcher(folder, **environment))
        return started[-1]

    yield start
    for launcher in started:
        if launcher.process.poll() is None:
            launcher.process.terminate()
            launcher.process.wait(120)


def _rows(folder: Path) -> dict[str, int]:
    """Count the rows of each table once the worker has done what is due."""
    with closing(sqlite3.connect(folder / "var" / "factcheck.sqlite3")) as database:
        due = "SELECT 1 FROM claims_job WHERE state IN ('waiting', 'running') AND due_at <= datetime('now')"
        wait_until(lambda: database.execute(due).fetchone() is None, seconds=300, what="all work is done")
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in tables
            if name.startswith("claims_")
        }


def _end(launcher: Launcher, number: signal.Signals) -> None:
    family = launcher.family()
    assert len(family) >= 6
    launcher.process.send_signal(number)
    launcher.process.wait(120)
    # One that was still loading notices only when it has loaded.
    _gone, left = psutil.wait_procs(family, timeout=120)
    assert left == []


def test_from_nothing_to_the_served_page_and_a_second_start_changes_nothing(
    folder: Path, launch: Callable[..., Launcher]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        first = launch(PORT=str(port))
        first.wait_until_served(seconds=600)
    assert f"Port {port} is taken" in first.spoken
    address = re.search(r"(http://127\.0\.0\.1:\d+)/ ", first.spoken)
    assert address
    assert int(address[1].rsplit(":", 1)[1]) > port
    for word in ("independent origins", "journalist", "reviewer2", "publisher", "auditor"):
        assert word in first.spoken
    with urllib.request.urlopen(f"{address[1]}/readyz", timeout=60) as response:
        assert response.status == 200
    before = _rows(folder)
    assert before["claims_claim"] >= 2
    assert before["claims_evidence"] > 0

    other = launch()
    assert other.process.wait(120) == 1
    assert "runs here already" in other.spoken
    _end(first, signal.SIGINT)
    assert first.process.returncode == 0

    second = launch()
    second.wait_until_served(seconds=600)
    assert "shown only now" not in second.spoken
    assert _rows(folder) == before
    _end(second, signal.SIGKILL)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "http"}, "PORT='http': write a number"),
        ({"SITE_URL": "check.example.org"}, "SITE_URL='check.example.org': write an address"),
        ({"DATABASE_URL": "postgres://nobody@127.0.0.1:9/none"}, "The database does not answer"),
        ({"REDIS_URL": "redis://:hidden@127.0.0.1:9/0"}, "Redis at redis://…@127.0.0.1:9/0 does not answer"),
    ],
)
def test_what_keeps_it_from_starting_is_told_in_a_sentence(
    launch: Callable[..., Launcher], environment: dict[str, str], sentence: str
) -> None:
    launcher = launch(**environment)
    assert launcher.process.wait(300) == 1
    assert sentence in launcher.spoken
    assert "Traceback" not in launcher.spoken
    assert "hidden" not in launcher.spoken
