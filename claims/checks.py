"""System checks: settings that must stand in order are errors at start-up, not surprises at night."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

_UNSAFE = ("'unsafe-inline'", "'unsafe-eval'", "*")


@register()
def job_times_stand_in_order(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A lease must outlive two missed heartbeats, and a message every task."""
    found: list[CheckMessage] = []
    if settings.JOB_HEARTBEAT_SECONDS * 3 > settings.JOB_LEASE_SECONDS:
        found.append(
            Error(
                "JOB_HEARTBEAT_SECONDS is more than a third of JOB_LEASE_SECONDS.",
                hint="A worker that misses one beat would lose its jobs to another.",
                id="claims.E001",
            )
        )
    if settings.JOB_TIME_LIMIT_SECONDS > 3000:
        found.append(
            Error(
                "JOB_TIME_LIMIT_SECONDS is more than 3000.",
                hint="The broker gives a message out again after 3600 s; a longer task would run twice.",
                id="claims.E002",
            )
        )
    return found


@register(Tags.security)
def pages_run_no_foreign_code(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The content security policy may not be loosened."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return [
        Error(f"The content security policy allows {source} in {name}.", id="claims.E003")
        for name, sources in directives.items()
        if isinstance(sources, (list, tuple, set))
        for source in sources
        if source in _UNSAFE
    ]


@register(Tags.compatibility)
def the_site_has_one_address(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Published links are made from SITE_URL, which therefore is an origin and nothing more."""
    parts = urlsplit(settings.SITE_URL)
    if parts.path or parts.query or parts.fragment or parts.username:
        return [
            Error(
                f"SITE_URL={settings.SITE_URL!r} is more than scheme, host and port.",
                hint="The site is served from the root of its host.",
                id="claims.E004",
            )
        ]
    return []


@register(deploy=True)
def an_installation_for_readers_is_complete(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Checked by ``check --deploy``: what the embedded defaults of one machine do not give."""
    found: list[CheckMessage] = []
    if not settings.SECURE:
        found.append(
            Error(
                "SITE_URL is not https.",
                hint="Passwords and sessions would travel in the open.",
                id="claims.E005",
            )
        )
    if not settings.REDIS_URL:
        found.append(
            Warning("REDIS_URL is not set.", hint="Several machines need one broker.", id="claims.W001")
        )
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        found.append(
            Warning(
                "The database is SQLite.",
                hint="Several machines, or many people at once, need DATABASE_URL with PostgreSQL.",
                id="claims.W002",
            )
        )
    return found
