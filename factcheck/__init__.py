"""Wiring only: settings, Celery, URLs and the launcher. Knows claims, and is known by nobody."""

from factcheck.celery import app as celery_app

__all__ = ["celery_app"]
