"""Numbered folders of the embedded index, the pointer to the current one, and the writers' lock.

``<kind>/000003/`` holds one generation; ``<kind>/current`` names the one that is read and is replaced
atomically; a folder with a higher number is being built. All changes are made under one file lock per
kind, which the operating system releases when its holder dies, so that a kill at any step leaves a
complete current generation and at most a folder to sweep up.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from claims.search.base import GenerationGone, IndexMissing, SearchUnavailable

_POINTER = "current"
_DOOMED = "doomed-"


class Generations:
    """The generations of one kind. Methods that change anything are called under ``locked()``."""

    def __init__(self, folder: Path, *, lock_timeout_s: float) -> None:
        self._folder = folder
        self._lock_timeout_s = lock_timeout_s

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the writers' lock, across threads and processes; ``SearchUnavailable`` when it stays taken."""
        self._folder.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + self._lock_timeout_s
        with open(self._folder / "lock", "w") as lock:
            while not _locks(lock.fileno()):
                if time.monotonic() > deadline:
                    raise SearchUnavailable("another writer holds the index")
                time.sleep(0.002)
            yield

    def path(self, number: int) -> Path:
        return self._folder / f"{number:06d}"

    def current(self) -> int:
        """Return the number of the generation that is read; ``IndexMissing`` where there is none."""
        number = self._pointed_at()
        # Where its folder is gone, the pointer was moved on meanwhile, or the index was lost.
        if number and not self.path(number).is_dir():
            moved_to = self._pointed_at()
            number = moved_to if self.path(moved_to).is_dir() else 0
        if not number:
            raise IndexMissing(f"there is no index in {self._folder}")
        return number

    def writable(self) -> list[int]:
        """Return the generations that ordinary writes go to: the current one first, then one being built."""
        current = self._pointed_at()
        numbers = self._numbers()
        targets = [number for number in numbers if number == current]
        if numbers and numbers[-1] > current:
            targets.append(numbers[-1])
        if not targets:
            raise IndexMissing(f"there is no index in {self._folder}")
        return targets

    def create(self, make: Callable[[Path], None]) -> int:
        """Add the next generation, as ``make`` fills its folder, and drop a half-built one before it."""
        number = max([*self._numbers(), self._pointed_at()]) + 1
        # Made aside and renamed, so that a numbered folder is never one that cannot be opened.
        staged = self._folder / f"{_DOOMED}{number:06d}-{time.time_ns()}"
        staged.mkdir()
        make(staged)
        staged.rename(self.path(number))
        self._keep_only(self._pointed_at(), number)
        return number

    def activate(self, number: int) -> None:
        """Make the newest generation the one that is read, atomically, and drop all others."""
        if number != max(self._numbers(), default=0):
            raise GenerationGone(f"generation {number} was dropped or replaced by a later one")
        fresh = self._folder / f"{_POINTER}.new"
        with open(fresh, "w") as pointer:
            pointer.write(f"{number}\n")
            pointer.flush()
            os.fsync(pointer.fileno())
        fresh.replace(self._folder / _POINTER)
        self._sync_folder()
        self._keep_only(number)

    def abandon(self, number: int) -> None:
        """Drop a generation that is not read; no error where it is gone already."""
        if number != self._pointed_at():
            self._keep_only(*(other for other in self._numbers() if other != number))

    def _pointed_at(self) -> int:
        """Return the number in the pointer file, 0 where there is none."""
        try:
            return int((self._folder / _POINTER).read_text())
        except (FileNotFoundError, ValueError):
            return 0

    def _numbers(self) -> list[int]:
        return sorted(int(entry.name) for entry in self._folder.glob("[0-9]*") if entry.is_dir())

    def _keep_only(self, *numbers: int) -> None:
        for number in set(self._numbers()) - set(numbers):
            # Renamed first: a kill while files are being removed must not leave half a generation.
            self.path(number).rename(self._folder / f"{_DOOMED}{number:06d}-{time.time_ns()}")
        for entry in self._folder.glob(f"{_DOOMED}*"):
            shutil.rmtree(entry, ignore_errors=True)

    def _sync_folder(self) -> None:
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _locks(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
