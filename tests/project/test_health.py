"""``/healthz`` and ``/readyz``: what they ask, and what they say when a part is away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims import jobs, search
from factcheck import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def all_well(monkeypatch: pytest.MonkeyPatch, engine: None) -> None:
    monkeypatch.setattr(health, "ping", lambda url: None)


def test_healthz_answers_without_the_database(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_readyz_names_every_part_with_its_measure(client: Client, all_well: None) -> None:
    response = client.get("/readyz")
    body = response.json()
    assert (response.status_code, body["ready"]) == (200, True)
    assert body["queue"] == {"ok": True, "oldest_due_seconds": 0.0}
    assert body["index"]["generations"] == {"passages": 1, "claims": 1, "articles": 1}
    assert body["index"]["waiting_passages"] == 0
    assert body["database"]["ok"]
    assert body["broker"]["ok"]


def test_readyz_fails_when_the_broker_is_away_and_keeps_its_address_to_itself(
    client: Client, all_well: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(url: str) -> None:
        raise ConnectionError("redis://secret@10.0.0.7 refused")

    monkeypatch.setattr(health, "ping", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["broker"] == {"ok": False, "error": "ConnectionError"}
    assert "10.0.0.7" not in response.content.decode()


def test_readyz_fails_when_a_due_job_has_waited_for_minutes(client: Client, all_well: None) -> None:
    jobs.enqueue("gather_evidence", 1, due_at=timezone.now() - timedelta(minutes=6))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["queue"]["oldest_due_seconds"] > 350


def test_readyz_fails_when_no_index_is_complete(client: Client, all_well: None, settings, tmp_path) -> None:
    settings.SEARCH_FOLDER = tmp_path / "nothing"
    search.reset_backend()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["index"] == {"ok": False, "error": "IndexMissing"}
