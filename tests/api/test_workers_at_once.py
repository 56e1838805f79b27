"""Several workers at once: a named write is done once, and a limit holds over all of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from claims.actions.named_writes import forget_old_requests
from claims.actions.request_counts import count_request
from claims.models import Claim, IdempotencyKey, RequestCount
from tests.api.conftest import Program
from tests.newsroom import open_newsroom

AT_ONCE = 8


@pytest.mark.django_db(transaction=True)
def test_a_write_that_is_sent_by_all_at_once_is_done_once() -> None:
    program = Program(open_newsroom())
    body = {"desk_id": program.newsroom.desk.pk, "text": "A tug sank.", "offline_origin": "Radio"}
    secret = program.secret("jonas")

    def send(_number: int) -> HttpResponse:
        sender = Program(program.newsroom, Client())
        try:
            return sender.post("/v1/claims", body, Authorization=f"Bearer {secret}", Idempotency_Key="once")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(send, range(AT_ONCE)))
    assert Claim.objects.count() == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    done = [answer for answer in answers if answer.status_code == 201]
    assert len({answer.content for answer in done}) == 1
    assert sum("Idempotency-Replayed" not in answer for answer in done) == 1


@pytest.mark.django_db(transaction=True)
def test_requests_are_counted_by_all_workers_together() -> None:
    def count(_number: int) -> int:
        try:
            return count_request("address 192.0.2.7")[0]
        finally:
            connections.close_all()

    # The minute does not turn in between.
    with time_machine.travel(timezone.now(), tick=False), ThreadPoolExecutor(AT_ONCE) as pool:
        counts = sorted(pool.map(count, range(5 * AT_ONCE)))
    assert counts == list(range(1, 5 * AT_ONCE + 1))
    assert "192.0.2.7" not in str(list(RequestCount.objects.values()))


@pytest.mark.django_db
def test_old_answers_and_counts_are_forgotten(program: Program) -> None:
    body = {"desk_id": program.newsroom.desk.pk, "text": "A tug sank.", "offline_origin": "Radio"}
    for key in ("old", "new"):
        program.post("/v1/claims", body, by="jonas", Idempotency_Key=key)
    IdempotencyKey.objects.filter(key="old").update(created_at=timezone.now() - timedelta(hours=25))
    RequestCount.objects.create(caller="long ago", minute=1)
    forget_old_requests()
    assert [row.key for row in IdempotencyKey.objects.all()] == ["new"]
    assert not RequestCount.objects.filter(caller="long ago").exists()
