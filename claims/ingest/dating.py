"""The moments that printed clock times stand for.

Invariant: a moment is given only when it is certain; a clock time without a date, or one that a clock
change makes impossible or double, yields none and says why. The zone is the one printed beside the time,
else the outlet's, and which of the two it was is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from claims.ingest.calendar_words import zone_named
from claims.ingest.extracted import Trouble, ZoneSource

#: Steps back in time this small are posts out of order, not a day gone by.
_DISORDER_MINUTES = 180


@dataclass(frozen=True, slots=True)
class Dating:
    """What is known about an article's time: its publication, the newest moment that its page can speak
    of (when it was last changed or seen), and the zone of its outlet."""

    published: datetime | date | None
    latest: datetime | None
    outlet_zone: str

    def zone(self) -> tzinfo:
        zone = zone_named(self.outlet_zone)
        if zone is None:
            raise ValueError(f"no such time zone: {self.outlet_zone}")
        return zone

    def day(self) -> date | None:
        """The local day of publication in the outlet's zone."""
        if isinstance(self.published, datetime):
            return self.published.astimezone(self.zone()).date()
        return self.published


@dataclass(frozen=True, slots=True)
class PrintedTime:
    """A clock time as printed, with the zone and the date that are printed beside it, if any."""

    clock: time
    zone: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """Where a printed time lies: its zone, whence that is known, its UTC moment, or the trouble with it."""

    zone: str
    zone_source: ZoneSource
    moment: datetime | None
    trouble: Trouble = ""


def date_times(times: Sequence[PrintedTime], dating: Dating) -> list[Dated]:
    """Return, for the times of a live blog in printed order, where each lies."""
    outlet_zone = dating.zone()
    latest = dating.latest.astimezone(outlet_zone) if dating.latest else None
    days = place_on_days([t.clock for t in times], [t.day for t in times], dating.day(), latest)
    found: list[Dated] = []
    for printed, day in zip(times, days, strict=True):
        stated = zone_named(printed.zone) if printed.zone else None
        moment, trouble = moment_of(day, printed.clock, stated or outlet_zone)
        if stated:
            found.append(Dated(printed.zone, "stated", moment, trouble))
        else:
            found.append(Dated(dating.outlet_zone, "outlet", moment, trouble))
    return found


def place_on_days(
    clocks: Sequence[time],
    stated: Sequence[date | None],
    first_day: date | None,
    latest: datetime | None,
) -> list[date | None]:
    """Give each clock time, in printed order, its day.

    The order (newest or oldest first) is the one that takes least time in all. A stated date holds from
    its line on; otherwise the oldest update falls on ``first_day``, the day of publication, or on the day
    before as long as the newest would lie after ``latest``. Both are local to the outlet. Without any date
    all days are ``None``.
    """
    if not clocks:
        return []
    minutes = [clock.hour * 60 + clock.minute for clock in clocks]
    newest_first = _runs_backward(minutes, stated)
    steps = [0]
    for earlier, later in pairwise(minutes):
        steps.append(steps[-1] + (-_crosses(later, earlier) if newest_first else _crosses(earlier, later)))
    if any(stated):
        return _around_stated(steps, stated)
    if first_day is None:
        return [None] * len(clocks)
    offset = -min(steps)
    days = [first_day + timedelta(days=step + offset) for step in steps]
    if latest is not None:
        newest = max(datetime.combine(day, clock) for day, clock in zip(days, clocks, strict=True))
        limit = latest.replace(tzinfo=None) + timedelta(minutes=10)
        late_days = 0
        while newest - timedelta(days=late_days) > limit and late_days < max(steps) - min(steps):
            late_days += 1
        days = [day - timedelta(days=late_days) for day in days]
    return list(days)


def moment_of(day: date | None, clock: time, zone: tzinfo) -> tuple[datetime | None, Trouble]:
    """Return the UTC moment of a wall-clock time, or ``None`` and why there is not exactly one."""
    if day is None:
        return None, "no_date"
    try:
        early = datetime.combine(day, clock, zone).replace(fold=0)
        late = early.replace(fold=1)
        moment = early.astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) != early.replace(tzinfo=None):
            return None, "nonexistent"
        return (moment, "") if early.utcoffset() == late.utcoffset() else (None, "ambiguous")
    except (OverflowError, ValueError):
        return None, "nonexistent"


def _crosses(earlier: int, later: int) -> int:
    """Return 1 if midnight lies between two minutes of the day that follow each other in time."""
    return 1 if earlier - later > _DISORDER_MINUTES else 0


def _runs_backward(minutes: Sequence[int], stated: Sequence[date | None]) -> bool:
    """Tell newest first from oldest first: by the stated dates where they differ, else by the clock."""
    days = [day for day in stated if day]
    if days and days[0] != days[-1]:
        return days[0] > days[-1]
    return _elapsed(minutes[::-1]) < _elapsed(minutes)


def _elapsed(minutes: Sequence[int]) -> int:
    """Return the minutes from first to last, read as oldest first; each midnight weighs four hours extra,
    so that a long day is preferred to a backward night."""
    total = 0
    for earlier, later in pairwise(minutes):
        crossing = _crosses(earlier, later)
        total += abs(later + 1440 * crossing - earlier) + 240 * crossing
        # Posts out of order speak against this direction, if little.
        total += 60 if later < earlier and not crossing else 0
    return total


def _around_stated(steps: Sequence[int], stated: Sequence[date | None]) -> list[date | None]:
    """Carry stated dates forward, and the first of them backward to the updates printed above it."""
    anchor = next(position for position, day in enumerate(stated) if day)
    days: list[date | None] = []
    for position, step in enumerate(steps):
        if position > anchor and stated[position]:
            anchor = position
        base = stated[anchor]
        assert base is not None
        days.append(base + timedelta(days=step - steps[anchor]))
    return days
