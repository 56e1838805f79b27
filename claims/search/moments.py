"""The moment that a text's “today” is reckoned from, and the zone that its hours are in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def noon_or_moment(at: datetime | None, on: date | None, zone: str) -> datetime | None:
    """Return the moment, or noon of a bare date, which no zone moves off its day."""
    if at is not None:
        return at.astimezone(UTC)
    return datetime.combine(on, time(12), ZoneInfo(zone)) if on else None


def known_zone(*names: str) -> str:
    """Return the first name that is a time zone, else UTC: a misspelt outlet must not stop the index.

    A page may state an offset (“UTC+02:00”), which knows no clock change and is passed over.
    """
    return next((name for name in names if _is_zone(name)), "UTC")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
