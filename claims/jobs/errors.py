"""What a job's body may raise to say how it ended. Any other exception counts as a failed start."""

from __future__ import annotations


class GiveUp(Exception):
    """Trying again cannot help (the page is gone, the file is no text): the job is dead, with this reason."""


class RetryLater(Exception):
    """The world is not ready (a server is down, a host asks to wait): the start is given back.

    ``after`` is in seconds; the wait is spread between half of it and one and a half times it.
    """

    def __init__(self, reason: str, *, after: float = 30.0) -> None:
        super().__init__(reason)
        self.after = after


class LeaseLost(Exception):
    """The job was cancelled or leased by another worker meanwhile: whoever gets this stops working on it."""
