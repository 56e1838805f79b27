"""The pace at which watched pages are looked at again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.rules.looking import LONGEST_PAUSE, Pace, Seen, next_look

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
PACE = Pace(shortest=120, longest=4 * 3600, longest_failing=4 * 3600, silence=3 * 86_400)
#: As feeds have it: brought forward step by step, slower still while they fail, never over.
STEADY = Pace(shortest=300, longest=7200, longest_failing=21_600, quickening=2)


def _pause(seen: Seen, interval: float, **options: object) -> float:
    plan = next_look(NOW, PACE, seen=seen, interval=interval, changed_at=NOW, **options)  # type: ignore[arg-type]
    assert plan.at is not None
    return (plan.at - NOW).total_seconds()


def test_a_change_brings_the_shortest_pause_whatever_it_was() -> None:
    assert _pause(Seen.CHANGED, 4 * 3600) == 120


def test_without_changes_the_pauses_grow_up_to_the_longest() -> None:
    pauses, interval = [], 120.0
    for _ in range(15):
        plan = next_look(NOW, PACE, seen=Seen.UNCHANGED, interval=interval, changed_at=NOW)
        interval = plan.interval
        pauses.append(interval)
    assert all(before <= after for before, after in pairwise(pauses))
    assert pauses[0] == 180
    assert pauses[-1] == 4 * 3600


def test_failures_double_the_pause_and_keep_the_interval() -> None:
    plan = next_look(NOW, PACE, seen=Seen.FAILED, interval=600, changed_at=NOW, failures=3)
    assert plan.at == NOW + timedelta(seconds=4800)
    assert plan.interval == 600


def test_a_site_that_asks_for_a_pause_gets_it() -> None:
    assert _pause(Seen.FAILED, 120, failures=1, retry_after=7200) == 7200
    assert _pause(Seen.FAILED, 120, failures=1, retry_after=10**9) == LONGEST_PAUSE


def test_the_watch_ends_after_days_of_silence_but_a_change_wakes_it() -> None:
    long_ago = NOW - timedelta(days=3)
    assert next_look(NOW, PACE, seen=Seen.UNCHANGED, interval=600, changed_at=long_ago).at is None
    assert next_look(NOW, PACE, seen=Seen.FAILED, interval=600, changed_at=long_ago, failures=9).at is None
    assert next_look(NOW, PACE, seen=Seen.CHANGED, interval=600, changed_at=long_ago).at is not None


@given(
    seen=st.sampled_from(Seen),
    interval=st.floats(0, 1e9),
    failures=st.integers(0, 10_000),
    jitter=st.floats(0, 0.999),
)
def test_no_page_is_looked_at_more_often_than_the_bound(
    seen: Seen, interval: float, failures: int, jitter: float
) -> None:
    assert 120 <= _pause(seen, interval, failures=failures, jitter=jitter) <= LONGEST_PAUSE


def test_a_steady_pace_is_brought_forward_step_by_step() -> None:
    busy = next_look(NOW, STEADY, seen=Seen.CHANGED, interval=1200)
    quiet = next_look(NOW, STEADY, seen=Seen.UNCHANGED, interval=1200)
    assert (busy.interval, quiet.interval) == (600, 1800)
    assert busy.at == NOW + timedelta(seconds=600)
    assert next_look(NOW, STEADY, seen=Seen.CHANGED, interval=400).interval == 300


def test_a_failing_site_may_have_a_longer_pause_than_a_resting_one() -> None:
    plans = [next_look(NOW, STEADY, seen=Seen.FAILED, interval=600, failures=n) for n in (1, 2, 3, 50)]
    assert [plan.at for plan in plans] == [NOW + timedelta(seconds=s) for s in (1200, 2400, 4800, 21_600)]
    assert {plan.interval for plan in plans} == {600}
