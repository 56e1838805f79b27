"""Resolve the times that a text states into intervals with offsets.

Invariant: intervals are half-open and run on civil midnights of the outlet's zone, so a day of a clock
change has
23 or 25 hours; an hour keeps the zone that the text names. Nothing relative is resolved without a
publication time.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from claims.language.numerals.scanning import Tokens, scan
from claims.language.readings import Language, Span, TimeExpression, TimeKind
from claims.language.times.anchored import DAY, Anchored, shifted
from claims.language.times.calendars import Calendar, Direction, days
from claims.language.times.stated import Stated, stated_times
from claims.language.times.tense import direction
from claims.language.times.zones import LOCAL, place_zone, zone_info


def read_times(
    text: str, language: Language, published_at: datetime | None, zone: str
) -> tuple[TimeExpression, ...]:
    """Return the times stated in ``text``, in order.

    ``published_at`` (aware) anchors relative days, missing years and bare clock times; without it only
    absolute
    dates are returned. ``zone`` is the IANA name of the outlet's zone; an unknown one reads as UTC. Never
    raises.
    """
    outlet = zone_info(zone)
    if published_at is not None and published_at.tzinfo is None:
        published_at = published_at.replace(tzinfo=outlet)
    tokens = scan(text)
    found = []
    times = stated_times(text, language)
    for position, stated in enumerate(times):
        try:
            # A clock time may take its day from the few times that stand around it.
            near = times[max(0, position - 4) : position + 5]
            expression = _resolve(tokens, stated, near, language, published_at, outlet)
        except (ValueError, OverflowError):
            continue
        if expression is not None:
            found.append(expression)
    return tuple(found)


def _resolve(
    tokens: Tokens,
    stated: Stated,
    near: tuple[Stated, ...],
    language: Language,
    published_at: datetime | None,
    outlet: tzinfo,
) -> TimeExpression | None:
    span = Span(tokens.start[stated.start], tokens.end[stated.end - 1])
    if stated.anchored is not None:
        if published_at is None:
            return None
        return _anchored(
            tokens, stated, stated.anchored, language, published_at.astimezone(outlet), outlet, span
        )
    today = None if published_at is None else published_at.astimezone(outlet).date()
    tense = _tense(tokens, stated, language)
    if stated.clock is not None:
        return _clock(tokens, stated, near, language, published_at, outlet, span, tense)
    calendar = stated.calendar
    if calendar is None:
        calendar = Calendar("offset_day", number=_nearest_part(stated, published_at, outlet, tense))
    pair = days(calendar, today, tense)
    if pair is None:
        return None
    if stated.part is not None:
        expression = _part(pair[0], stated.part, outlet, span)
        if (
            calendar.kind == "weekday"
            and tense < 0
            and published_at is not None
            and expression.start > published_at
        ):
            # What happened “on Wednesday night” cannot be the night to come.
            return _part(pair[0] - timedelta(weeks=1), stated.part, outlet, span)
        return expression
    kind: TimeKind = "date" if calendar.is_day or pair[1] - pair[0] == timedelta(days=1) else "interval"
    return TimeExpression(span, _midnight(pair[0], outlet), _midnight(pair[1], outlet), kind)


def _tense(tokens: Tokens, stated: Stated, language: Language) -> Direction:
    calendar = stated.calendar
    if calendar is not None and calendar.kind in ("weekday", "month") and calendar.day:
        # “Last Friday”, “next March”: the word tells the direction, no verb is asked.
        return 1 if calendar.day > 0 else -1
    if calendar is None and stated.clock is None:
        return direction(tokens, stated.start, stated.end, language)
    if calendar is not None and (
        calendar.lacks_year or calendar.kind in ("weekday", "ordinal_day", "weekend")
    ):
        return direction(tokens, stated.start, stated.end, language)
    return 0


def _nearest_part(stated: Stated, published_at: datetime | None, outlet: tzinfo, tense: Direction) -> int:
    """A part of a day without a day is the publication day's,
    or the eve's where it has not begun in the past tense."""
    if published_at is None or stated.part is None or tense >= 0:
        return 0
    hour = published_at.astimezone(outlet).hour
    return -1 if stated.part[0] > hour else 0


def _part(day: date, hours: tuple[int, int], outlet: tzinfo, span: Span) -> TimeExpression:
    return TimeExpression(span, _at_hour(day, hours[0], outlet), _at_hour(day, hours[1], outlet), "interval")


