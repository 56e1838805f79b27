"""Lengths that a text implies: what began at 10:05 and ended at 10:30 took 25 minutes.

Invariant: only two stated hours make a length, the first with a word for beginning and the second with one for
ending, or both as a span “from … to …”; nothing is made of a single hour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from claims.language.readings import Quantity, Reading, Span, TimeExpression

_LONGEST = timedelta(hours=24)
#: A word for beginning or ending stands this near to its hour, in code points.
_NEAR = 40
_BEGINNING = re.compile(
    r"(?<!\w)(?:beg[aiu]n\w*|start\w*|open\w*|kicked off|from|почал\w*|почав\w*|розпоча\w*|стартув\w*|з|від"
    r"|начал\w*|стартов\w*|с|от)(?!\w)",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?<!\w)(?:end\w*|finish\w*|conclud\w*|clos\w*|wrapped up|adjourn\w*|to|until|till|заверш\w*|закінч\w*|до"
    r"|окончил\w*|законч\w*|закончил\w*|розійшл\w*|разошл\w*)(?!\w)",
    re.IGNORECASE,
)


def implied_lengths(reading: Reading) -> Iterator[Quantity]:
    """Yield the lengths in seconds between a stated beginning and the stated end after it.

    The span of a length is the stretch from the one hour to the other.
    """
    hours = [time for time in reading.times if time.kind == "datetime"]
    for first, last in pairwise(hours):
        length = last.start - first.start
        if not timedelta(0) < length <= _LONGEST or last.span.start - first.span.end > 2 * _NEAR:
            continue
        if _said_before(reading, first, _BEGINNING) and _ends_at(reading, first, last):
            seconds = length.total_seconds()
            yield Quantity(Span(first.span.start, last.span.end), seconds, seconds, "s", "=")


def _said_before(reading: Reading, time: TimeExpression, pattern: re.Pattern[str]) -> bool:
    # The word may be read as a part of the time itself (“from 10:05”).
    return bool(pattern.search(reading.text[max(time.span.start - _NEAR, 0) : time.span.end]))


def _ends_at(reading: Reading, first: TimeExpression, last: TimeExpression) -> bool:
    return bool(_ENDING.search(reading.text[first.span.end : last.span.end]))
