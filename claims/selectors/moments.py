"""How a moment is written for the people of a desk: in the zone in which they type moments, and naming it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def told_in(moment: datetime, zone: str) -> str:
    """Return ``moment`` as ``2026-03-04 14:30 EET``; a zone without letters gives its offset (``+05``)."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}"
