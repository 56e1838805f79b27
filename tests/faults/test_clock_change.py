"""T14: what is scheduled for a night in which the clocks change goes out once, at its moment, and not before."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.night import NIGHTS
from tests.servers import ROOT

_PLACES = ("/usr/lib", "/usr/local/lib", "/opt/homebrew/lib")


def _faketime() -> Path:
    """Return libfaketime's library for threads; a missing one is a failure, as the plan of faults asks."""
    found = [path for place in _PLACES for path in Path(place).glob("**/faketime/libfaketimeMT*")]
    assert found, "libfaketime is missing: apt-get install libfaketime"
    return found[0]


def _lived_through(night: str, folder: Path) -> dict[str, Any]:
    clock = folder / "clock"
    clock.write_text("@2027-01-01 00:00:00\n")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "FACTCHECK_VAR": str(folder / "var"),
        "DATABASE_URL": f"sqlite:///{folder / 'night.sqlite3'}",
        "REDIS_URL": "",
        "LD_PRELOAD": str(_faketime()),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "TZ": "UTC",
    }
    command = [sys.executable, "-m", "tests.faults.night", night]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


@pytest.mark.parametrize("night", sorted(NIGHTS))
def test_in_a_night_of_a_clock_change_each_is_published_once_at_its_moment(
    night: str, tmp_path: Path
) -> None:
    expected = {typed: moment for typed, moment in NIGHTS[night][1] if moment is not None}
    told = _lived_through(night, tmp_path)
    assert told["due"] == expected
    assert told["refused"] == [typed for typed, moment in NIGHTS[night][1] if moment is None]
    assert told["refusals"] == []
    # The clock moves by ten minutes and every moment is a multiple of that, so each goes out at its own.
    assert sorted(map(tuple, told["published"])) == sorted(expected.items())
    for now, entries in told["seen"]:
        assert entries == sum(moment <= now for moment in expected.values()), (now, entries)
