"""A small circuit breaker: a server that has just failed several times is not waited for again.

After ``failures`` failed calls in a row it is open for ``pause_s`` seconds, in which calls are refused at
once; then one call is let through, and decides. Safe to share between threads.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock


class Breaker:
    """Counts failures in a row; ``closed()`` is asked before each call, ``record()`` told after it."""

    def __init__(
        self, *, failures: int = 3, pause_s: float = 5.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = failures
        self._pause_s = pause_s
        self._clock = clock
        self._lock = Lock()
        self._failed = 0
        self._open_until = 0.0

    def closed(self) -> bool:
        """Return whether a call may be made now."""
        with self._lock:
            if self._failed < self._limit:
                return True
            if self._clock() < self._open_until:
                return False
            # This caller tries; the others go on being refused until its answer is known.
            self._open_until = self._clock() + self._pause_s
            return True

    def record(self, *, succeeded: bool) -> None:
        """Tell the outcome of a call."""
        with self._lock:
            if succeeded:
                self._failed = 0
            else:
                self._failed += 1
                self._open_until = self._clock() + self._pause_s
