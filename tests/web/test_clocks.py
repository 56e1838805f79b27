"""Moments on the clocks of the page that printed them, also where it stated an offset and no zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from claims.models import Update
from claims.templatetags.reading_room import clock
from claims.templatetags.workbench import moment, zone_of

NOON = datetime(2026, 2, 18, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "hours"),
    [("Europe/Kyiv", 2), ("UTC+02:00", 2), ("UTC-03:30", -3.5), ("", 0), ("Nowhere", 0), ("UTC+99:00", 0)],
)
def test_a_zone_is_a_name_or_an_offset_and_utc_for_what_is_neither(name: str, hours: float) -> None:
    assert NOON.astimezone(zone_of(name)).utcoffset() == timedelta(hours=hours)


def test_a_silent_edit_is_told_on_the_clock_that_the_update_was_printed_in() -> None:
    update = Update(moment=NOON, zone="UTC+02:00", printed_time="14:00")
    assert clock(NOON + timedelta(minutes=51), update) == "14:51"


def test_an_offset_that_is_the_desks_own_is_not_told_twice() -> None:
    told = str(moment(NOON, "UTC+02:00", "14:00", "Europe/Kyiv"))
    assert "Europe/Kyiv" not in told
    assert "12:00 UTC" in told
    assert "Asia/Tokyo" in str(moment(NOON, "UTC+02:00", "14:00", "Asia/Tokyo"))
