"""Sending hints: within the budget whatever the broker does, and with a breaker."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from claims.jobs import sending
from claims.jobs.sending import PAUSE, WARM_UP, Sender
from tests.servers import wait_until

#: More than a busy machine takes to run the sender's thread once, in seconds.
AMPLE = 30.0


class Broker:
    """Stands where Celery stands: records, refuses, or blocks until it is released."""

    def __init__(self) -> None:
        self.sent: list[int] = []
        self.refuses = False
        self.released = threading.Event()
        self.released.set()

    def send_task(self, name: str, args: list[int], **options: object) -> None:
        assert (name, options["retry"]) == ("claims.tasks.run_job", False)
        self.released.wait(AMPLE)
        if self.refuses:
            raise ConnectionError("refused")
        self.sent += args


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    standing = Broker()
    monkeypatch.setattr(sending, "current_app", SimpleNamespace(send_task=standing.send_task))
    yield standing
    standing.released.set()


class Clock:
    """The sender's clock, which the test alone moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    standing = Clock()
    monkeypatch.setattr(sending, "time", standing)
    return standing


def _timed(sender: Sender, job_id: int, *, budget: float) -> tuple[int, float]:
    began = time.monotonic()
    return sender.send([job_id], budget=budget), time.monotonic() - began


def test_hints_go_out_in_order_and_are_counted(broker: Broker) -> None:
    sender = Sender()
    assert sender.send([1, 2, 3], budget=AMPLE) == 3
    assert sender.send([]) == 0
    assert broker.sent == [1, 2, 3]


def test_a_frozen_broker_costs_one_budget_and_opens_the_breaker_at_the_third_call(broker: Broker) -> None:
    broker.released.clear()
    sender = Sender()
    waits = [_timed(sender, number, budget=1.0) for number in range(6)]
    assert [sent for sent, _seconds in waits] == [0] * 6
    assert sum(seconds for _sent, seconds in waits) < 2.0, "a second budget was waited for"
    assert sender.is_open(time.monotonic())


def test_a_broker_that_refuses_opens_the_breaker_without_waiting(broker: Broker) -> None:
    broker.refuses = True
    sender = Sender()
    assert sum(_timed(sender, number, budget=AMPLE)[1] for number in range(5)) < AMPLE
    assert sender.is_open(time.monotonic())


def test_after_the_pause_one_trial_closes_or_opens_the_breaker(broker: Broker, clock: Clock) -> None:
    broker.refuses = True
    sender = Sender()
    for number in range(3):
        sender.send([number], budget=AMPLE)
    clock.now += PAUSE + 0.1
    assert not sender.is_open(clock.now)
    assert sender.send([3], budget=AMPLE) == 0
    assert sender.is_open(clock.now)
    broker.refuses = False
    clock.now += PAUSE + 0.1
    assert sender.send([4], budget=AMPLE) == 1
    assert not sender.is_open(clock.now)


def test_when_the_broker_thaws_hints_whose_budget_is_over_are_dropped_and_later_ones_go_out(
    broker: Broker,
) -> None:
    broker.released.clear()
    sender = Sender()
    sender.send([1, 2], budget=1.0)
    broker.released.set()
    wait_until(lambda: sender.send([3], budget=AMPLE) == 1, seconds=AMPLE, what="a later hint is out")
    assert broker.sent == [1, 3]


def test_a_slow_first_connection_raises_no_alarm_and_a_broker_that_stays_away_does(
    broker: Broker, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    connecting = threading.Event()

    class Pool:
        def acquire(self, *, block: bool) -> object:
            connecting.wait(AMPLE)
            raise ConnectionError("refused")

    monkeypatch.setattr("claims.jobs.sending.current_app.producer_pool", Pool(), raising=False)
    sender = Sender()
    for number in range(3):
        assert sender.send([number], budget=0.05) == 0
    assert not sender.is_open(clock.now)
    assert "does not answer" not in caplog.text
    clock.now += WARM_UP
    for number in range(3):
        sender.send([number], budget=0.05)
    assert sender.is_open(clock.now)
    connecting.set()
