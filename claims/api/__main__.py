"""``python -m claims.api``: write the schema of the API into ``claims/api/openapi.json``."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
django.setup()

from claims.api.openapi import COMMITTED, written  # noqa: E402

COMMITTED.write_text(written(), "utf-8")
