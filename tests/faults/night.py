"""T14: one night in which the clocks of Kyiv change, lived through by the real schedule under libfaketime.

Run as ``python -m tests.faults.night NIGHT`` with libfaketime loaded and FAKETIME_TIMESTAMP_FILE naming the
file that holds the time, so that Python's clock and the database's (SQLite, in this process) agree.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

#: night → (the evening before it in UTC, [typed local time, moment in UTC or None where it is refused])
NIGHTS: dict[str, tuple[str, list[tuple[str, str | None]]]] = {
    "spring": (
        "2027-03-27T21:00",
        [
            ("2027-03-28T02:50", "2027-03-28T00:50"),
            ("2027-03-28T03:00", None),
            ("2027-03-28T03:30", None),
            ("2027-03-28T03:59", None),
            ("2027-03-28T04:00", "2027-03-28T01:00"),
            ("2027-03-28T04:10", "2027-03-28T01:10"),
        ],
    ),
    "autumn": (
        "2027-10-30T21:00",
        [
            ("2027-10-31T02:50", "2027-10-30T23:50"),
            ("2027-10-31T03:00", None),
            ("2027-10-31T03:30", None),
            ("2027-10-31T03:59", None),
            ("2027-10-31T03:30+03:00", "2027-10-31T00:30"),
            ("2027-10-31T03:30+02:00", "2027-10-31T01:30"),
            ("2027-10-31T04:10", "2027-10-31T02:10"),
        ],
    ),
}
ZONE = "Europe/Kyiv"
#: How far the clock is moved at once.
STEP = timedelta(minutes=10)


def main(night: str) -> int:
    """Print, as JSON, what was due when and published when; the test judges it."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    evening, cases = NIGHTS[night]
    now = _utc(evening)
    _set_clock(now)
    call_command("migrate", verbosity=0)
    due, refused = _schedule(cases)
    told: dict[str, object] = {"refused": refused, "due": due}
    seen: list[tuple[str, int]] = []
    end = max(_utc(moment) for moment in due.values()) + timedelta(minutes=20)
    while now <= end:
        _set_clock(now)
        _at_once(*[_work] * 2)
        seen.append((f"{now:%Y-%m-%dT%H:%M}", _entries()))
        now += STEP
    print(json.dumps(told | {"seen": seen, "published": _published(), "refusals": _refusals()}))
    return 0


def _utc(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def _set_clock(now: datetime) -> None:
    clock = Path(os.environ["FAKETIME_TIMESTAMP_FILE"])
    written = clock.with_suffix(".new")
    written.write_text(f"@{now:%Y-%m-%d %H:%M:%S}\n")
    # Replaced at once: a clock that is read while it is written would show the real time.
    written.replace(clock)


def _schedule(cases: list[tuple[str, str | None]]) -> tuple[dict[str, str], list[str]]:
    """Schedule one verdict for each local time; return the moments by their typed times, and the refused."""
    from claims.actions.refusals import Invalid
    from claims.admin.moments import local_moment
    from tests.newsroom import open_newsroom

    newsroom = open_newsroom()
    due: dict[str, str] = {}
    refused: list[str] = []
    for typed, _moment in cases:
        try:
            publish_at = local_moment(typed, ZONE)
        except Invalid:
            refused.append(typed)
            continue
        verdict = newsroom.approved(title=typed)
        newsroom.scheduled(verdict, publish_at=publish_at)
        due[typed] = f"{publish_at:%Y-%m-%dT%H:%M}"
    return due, refused


def _work() -> None:
    """Do what is due, as beat's sweep and a worker would."""
    from django.db import connection

    from claims import jobs
    from claims.jobs.sweeping import reserve_due
    from claims.models import Job
    from claims.tasks import BODIES

    try:
        # Both workers are given every job that waits, whoever reserved it: the lease decides.
        reserve_due()
        kind = Job.objects.filter(kind="publish_scheduled")
        for job_id in kind.exclude(state="done").values_list("pk", flat=True):
            jobs.run(job_id, BODIES)
    finally:
        connection.close()


def _at_once(*steps: Callable[[], None]) -> None:
    threads = [threading.Thread(target=step) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _entries() -> int:
    from claims.selectors.feeds import feed_window

    return len(feed_window().entries)


def _published() -> list[tuple[str, str]]:
    from claims.models import PublishedRevision

    rows = PublishedRevision.objects.order_by("pk").values_list("verdict__title", "published_at")
    return [(title, f"{at.astimezone(UTC):%Y-%m-%dT%H:%M}") for title, at in rows]


def _refusals() -> list[str]:
    """Return why anything was not published: the notes of what went back to the desk, the errors of jobs."""
    from claims.models import ClaimEvent, Job

    put_back = ClaimEvent.objects.filter(verb="unschedule").values_list("note", flat=True)
    failed = Job.objects.filter(kind="publish_scheduled").exclude(last_error="")
    return [*put_back, *failed.values_list("last_error", flat=True)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
