"""System checks: each finds the setting that is out of order, and only that."""

from __future__ import annotations

from django.core.checks import run_checks

from claims import checks


def _ids(deploy: bool = False) -> set[str]:
    found = run_checks(include_deployment_checks=deploy)
    return {message.id for message in found if message.id and message.id.startswith("claims.")}


def test_the_settings_as_they_come_are_in_order() -> None:
    assert _ids() == set()


def test_a_lease_that_a_missed_heartbeat_ends_is_an_error(settings) -> None:
    settings.JOB_LEASE_SECONDS, settings.JOB_HEARTBEAT_SECONDS = 60, 21
    assert _ids() == {"claims.E001"}


def test_a_task_longer_than_its_message_lives_is_an_error(settings) -> None:
    settings.JOB_TIME_LIMIT_SECONDS = 3600
    assert _ids() == {"claims.E002"}


def test_a_loosened_content_security_policy_is_an_error(settings) -> None:
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"script-src": ["'self'", "'unsafe-inline'"]}}
    assert _ids() == {"claims.E003"}


def test_a_site_below_a_path_is_an_error(settings) -> None:
    settings.SITE_URL = "https://example.org/check"
    assert _ids() == {"claims.E004"}


def test_a_deployment_without_https_redis_and_postgresql_is_told_so(settings, monkeypatch) -> None:
    settings.SECURE, settings.REDIS_URL = False, ""
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    found = {message.id for message in checks.an_installation_for_readers_is_complete(None)}
    assert found == {"claims.E005", "claims.W001", "claims.W002"}
