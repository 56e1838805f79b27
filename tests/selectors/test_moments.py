"""Days that are typed, and the moments at which they begin."""

from __future__ import annotations

from datetime import date

import pytest

from claims.selectors.moments import day_typed, midnight


def test_a_typed_day_is_read() -> None:
    assert day_typed("2026-05-31") == date(2026, 5, 31)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-02-31", "31.05.2026", "1899-12-31", "3000-01-01", "2026-05-31T00:00"]
)
def test_what_no_list_reaches_to_is_no_day(text: str) -> None:
    assert day_typed(text) is None


def test_a_day_begins_at_midnight_of_its_zone() -> None:
    assert midnight(date(2026, 7, 1), "Europe/Kyiv").isoformat() == "2026-07-01T00:00:00+03:00"
