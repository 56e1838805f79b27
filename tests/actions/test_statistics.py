"""SQLite is told how many rows there are; PostgreSQL finds out by itself."""

from __future__ import annotations

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection

from claims.actions.statistics import refresh_statistics
from tests.newsroom import Newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_beat_refreshes_the_statistics_by_a_task_that_exists() -> None:
    assert settings.CELERY_BEAT_SCHEDULE["refresh-statistics"]["task"] in current_app.tasks


def test_sqlite_knows_the_number_of_claims_after_a_refresh(newsroom: Newsroom) -> None:
    newsroom.claim()
    refreshed = refresh_statistics()
    assert refreshed == (connection.vendor == "sqlite")
    if refreshed:
        with connection.cursor() as cursor:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'claims_claim'")
            assert {row[0].split()[0] for row in cursor.fetchall()} == {"1"}
