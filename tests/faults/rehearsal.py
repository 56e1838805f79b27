"""The Celery app of the fault tests: the real one, which also loads the bodies that fail in every way.

Workers are started as ``celery -A tests.faults.rehearsal worker``.
"""

import os

from celery.signals import worker_init

from factcheck.celery import app, load_for_the_pool

__all__ = ["app"]

if "REHEARSE_READING" not in os.environ:
    # These bodies read no text, and some thirty workers are started, each of which would load for four seconds.
    worker_init.disconnect(load_for_the_pool)

# Loaded by the worker once Django is set up.
app.conf.imports = ("tests.faults.rehearsal_bodies",)
