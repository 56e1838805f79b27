"""Child processes that are kept running and never outlive the one that started them.

Each child leads a process group of its own, is started again with growing pauses when it dies, and is
told by the kernel (PR_SET_PDEATHSIG) when its parent dies, even by SIGKILL.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
#: A child that lived so long starts again without a pause of its past. In seconds.
SETTLED_AFTER = 60.0
#: A log that grew beyond this is begun anew at the next start. In bytes.
LONGEST_LOG = 10_000_000


def die_with_parent(signal_number: int = signal.SIGKILL) -> None:
    """Have the kernel send this process a signal when its parent dies."""
    _libc.prctl(_PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)


def die_with_parent_if_supervised() -> None:
    """For processes that a child itself starts (pool workers, web workers): only under our launcher.

    FACTCHECK_LAUNCHER holds the launcher's process id. When it is gone already, the parent died before it
    could be noticed, and this process ends at once.
    """
    launcher = os.environ.get("FACTCHECK_LAUNCHER", "")
    if not launcher:
        return
    die_with_parent()
    try:
        os.kill(int(launcher), 0)
    except ProcessLookupError:
        os._exit(1)


@dataclass(slots=True)
class Child:
    """One supervised command, asked by SIGTERM to end and killed ``grace`` seconds later.

    ``death_signal`` is what the kernel sends it when the launcher dies without a word.
    """

    name: str
    command: Sequence[str]
    log: Path
    death_signal: signal.Signals = signal.SIGKILL
    grace: float = 5.0
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self, environment: Mapping[str, str]) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG:
            self.log.unlink()
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands.
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(environment),
                start_new_session=True,
                # Safe here, since the launcher has one thread only.
                preexec_fn=partial(die_with_parent, self.death_signal),
            )
        self.started_at = time.monotonic()

    def signal_group(self, number: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


@dataclass(slots=True)
class Supervisor:
    """Starts children in order, restarts them, and ends them in the opposite order."""

    environment: Mapping[str, str]
    say: Callable[[str], None]
    children: list[Child] = field(default_factory=list)

    def start(self, child: Child) -> Child:
        child.start(self.environment)
        self.children.append(child)
        return child

    def check(self) -> None:
        """Start again what has died and whose pause is over; call it about twice a second."""
        now = time.monotonic()
        for child in self.children:
            if child.process is None or child.process.poll() is None:
                continue
            if not child.start_again_at:
                if now - child.started_at > SETTLED_AFTER:
                    child.pause = FIRST_PAUSE
                self.say(
                    f"{child.name} ended ({_ending(child.process.returncode)}); starting it again in "
                    f"{child.pause:.0f} s. Its log: {child.log}"
                )
                # What it left of its group would hold its port or its files.
                child.signal_group(signal.SIGKILL)
                child.start_again_at = now + child.pause
                child.pause = min(LONGEST_PAUSE, child.pause * 2)
            elif now >= child.start_again_at:
                child.start_again_at = 0.0
                child.start(self.environment)

    def stop(self) -> None:
        """End all children, the last started first; none is left when this returns."""
        for child in reversed(self.children):
            if child.process is None:
                continue
            with suppress(ProcessLookupError):
                child.process.send_signal(signal.SIGTERM)
            try:
                child.process.wait(child.grace)
            except subprocess.TimeoutExpired:
                self.say(f"{child.name} did not end in {child.grace:.0f} s and is killed.")
            child.signal_group(signal.SIGKILL)
            child.process.wait()
        self.children.clear()


def _ending(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"status {status}"
