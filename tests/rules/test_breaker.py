"""The breaker lets a failing server rest and lets one call find out whether it is back."""

from __future__ import annotations

from claims.rules.breaker import Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_opens_after_failures_in_a_row_only() -> None:
    breaker = Breaker(failures=3, pause_s=5, clock=Clock())
    for succeeded in (False, False, True, False, False):
        assert breaker.closed()
        breaker.record(succeeded=succeeded)
    assert breaker.closed()
    breaker.record(succeeded=False)
    assert not breaker.closed()


def test_after_the_pause_one_call_is_let_through_and_decides() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, pause_s=5, clock=clock)
    breaker.record(succeeded=False)
    clock.now = 4.9
    assert not breaker.closed()
    clock.now = 5.0
    assert [breaker.closed(), breaker.closed()] == [True, False]
    breaker.record(succeeded=False)
    clock.now = 9.9
    assert not breaker.closed()
    clock.now = 10.0
    assert breaker.closed()
    breaker.record(succeeded=True)
    assert [breaker.closed(), breaker.closed()] == [True, True]
