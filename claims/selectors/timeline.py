"""Times as a picture: when the claim says it was, and when each origin says, as it was read, on one axis.

Hours of every zone stand at their one moment and are told in the desk's zone; a bare date stays the whole day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import pgettext

from claims.language.readings import TimeExpression
from claims.models import Claim, Evidence
from claims.search.documents import read_claim, read_passage
from claims.search.moments import known_zone
from claims.selectors.plots import MOST_TICKS, Axis, Plot, PlotRow, Tick, group_rows

#: The axis reaches so many times the claim's own stretch to both sides, at least this long.
_REACH, _LEAST_REACH = 4, timedelta(hours=36)
#: A stated stretch that is shorter tells hours; a longer one tells days.
_HOURS = timedelta(hours=20)
#: A stretch that is longer (“in 2025”) says little about when.
_LONGEST = timedelta(days=62)
#: What a context passage has to share with the claim, so that its time may stand on the claim's axis.
_ON_THE_MATTER = frozenset({"days_same", "days_different", "days_partly", "part_of_the_matter"})
_TIMES_OF_ONE_PIECE = 2
_STEPS = tuple(timedelta(minutes=n) for n in (5, 10, 15, 30, 60, 120, 180, 360, 720))
_DAY_STEPS = (1, 2, 7, 14, 28, 91, 182, 365)


def timeline(claim: Claim, evidence: Sequence[Evidence]) -> Plot | None:
    """Return the picture of the stated times, best evidence first; None where claim or sources state none.

    Wants ``kept_reading`` loaded with each passage, or the passage is read anew.
    """
    reading = read_claim(claim)
    claimed = _stated(reading.times)
    if not claimed:
        return None
    pieces = [piece for piece in evidence if piece.state != "rejected" and _may_stand(piece)]
    told = [(piece, time, words) for piece in pieces for time, words in _told(piece)]
    if not any(piece.stance != "context" for piece, _time, _words in told):
        return None
    zone = ZoneInfo(known_zone(claim.desk.zone))
    start, end = min(time.start for time in claimed), max(time.end for time in claimed)
    low, high = _bounds(start, end, [time for piece, time, _words in told if piece.stance != "context"])
    room = (high - low) * 0.06 or timedelta(hours=1)
    axis = Axis((low - room).timestamp(), (high + room).timestamp())
    folded: dict[tuple[str, str, datetime, datetime], tuple[Evidence, TimeExpression, str, set[int]]] = {}
    for piece, time, words in told:
        # What is only context is drawn where it meets the axis of the others, and does not stretch it.
        if piece.stance == "context" and not _meets(time, low, high):
            continue
        key = (piece.origin, piece.stance, time.start.astimezone(UTC), time.end.astimezone(UTC))
        folded.setdefault(key, (piece, time, words, set()))[3].add(piece.passage.document_id)
    rows = [
        PlotRow(
            name=piece.origin_name or piece.passage.document.outlet.name,
            stance=piece.stance,
            says=words,
            mark=axis.mark(time.start.timestamp(), time.end.timestamp()),
            note=_when(time.start, time.end, zone),
            language=piece.passage.document.language,
            documents=len(documents),
            anchor=piece.pk,
        )
        for piece, time, words, documents in folded.values()
    ]
    own = PlotRow(
        name="",
        stance="claim",
        says=" … ".join(time.span.of(claim.text) for time in claimed),
        mark=axis.mark(start.timestamp(), end.timestamp()),
        note=_when(start, end, zone),
        language=claim.language,
    )
    return Plot(own, group_rows(rows), tuple(_ticks(axis, zone)))


def _may_stand(piece: Evidence) -> bool:
    return piece.stance != "context" or any(reason.get("code") in _ON_THE_MATTER for reason in piece.reasons)


def _told(piece: Evidence) -> Iterator[tuple[TimeExpression, str]]:
    """Yield the times that stand in what settles the claim, each with its words."""
    reading = read_passage(piece.passage)
    end = piece.end or len(reading.text)
    inside = [time for time in reading.times if time.span.start < end and piece.start < time.span.end]
    seen: set[tuple[datetime, datetime]] = set()
    for time in _stated(inside):
        stretch = time.start.astimezone(UTC), time.end.astimezone(UTC)
        if stretch not in seen and len(seen) < _TIMES_OF_ONE_PIECE:
            seen.add(stretch)
            yield time, time.span.of(reading.text)


def _stated(times: Sequence[TimeExpression]) -> list[TimeExpression]:
    """Return the times that say when: hours where there are any, else days."""
    near = [time for time in times if time.end - time.start <= _LONGEST and 2 < time.start.year < 9_998]
    return [time for time in near if time.end - time.start < _HOURS] or near


def _bounds(start: datetime, end: datetime, times: Sequence[TimeExpression]) -> tuple[datetime, datetime]:
    """Return what the axis has to show, so that one time of another year does not press the others together."""
    reach = max((end - start) * _REACH, _LEAST_REACH)
    return (
        max(min([start, *(time.start for time in times)]), start - reach),
        min(max([end, *(time.end for time in times)]), end + reach),
    )


def _meets(time: TimeExpression, low: datetime, high: datetime) -> bool:
    return low <= time.start <= high if time.start == time.end else low < time.end and time.start < high


def _when(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """Return a stretch in words: hours in ``zone``, days as they were named."""
    if end - start >= _HOURS:
        first, last = _day(start), _day(end - timedelta(microseconds=1))
        return first if first == last else f"{first} – {last}"
    start, end = start.astimezone(zone), end.astimezone(zone)
    told = str(date_format(start, pgettext("format of a moment", "j M Y, H:i")))
    if start == end:
        return told
    later = pgettext("format of a moment", "j M Y, H:i") if start.date() != end.date() else "H:i"
    return f"{told} – {date_format(end, later)}"


def _day(moment: datetime) -> str:
    return str(date_format(moment, pgettext("format of a day", "j M Y")))


def _ticks(axis: Axis, zone: ZoneInfo) -> Iterator[Tick]:
    """Yield round hours of ``zone``, or days where the axis is long; a midnight is told as its day."""
    span = timedelta(seconds=axis.high - axis.low)
    hours = next((step for step in _STEPS if span <= step * MOST_TICKS), None)
    days = next((n for n in _DAY_STEPS if span <= timedelta(days=n) * MOST_TICKS), _DAY_STEPS[-1])
    step = hours or timedelta(days=days)
    # Counted on the zone's own clock, so that a change to summer time moves no label off its round hour.
    at = datetime.fromtimestamp(axis.low, zone).replace(tzinfo=None)
    at = datetime(at.year, at.month, at.day)
    while (moment := at.replace(tzinfo=zone).timestamp()) <= axis.high:
        if moment >= axis.low:
            is_midnight = not (at.hour or at.minute)
            yield Tick(axis.place(moment), _label(at, is_day=hours is None or is_midnight))
        at += step


def _label(at: datetime, *, is_day: bool) -> str:
    if is_day:
        return str(date_format(at, pgettext("format of a day without its year", "j M")))
    return str(date_format(at, "H:i"))
