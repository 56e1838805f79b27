"""Processes that commit a job and are gone before they can send it. Run as ``python -m tests.faults.ending``.

They are forked from this process of one thread: a fork of the test's own, which has many, may hang.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import django

#: How many processes live at once.
AT_ONCE = 20


def main(count: int) -> int:
    """Let ``count`` processes end between commit and send; return 0 when each did."""
    django.setup()
    for first in range(0, count, AT_ONCE):
        children = [_enqueue_and_end(subject) for subject in range(first, min(first + AT_ONCE, count))]
        if any(os.waitpid(child, 0)[1] for child in children):
            return 1
    return 0


def _enqueue_and_end(subject: int) -> int:
    from django.db import transaction

    from claims import jobs
    from claims.jobs import sending

    if child := os.fork():
        return child
    with suppress(BaseException):
        sending._send_one = lambda job_id: os._exit(0)
        with transaction.atomic():
            jobs.enqueue("work", subject)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
