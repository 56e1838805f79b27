"""Printed clock times: the lines that open an update of a live blog.

Invariant: a line is a time line only if a clock time opens it (after at most a date or a mark), so that
“the talks began at 10:40” and “14.32 percent” are never taken for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from claims.ingest.calendar_words import DATE, DATE_PATTERN, ZONE_PATTERN, date_of, zone_of

_MARK = r"[ \t>*•●▪·–—\-\[(]*(?:(?:updated|оновлено|обновлено)(?:\s+at|\s+о|\s+в)?:?\s+)?"
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-4])(?:(?P<dot>[:.])(?P<minute>[0-5]\d)(?::[0-5]\d)?)?"
    r"(?:\s*(?P<half>[ap]\.?\s?m\b\.?))?(?![\d%])"
)
_WEEKDAY = (
    r"(?:(?:\w+day|понеділок|вівторок|середа|четвер|п.ятниця|субота|неділя"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье),?\s+)?"
)
_OWN_DATE = DATE_PATTERN.replace("(?P<", "(?P<b_")
_LINE = re.compile(
    "^" + _MARK
    + r"(?P<printed>(?P<before>" + _WEEKDAY + DATE_PATTERN + r"\s*[,|•·–—-]?\s*(?:at\s+|о\s+|в\s+)?)?"
    + _CLOCK + r"(?:\s*(?P<zone>" + ZONE_PATTERN + r"))?"
    + r"(?P<after>\s*[,|•·–—-]?\s*" + _WEEKDAY + _OWN_DATE + r")?)"
    + r"[\])]?(?P<separator>\s*[—–|:•·-]\s*|\.\s+|\s+|$)(?P<rest>.*)$",
    re.IGNORECASE,
)  # fmt: skip
_DATE_LINE = re.compile("^" + _MARK + _WEEKDAY + DATE_PATTERN + r"\s*[:.]?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A line that opens an update. ``printed`` is the time as printed; ``body_at`` is where words follow
    on the same line (its length where none do); ``day`` is the date on the line, if it has one."""

    printed: str
    printed_at: int
    clock: time
    zone: str
    day: date | None
    body_at: int

    @property
    def stands_alone(self) -> bool:
        """True when no words follow the time on its line (``body_at`` is then the line's end)."""
        return self.body_at < 0


def read_time_line(line: str, near: date | None) -> TimeLine | None:
    """Read a line as the opening of an update, or return ``None``. ``near`` dates a day without a year."""
    if not line[:80].strip() or not any(c.isdigit() for c in line[:40]):
        return None
    match = _LINE.match(line)
    if match is None or not _is_opening(match):
        return None
    clock = _clock(match)
    if clock is None:
        return None
    day = None
    if match["before"]:
        day = date_of(match, near)
    elif match["after"]:
        dated = DATE.search(match["after"])
        day = date_of(dated, near) if dated else None
    zone = zone_of(match) if match["zone"] else ""
    body_at = match.start("rest") if match["rest"].strip() else -1
    return TimeLine(match["printed"].strip(), match.start("printed"), clock, zone, day, body_at)


def read_date_line(line: str, near: date | None) -> date | None:
    """Read a line that is nothing but a date, as live blogs print between days."""
    match = _DATE_LINE.match(line) if len(line) < 80 else None
    return date_of(match, near) if match else None


def _is_opening(match: re.Match[str]) -> bool:
    """Tell a clock time from another figure that opens a line, by what follows it."""
    rest, separator, half = match["rest"].strip(), match["separator"], match["half"]
    if match["minute"] is None and not half:
        return False
    if not rest:
        return True
    if separator.strip() in ("—", "–", "|", "•", "·", "-", ":"):
        # “10:40–12:00 Lunch” is a programme and “3:2 - the score” is no time with two figures each.
        return not rest[0].isdigit()
    if match["dot"] == ".":
        return bool(match["zone"] or match["after"])
    return not separator.strip(" .") and (rest[0].isupper() or rest[0] in "«“\"„'")


def _clock(match: re.Match[str]) -> time | None:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24:
        return time(0, 0) if minute == 0 else None
    return time(hour, minute)
