"""Letting the garbage collector wait while somebody waits for the result.

Weighing a claim makes some hundred thousand small objects that nearly all stay in use. Each walk of the collector
over them takes as long as comparing the claim does, and finds nothing. Invariant: the collector is as it was
afterwards, and walks then at the latest.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_waits() -> Iterator[None]:
    """Let no collection begin within the block; meant for work of a second, not of minutes."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
