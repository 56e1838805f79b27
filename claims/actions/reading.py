"""Keeping what was read of passages and documents, so that gathering need not read them again.

The rows are a copy: losing one costs a reading, and writing one twice changes nothing.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Model

from claims.search.kept_readings import KEPT_IN, Kept

logger = logging.getLogger(__name__)


def keep_readings(rows: Iterable[Kept]) -> None:
    """Write the rows, except those whose passage or document is gone; what is not kept is read anew."""
    by_model: dict[type[Kept], list[Kept]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.pk):
        by_model[type(row)].append(row)
    try:
        with transaction.atomic():
            for read, kept_in in KEPT_IN.items():
                if listed := by_model[kept_in]:
                    _keep(read, kept_in, listed)
    except IntegrityError as gone:
        logger.info("readings were not kept, for a row that was read is gone: %s", gone)


def _keep(read: type[Model], kept_in: type[Model], rows: list[Kept]) -> None:
    asked = read._default_manager.filter(pk__in=[row.pk for row in rows])
    standing = set(asked.values_list("pk", flat=True))
    kept_in._default_manager.bulk_create(
        [row for row in rows if row.pk in standing],
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=["stamp", "kept"],
    )
