"""When a watched page or a feed is looked at again: often while it changes, seldom while it rests.

Pure: the caller gives the moment and the bounds. A page is never looked at more often than ``Pace.shortest``, and
a site that asks for a pause (Retry-After) gets at least that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: How much longer the next pause is while nothing changes.
SLOWING = 1.5
#: A pause is spread by a tenth either way, so that pages that began together do not stay together.
SPREAD = 0.1
#: A failing site is asked no more often than this, in seconds, however long it fails.
LONGEST_PAUSE = 24 * 3600.0
#: So many failures in a row double the pause; more would only overflow.
_DOUBLINGS = 10


class Seen(StrEnum):
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Pace:
    """Bounds in seconds: the shortest and the longest pause, and the longest one while the site fails.

    ``silence`` is after how long without a change the watch ends. ``quickening`` is what a change divides the pause
    by; by default it brings the shortest one at once.
    """

    shortest: float
    longest: float
    longest_failing: float
    silence: float = math.inf
    quickening: float = math.inf


@dataclass(frozen=True, slots=True)
class NextLook:
    """When to look again, None where the watch is over, and the pause in seconds to remember until then."""

    at: datetime | None
    interval: float


def jitter_of(key: int) -> float:
    """Return a number in [0, 1) by the key of a row; keys that follow each other lie far apart (golden ratio)."""
    return (key * 0.618) % 1


def spread(seconds: float, jitter: float) -> float:
    """Return a pause up to a tenth shorter or longer."""
    return seconds * (1 - SPREAD + 2 * SPREAD * jitter)


def next_look(
    now: datetime,
    pace: Pace,
    *,
    seen: Seen,
    interval: float,
    changed_at: datetime | None = None,
    failures: int = 0,
    retry_after: float | None = None,
    jitter: float = 0.5,
) -> NextLook:
    """Plan the next look at a page that was last seen to change at ``changed_at`` (or first looked at then).

    ``changed_at`` may be None where no silence ends the watch. ``interval`` and ``retry_after`` are in seconds;
    ``failures`` are those in a row, this one included; ``jitter`` in [0, 1) differs from page to page.
    """
    interval = min(max(interval, pace.shortest), pace.longest)
    silent_for = (now - changed_at).total_seconds() if changed_at else 0.0
    if seen is Seen.CHANGED:
        interval = max(interval / pace.quickening, pace.shortest)
    elif silent_for >= pace.silence:
        return NextLook(None, interval)
    elif seen is Seen.UNCHANGED:
        interval = min(interval * SLOWING, pace.longest)
    pause = interval
    if seen is Seen.FAILED:
        pause = min(interval * 2.0 ** min(max(failures, 1), _DOUBLINGS), pace.longest_failing)
    pause = max(spread(pause, jitter), pace.shortest, retry_after or 0.0)
    return NextLook(now + timedelta(seconds=min(pause, LONGEST_PAUSE)), interval)
