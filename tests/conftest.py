"""What every test shares: files and broker of its own, marks for the database, and no silent skips in CI.

Invariant: a test run touches neither ``var/`` of the working copy nor a server that it did not start.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples

from tests.faults.soak import SOAK

_DATABASE_FIXTURES = {"db", "transactional_db", "client", "admin_client", "live_server", "admin_user"}
_TESTS = Path(__file__).parent
_SAME_ON_ANY = {"browser", "project", "web"}

# The same examples in every run, and none fails because the machine is busy; FACTCHECK_SOAK=1 draws new ones.
examples.register_profile(
    "repeatable", deadline=None, derandomize=not SOAK, suppress_health_check=[HealthCheck.too_slow]
)
examples.load_profile("repeatable")


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings
    from django.core.management import call_command

    from factcheck.celery import app
    from tests.guarded import let_flush_pass_the_guards

    let_flush_pass_the_guards()
    call_command("compile_translations", verbosity=0)
    # A test that commits sends hints; they go nowhere unless the test starts a broker.
    settings.CELERY_BROKER_URL = "memory://localhost/"
    app.conf.broker_url = app.conf.broker_read_url = app.conf.broker_write_url = "memory://localhost/"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the database, so that the run against PostgreSQL can choose it.

    Pages and routes are the same on any database: what they ask of it is tested in the rooms behind them. What
    needs PostgreSQL by itself has met it in the first run already.
    """
    for item in items:
        if item.get_closest_marker("postgres") or item.path.relative_to(_TESTS).parts[0] in _SAME_ON_ANY:
            continue
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & _DATABASE_FIXTURES:
            item.add_marker(pytest.mark.database)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With FACTCHECK_REQUIRE_SERVERS=1 a skipped test is a failed run: nothing may be missing there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("FACTCHECK_REQUIRE_SERVERS") != "1" or reporter is None:
        return
    if reporter.stats.get("skipped") and exitstatus == pytest.ExitCode.OK:
        reporter.write_line("Tests were skipped although FACTCHECK_REQUIRE_SERVERS=1.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def own_files() -> Iterator[Path]:
    """Give this run its own search index and media folder."""
    from django.conf import settings

    with tempfile.TemporaryDirectory(prefix="factcheck-tests-") as folder:
        settings.SEARCH_FOLDER = Path(folder) / "search"
        # The embedded engine, unless a test asks for the server that the environment names.
        settings.ELASTICSEARCH_URL = ""
        settings.STATIC_ROOT = Path(folder) / "static"
        settings.STATIC_ROOT.mkdir()
        settings.MEDIA_ROOT = Path(folder) / "media"
        yield Path(folder)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, own_files: Path) -> None:
    """Put SQLite's test database into this run's folder, so that two runs at once do not share it."""
    from django.conf import settings

    default = settings.DATABASES["default"]
    if default["ENGINE"] == "django.db.backends.sqlite3":
        default["TEST"]["NAME"] = str(own_files / "test.sqlite3")


@pytest.fixture
def engine(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Give the test an empty search index of its own: rows of a rolled-back test come back with the same ids."""
    from claims import search

    settings.SEARCH_FOLDER = tmp_path / "search"
    search.reset_backend()
    search.get_backend().ensure()
    yield
    search.reset_backend()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Start each test in English: a request in another language leaves its thread speaking that."""
    from django.utils import translation

    with translation.override("en"):
        yield
