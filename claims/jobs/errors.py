"""What a job's body may raise to say how it ended. Any other exception counts as a failed start."""

from __future__ import annotations


class GiveUp(Exception):
    """Trying again cannot help (the page is gone, the file is no text): the job is dead, with this reason."""


class RetryLater(Exception):
    """It may succeed another time; the start counts, and the fifth such one is the last.

    ``after`` is in seconds, exceeded by a quarter and five seconds at most; None means the usual backoff.
    """

    def __init__(self, reason: str, *, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class NotReady(RetryLater):
    """What the job needs is away (the search engine is down): the start is given back each time."""

    def __init__(self, reason: str, *, after: float = 15.0) -> None:
        super().__init__(reason, after=after)


class LeaseLost(Exception):
    """The job was cancelled or leased by another worker meanwhile: whoever gets this stops working on it."""
