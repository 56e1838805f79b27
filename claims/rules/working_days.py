"""Deadlines in working days, Monday to Friday. Pure. Public holidays are worked: they differ by desk and year."""

from __future__ import annotations

from datetime import date, timedelta

#: How long a newsroom has to answer whoever asks for a correction.
DAYS_TO_ANSWER = 7
_SATURDAY = 5


def working_days_after(day: date, count: int) -> date:
    """Return the ``count``-th working day after ``day``.

    >>> working_days_after(date(2026, 5, 15), 1)
    datetime.date(2026, 5, 18)
    """
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day