def _at_hour(day: date, hour: int, outlet: tzinfo) -> datetime:
    if hour < 0:
        day, hour = day - timedelta(days=1), hour + 24
    elif hour >= 24:
        day, hour = day + timedelta(days=1), hour - 24
    return datetime.combine(day, time(hour), outlet)


def _midnight(day: date, outlet: tzinfo) -> datetime:
    return datetime.combine(day, time(), outlet)


def _clock(
    tokens: Tokens,
    stated: Stated,
    near: tuple[Stated, ...],
    language: Language,
    published_at: datetime | None,
    outlet: tzinfo,
    span: Span,
    tense: Direction,
) -> TimeExpression | None:
    clock = stated.clock
    assert clock is not None
    zone = outlet
    if clock.zone == LOCAL:
        zone = zone_info(named) if (named := _named_place(tokens, stated, language)) else outlet
    elif clock.zone is not None:
        zone = zone_info(clock.zone)
    day = _day_of(tokens, stated, near, language, published_at, outlet, tense)
    if day is None:
        return None
    start = datetime.combine(day, time(clock.hour, clock.minute), zone)
    if clock.to_hour is None:
        return TimeExpression(span, start, start, "datetime", clock.zone is not None)
    end = datetime.combine(day, time(clock.to_hour, clock.to_minute), zone)
    if end <= start:
        end = datetime.combine(day + timedelta(days=1), time(clock.to_hour, clock.to_minute), zone)
    return TimeExpression(span, start, end, "interval", clock.zone is not None)


def _day_of(
    tokens: Tokens,
    stated: Stated,
    near: tuple[Stated, ...],
    language: Language,
    published_at: datetime | None,
    outlet: tzinfo,
    tense: Direction,
) -> date | None:
    """Return the day of a clock time: its own, that of the only day in its sentence,
    or the publication day."""
    today = None if published_at is None else published_at.astimezone(outlet).date()
    if stated.calendar is not None:
        pair = days(stated.calendar, today, tense)
        return None if pair is None else pair[0]
    if today is None:
        return None
    first, last = tokens.sentence(stated.start)
    dated = [
        other.calendar
        for other in near
        if first <= other.start < last
        and other.calendar is not None
        and other.calendar.is_day
        and other.clock is None
    ]
    if len(dated) == 1:
        pair = days(dated[0], today, direction(tokens, stated.start, stated.end, language))
        if pair is not None:
            return pair[0]
    return today


def _named_place(tokens: Tokens, stated: Stated, language: Language) -> str | None:
    """Return the zone of the place named nearest to a “local time”,
    in its sentence or in the text before it."""
    first, last = tokens.sentence(stated.start, reach=30)
    best: tuple[int, str] | None = None
    for at in range(first, last):
        found = place_zone(tokens, at, language)
        if found is not None:
            distance = at - stated.end if at >= stated.end else stated.start - at
            if best is None or distance < best[0]:
                best = (distance, found[0])
    if best is not None:
        return best[1]
    for at in range(first - 1, max(-1, first - 120), -1):
        found = place_zone(tokens, at, language)
        if found is not None:
            return found[0]
    return None


def _anchored(
    tokens: Tokens,
    stated: Stated,
    anchored: Anchored,
    language: Language,
    now: datetime,
    outlet: tzinfo,
    span: Span,
) -> TimeExpression | None:
    if anchored.needs_future and direction(tokens, stated.start, stated.end, language) < 0:
        return None
    seconds = anchored.amount * anchored.unit
    if anchored.shape == "window":
        return _window(anchored, seconds, now, span)
    if anchored.unit < DAY:
        moment = _moved(now, anchored.sign * seconds)
        return TimeExpression(span, moment, moment, "duration-anchored")
    day = shifted(now.date(), anchored)
    if day is None:
        return None
    return TimeExpression(
        span, _midnight(day, outlet), _midnight(day + timedelta(days=1), outlet), "duration-anchored"
    )


def _window(anchored: Anchored, seconds: float, now: datetime, span: Span) -> TimeExpression | None:
    if anchored.unit > 7 * DAY:
        day = shifted(now.date(), anchored)
        if day is None:
            return None
        edge = datetime.combine(day, now.timetz())
    else:
        edge = _moved(now, anchored.sign * seconds)
    first, last = (edge, now) if anchored.sign < 0 else (now, edge)
    return TimeExpression(span, first, last, "duration-anchored")


def _moved(moment: datetime, seconds: float) -> datetime:
    """Move by elapsed time, not by the clock on the wall."""
    zone = moment.tzinfo
    return (moment.astimezone(zone_info("UTC")) + timedelta(seconds=seconds)).astimezone(zone)
