"""A calendar time as it is worded, and the civil days that it means once “today” is known.

Invariant: a ``Calendar`` holds only what the words say. ``days`` needs the day of publication for anything
that is
not absolute, and returns a half-open pair of civil dates, or ``None`` for a day that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

CalendarKind = Literal[
    "day", "span", "month", "quarter", "half", "season", "year", "years", "weekday", "offset_day", "week",
    "weekend",
    "offset_month", "ordinal_day", "offset_quarter",
]  # fmt: skip
Direction = Literal[-1, 0, 1]


@dataclass(frozen=True, slots=True)
class Calendar:
    """``number`` is the quarter, half, weekday or offset; ``part`` a pair of days of the month."""

    kind: CalendarKind
    year: int | None = None
    year_offset: int | None = None
    month: int = 0
    day: int = 0
    to_year: int | None = None
    to_month: int = 0
    to_day: int = 0
    number: int = 0
    part: tuple[int, int] | None = None
    strict: bool = False

    @property
    def is_day(self) -> bool:
        return self.kind in ("day", "offset_day", "weekday", "ordinal_day")

    @property
    def absolute(self) -> bool:
        """Tell whether the words alone fix the days."""
        return self.year is not None and self.kind in (
            "day",
            "span",
            "month",
            "quarter",
            "half",
            "season",
            "year",
            "years",
        )

    @property
    def lacks_year(self) -> bool:
        return (
            self.year is None
            and self.year_offset is None
            and self.kind in ("day", "span", "month", "quarter", "half", "season")
        )


def days(calendar: Calendar, today: date | None, direction: Direction) -> tuple[date, date] | None:
    """Return the civil days ``[first, after)`` that ``calendar`` means for a reader on ``today``.

    ``direction`` is −1 for the past tense, 1 for the future and 0 where the text does not tell.
    """
    try:
        if calendar.absolute:
            return _of_year(calendar, calendar.year or 0)
        if today is None:
            return None
        if calendar.kind in ("year",) or calendar.year_offset is not None:
            return _of_year(calendar, today.year + (calendar.year_offset or 0))
        if calendar.lacks_year:
            return _nearest(calendar, today, direction)
        return _relative(calendar, today, direction)
    except (ValueError, OverflowError):
        return None


def _nearest(calendar: Calendar, today: date, direction: Direction) -> tuple[date, date] | None:
    """Choose the year: the nearest past for the past tense, the nearest future for the future tense."""
    candidates = []
    for year in (today.year - 1, today.year, today.year + 1, today.year - 4, today.year + 4):
        try:
            candidates.append(_of_year(calendar, year))
        except ValueError:
            continue
    past = [pair for pair in candidates if pair[0] <= today]
    future = [pair for pair in candidates if pair[1] > today]
    if direction < 0 and past:
        return max(past)
    if direction > 0 and future:
        return min(future)
    return min(candidates, key=lambda pair: _distance(pair, today), default=None)


def _distance(pair: tuple[date, date], today: date) -> int:
    if pair[0] <= today < pair[1]:
        return 0
    return min(abs((pair[0] - today).days), abs((pair[1] - today).days - 1))


def _of_year(calendar: Calendar, year: int) -> tuple[date, date]:
    kind = calendar.kind
    if kind == "day":
        first = date(year, calendar.month, calendar.day)
        return first, first + timedelta(days=1)
    if kind == "span":
        to_year = calendar.to_year or year
        last = date(to_year, calendar.to_month, calendar.to_day)
        first = date(year, calendar.month, calendar.day)
        if first > last:
            # “December 30 – January 2” crosses the new year.
            if calendar.to_year is not None:
                first = date(year - 1, calendar.month, calendar.day)
            else:
                last = date(year + 1, calendar.to_month, calendar.to_day)
        return first, last + timedelta(days=1)
    if kind == "month":
        return _month(year, calendar.month, calendar.to_month or calendar.month, calendar.part)
    if kind == "quarter":
        return _month(year, 3 * calendar.number - 2, 3 * calendar.number, None)
    if kind == "half":
        return _month(year, 6 * calendar.number - 5, 6 * calendar.number, None)
    if kind == "season":
        first_month = calendar.month
        return date(year, first_month, 1), _first_of(year, first_month + 3)
    if kind == "years":
        return date(year, 1, 1), date((calendar.to_year or year) + 1, 1, 1)
    return date(year, 1, 1), date(year + 1, 1, 1)


def _first_of(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _month(year: int, month: int, last: int, part: tuple[int, int] | None) -> tuple[date, date]:
    first, after = date(year, month, 1), _first_of(year, last + 1 if last >= month else last + 13)
    if part is None:
        return first, after
    end = after if part[1] >= 31 else date(year, month, part[1]) + timedelta(days=1)
    return date(year, month, part[0]), end


def _relative(calendar: Calendar, today: date, direction: Direction) -> tuple[date, date] | None:
    kind = calendar.kind
    if kind == "offset_day":
        first = today + timedelta(days=calendar.number)
        return first, first + timedelta(days=1)
    monday = today - timedelta(days=today.weekday())
    if kind == "week":
        first = monday + timedelta(weeks=calendar.number)
        if calendar.day:
            first += timedelta(days=calendar.day - 1)
            return first, first + timedelta(days=1)
        return first, first + timedelta(weeks=1)
    if kind == "weekend":
        first = monday + timedelta(weeks=calendar.number, days=5)
        if calendar.number == 0 and not calendar.strict and direction < 0 and first > today:
            first -= timedelta(weeks=1)
        return first, first + timedelta(days=2)
    if kind == "offset_month":
        first = _first_of(today.year, today.month + calendar.number)
        return _month(first.year, first.month, first.month, calendar.part)
    if kind == "offset_quarter":
        month = 3 * ((today.month - 1) // 3 + calendar.number) + 1
        return _first_of(today.year, month), _first_of(today.year, month + 3)
    if kind == "ordinal_day":
        return _day_of_month(calendar.day, today, direction)
    return _weekday(calendar, today, direction)


def _weekday(calendar: Calendar, today: date, direction: Direction) -> tuple[date, date]:
    back = (today.weekday() - calendar.number) % 7
    ahead = (calendar.number - today.weekday()) % 7
    if calendar.strict:
        back, ahead = back or 7, ahead or 7
    first = today + timedelta(days=ahead) if direction > 0 else today - timedelta(days=back)
    return first, first + timedelta(days=1)


def _day_of_month(day: int, today: date, direction: Direction) -> tuple[date, date] | None:
    found = []
    for shift in (-2, -1, 0, 1, 2):
        month = _first_of(today.year, today.month + shift)
        try:
            found.append(replace_day(month, day))
        except ValueError:
            continue
    past = [value for value in found if value <= today]
    future = [value for value in found if value >= today]
    if direction < 0 and past:
        first = max(past)
    elif direction > 0 and future:
        first = min(future)
    else:
        first = min(found, key=lambda value: abs((value - today).days))
    return first, first + timedelta(days=1)


def replace_day(month: date, day: int) -> date:
    return month.replace(day=day)


def with_year(calendar: Calendar, other: Calendar) -> Calendar:
    """Join a date without a year with the year stated beside it (“30 квітня торік”)."""
    return replace(calendar, year=other.year, year_offset=other.year_offset)
