"""How much a proof repeats: as much as CI has time for, or, by ``make soak``, as often as reliability.md says."""

from __future__ import annotations

import os

#: Set by ``make soak``.
SOAK = os.environ.get("FACTCHECK_SOAK") == "1"


def times(*, ci: int, soak: int) -> int:
    """Return how often to repeat."""
    return soak if SOAK else ci
