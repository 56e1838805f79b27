"""Supervised children: restarted when they die, ended with the launcher, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from factcheck import supervision
from factcheck.supervision import Child, Supervisor
from tests.servers import ROOT, wait_until

FOREVER = [sys.executable, "-c", "import time; time.sleep(600)"]
#: Starts a child of its own and ignores the request to end.
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid, flush=True); "
    "time.sleep(600)",
]
#: Starts one child, says its process id, and waits to be killed.
LAUNCHER = f"""
import os, sys, time
from pathlib import Path
from factcheck.supervision import Child, Supervisor
child = Supervisor(os.environ, print).start(Child("sleeper", {FOREVER!r}, Path(sys.argv[1]) / "log"))
print(child.process.pid, flush=True)
time.sleep(600)
"""


def _pid(child: Child) -> int:
    assert child.process
    return child.process.pid


def _is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_child_that_dies_is_started_again_after_a_growing_pause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "FIRST_PAUSE", 0.1)
    said: list[str] = []
    supervisor = Supervisor(os.environ, said.append)
    child = supervisor.start(Child("sleeper", FOREVER, tmp_path / "sleeper.log", pause=0.1))
    pids = {_pid(child)}
    for _ in range(2):
        os.kill(_pid(child), signal.SIGKILL)
        before = _pid(child)

        def started_again(before: int = before) -> bool:
            supervisor.check()
            return _pid(child) != before

        wait_until(started_again, seconds=60, what="the child runs again")
        pids.add(_pid(child))
    supervisor.stop()
    assert len(pids) == 3
    assert child.pause == pytest.approx(0.4)
    assert len(said) == 2
    assert "signal 9" in said[0]
    assert not any(_is_alive(pid) for pid in pids)


def test_stop_ends_a_stubborn_child_with_its_whole_group(tmp_path: Path) -> None:
    log = tmp_path / "stubborn.log"
    supervisor = Supervisor(os.environ, lambda sentence: None)
    child = supervisor.start(Child("stubborn", STUBBORN, log, grace=0.3))
    wait_until(lambda: log.exists() and bool(log.read_text().strip()), seconds=60, what="the grandchild runs")
    grandchild = int(log.read_text())
    supervisor.stop()
    assert not _is_alive(_pid(child))
    wait_until(lambda: not _is_alive(grandchild), seconds=60, what="the grandchild has ended")


def test_children_end_when_the_launcher_is_killed(tmp_path: Path) -> None:
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert launcher.stdout
    pid = int(launcher.stdout.readline())
    assert _is_alive(pid)
    launcher.kill()
    launcher.wait()
    wait_until(lambda: not _is_alive(pid), seconds=60, what="the child has ended")


def test_a_log_that_has_grown_too_long_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "LONGEST_LOG", 10)
    log = tmp_path / "log"
    log.write_text("x" * 11)
    supervisor = Supervisor(os.environ, lambda sentence: None)
    child = supervisor.start(Child("quick", [sys.executable, "-c", "print('new')"], log))
    assert child.process
    child.process.wait()
    assert log.read_text() == "new\n"
