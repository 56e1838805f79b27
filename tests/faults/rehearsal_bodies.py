"""Kinds of job that fail in every way, for the workers of the fault tests.

A body appends one line to ``<REHEARSAL_FOLDER>/<kind>-<subject>.starts`` when it begins, which survives any
death, and its effect is a row that can stand only once.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from claims.jobs import Progress
from claims.language.lexicon import _current
from claims.models import Claimant
from claims.tasks import BODIES
from tests.faults.rehearsal_names import effect_name, starts_file

_FOLDER = Path(os.environ["REHEARSAL_FOLDER"])


def _begin(kind: str, subject: int) -> int:
    """Note a start with this process's id; return how many there were, this one included."""
    path = starts_file(_FOLDER, kind, subject)
    with path.open("a") as file:
        file.write(f"{os.getpid()}\n")
    return len(path.read_text().splitlines())


def _take_effect(kind: str, subject: int) -> None:
    Claimant.objects.get_or_create(name=effect_name(kind, subject), kind=Claimant.Kind.PERSON)


def work(subject: int, progress: Progress) -> None:
    _begin("work", subject)
    _take_effect("work", subject)


def find_the_readers_loaded(subject: int, progress: Progress) -> None:
    _begin("find_the_readers_loaded", subject)
    assert _current.lexicon is not None


def exit_after_the_effect(subject: int, progress: Progress) -> None:
    first = _begin("exit_after_the_effect", subject) == 1
    _take_effect("exit_after_the_effect", subject)
    if first:
        os._exit(1)


def kill_itself(subject: int, progress: Progress) -> None:
    _begin("kill_itself", subject)
    os.kill(os.getpid(), signal.SIGKILL)


def take_four_gigabytes(subject: int, progress: Progress) -> None:
    _begin("take_four_gigabytes", subject)
    bytearray(4 << 30)


def loop_for_ever(subject: int, progress: Progress) -> None:
    _begin("loop_for_ever", subject)
    while True:
        time.sleep(0.01)


def wait_for_a_sign(subject: int, progress: Progress) -> None:
    """The first start goes on only when the test says so; each start leaves a mark at its end."""
    if _begin("wait_for_a_sign", subject) == 1:
        while not (_FOLDER / "sign").exists():
            time.sleep(0.05)
    _take_effect("wait_for_a_sign", subject)
    with (_FOLDER / "ends").open("a") as file:
        file.write(f"{os.getpid()}\n")


BODIES.update(
    {
        body.__name__: body
        for body in (
            work,
            find_the_readers_loaded,
            exit_after_the_effect,
            kill_itself,
            take_four_gigabytes,
            loop_for_ever,
            wait_for_a_sign,
        )
    }
)
