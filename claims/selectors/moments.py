"""Moments and days as people write and read them: a desk's in the zone in which its people type, and naming it."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_date


def told_in(moment: datetime, zone: str) -> str:
    """Return ``moment`` as ``2026-03-04 14:30 EET``; a zone without letters gives its offset (``+05``)."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}"


def day_typed(text: str) -> date | None:
    """Return the day in ``2026-05-31``, None for what is no day or one that no list reaches to."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2999 else None


def midnight(day: date, zone: str) -> datetime:
    """Return the moment at which ``day`` begins in ``zone``."""
    return datetime.combine(day, time(), ZoneInfo(zone))
