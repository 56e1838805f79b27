"""Sending hints: within the budget whatever the broker does, and with a breaker."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from claims.jobs import sending
from claims.jobs.sending import BUDGET, Sender


class Broker:
    """Stands where Celery stands: records, refuses, or blocks until it is released."""

    def __init__(self) -> None:
        self.sent: list[int] = []
        self.refuses = False
        self.released = threading.Event()
        self.released.set()

    def send_task(self, name: str, args: list[int], **options: object) -> None:
        assert (name, options["retry"]) == ("claims.tasks.run_job", False)
        self.released.wait(10)
        if self.refuses:
            raise ConnectionError("refused")
        self.sent += args


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    standing = Broker()
    monkeypatch.setattr(sending, "current_app", SimpleNamespace(send_task=standing.send_task))
    yield standing
    standing.released.set()


def _timed(sender: Sender, *job_ids: int) -> tuple[int, float]:
    began = time.monotonic()
    return sender.send(job_ids), time.monotonic() - began


def test_hints_go_out_in_order_and_are_counted(broker: Broker) -> None:
    sender = Sender()
    assert sender.send([1, 2, 3]) == 3
    assert sender.send([]) == 0
    assert broker.sent == [1, 2, 3]


def test_a_frozen_broker_costs_one_budget_and_opens_the_breaker_at_the_third_call(broker: Broker) -> None:
    broker.released.clear()
    sender = Sender()
    waits = [_timed(sender, number) for number in range(6)]
    assert [sent for sent, _seconds in waits] == [0] * 6
    assert sum(seconds for _sent, seconds in waits) < BUDGET + 0.05
    assert sender.is_open(time.monotonic())


def test_a_broker_that_refuses_opens_the_breaker_without_waiting(broker: Broker) -> None:
    broker.refuses = True
    sender = Sender()
    assert sum(_timed(sender, number)[1] for number in range(5)) < 0.2
    assert sender.is_open(time.monotonic())


def test_after_the_pause_one_trial_closes_or_opens_the_breaker(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PAUSE", 0.1)
    broker.refuses = True
    sender = Sender()
    for number in range(3):
        sender.send([number])
    time.sleep(0.12)
    assert sender.send([3]) == 0
    assert sender.is_open(time.monotonic())
    broker.refuses = False
    time.sleep(0.12)
    assert sender.send([4]) == 1
    assert not sender.is_open(time.monotonic())


def test_hints_whose_budget_is_over_are_dropped_when_the_broker_thaws(broker: Broker) -> None:
    broker.released.clear()
    sender = Sender()
    sender.send([1, 2])
    broker.released.set()
    time.sleep(0.1)
    assert broker.sent == [1]


def test_a_thawed_broker_is_used_again(broker: Broker) -> None:
    broker.released.clear()
    sender = Sender()
    sender.send([1])
    broker.released.set()
    time.sleep(0.1)
    assert sender.send([2]) == 1


def test_a_slow_first_connection_raises_no_alarm_and_a_broker_that_stays_away_does(
    broker: Broker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    connecting = threading.Event()

    class Pool:
        def acquire(self, *, block: bool) -> object:
            connecting.wait(10)
            raise ConnectionError("refused")

    monkeypatch.setattr("claims.jobs.sending.current_app.producer_pool", Pool(), raising=False)
    monkeypatch.setattr(sending, "WARM_UP", 3 * BUDGET + 0.1)
    sender = Sender()
    for number in range(3):
        assert _timed(sender, number)[0] == 0
    assert not sender.is_open(time.monotonic())
    assert "does not answer" not in caplog.text
    time.sleep(0.2)
    for number in range(3):
        sender.send([number])
    assert sender.is_open(time.monotonic())
    connecting.set()


def test_what_was_sent_while_the_sender_connected_goes_out_if_there_is_time(broker: Broker) -> None:
    sender = Sender()
    assert sender.send([7]) == 1
    assert broker.sent == [7]
