"""The Celery app of the fault tests: the real one, which also loads the bodies that fail in every way.

Workers are started as ``celery -A tests.faults.rehearsal worker``.
"""

from factcheck.celery import app

__all__ = ["app"]

# Loaded by the worker once Django is set up.
app.conf.imports = ("tests.faults.rehearsal_bodies",)
