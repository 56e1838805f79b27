"""What a person types as a moment: whole, in the zone of the desk or with an offset, and existing once."""

from __future__ import annotations

import pytest

from claims.actions.refusals import Invalid
from claims.admin.moments import local_moment


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2027-07-01T12:00", "2027-07-01T09:00:00+00:00"),
        (" 2027-01-01T12:00:30 ", "2027-01-01T10:00:30+00:00"),
        ("2027-10-31T03:30+03:00", "2027-10-31T00:30:00+00:00"),
        ("2027-10-31T03:30+02:00", "2027-10-31T01:30:00+00:00"),
        ("2027-03-28T01:30Z", "2027-03-28T01:30:00+00:00"),
    ],
)
def test_a_moment_is_read_whole(typed: str, moment: str) -> None:
    assert local_moment(typed, "Europe/Kyiv").isoformat() == moment


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2027-03-04",
        "12:30",
        "2027-03-04T12:30 or later",
        "2027-03-04T12:30+99:00",
        "2027-02-30T12:30",
        "0000-01-01T00:00",
        "10000-01-01T00:00",
        "0001-01-01T00:00",
        "2027-03-28T03:00",
        "2027-03-28T03:59",
        "2027-10-31T03:00",
        "2027-10-31T03:59:59",
    ],
)
def test_what_is_no_moment_or_no_single_one_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        local_moment(typed, "Europe/Kyiv")
