"""Steps that several people, workers or readers take at the same moment, each in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connections

#: How long the threads of a busy machine may take to start, and then to end, in seconds.
PATIENCE = 120.0


def at_once(*steps: Callable[[], object]) -> list[object]:
    """Run the steps in threads that start together; return what each gave, or the exception it ended by."""
    outcomes: list[object] = [None] * len(steps)
    start = threading.Barrier(len(steps))

    def run(number: int, step: Callable[[], object]) -> None:
        try:
            start.wait(PATIENCE)
            outcomes[number] = step()
        except Exception as failure:  # noqa: BLE001 - what a thread raised is what the test looks at.
            outcomes[number] = failure
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each, daemon=True) for each in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "a step has not ended"
    return outcomes
