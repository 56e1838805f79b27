"""A database of its own beside the one that ``DATABASE_URL`` names, so that a benchmark touches no one's rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.utils import get_runner, setup_test_environment, teardown_test_environment


@contextmanager
def own_database(name: str, *, keep: bool = False) -> Iterator[None]:
    """Make the database ``name`` and drop it at the end; with ``keep`` it stays for the next run."""
    setup_test_environment()
    is_file = connection.vendor == "sqlite"
    connection.settings_dict["TEST"]["NAME"] = (
        str(Path(settings.VAR_DIR) / f"{name}.sqlite3") if is_file else name
    )
    runner = get_runner(settings)(verbosity=0, interactive=False, keepdb=keep)
    # What the database holds is not also kept in memory, which is what tests do to restore it.
    made = runner.setup_databases(serialized_aliases=[])
    try:
        yield
    finally:
        connection.close()
        if not keep:
            runner.teardown_databases(made)
        teardown_test_environment()
