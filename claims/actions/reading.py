"""Keeping what was read of passages and documents, so that gathering need not read them again.

The rows are a copy: losing one costs a reading, and writing one twice changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from claims.models import Document, DocumentReading, Passage, PassageReading

logger = logging.getLogger(__name__)


def keep_readings(rows: Iterable[PassageReading | DocumentReading]) -> None:
    """Write the rows, except those whose passage or document is gone; what is not kept is read anew."""
    listed = sorted(rows, key=lambda row: row.pk)
    passages = [row for row in listed if isinstance(row, PassageReading)]
    documents = [row for row in listed if isinstance(row, DocumentReading)]
    if not listed:
        return
    try:
        with transaction.atomic():
            standing = set(
                Passage.objects.filter(pk__in=[row.pk for row in passages]).values_list("pk", flat=True)
            )
            PassageReading.objects.bulk_create(
                [row for row in passages if row.pk in standing],
                update_conflicts=True,
                unique_fields=["passage"],
                update_fields=["stamp", "kept"],
            )
            standing = set(
                Document.objects.filter(pk__in=[row.pk for row in documents]).values_list("pk", flat=True)
            )
            DocumentReading.objects.bulk_create(
                [row for row in documents if row.pk in standing],
                update_conflicts=True,
                unique_fields=["document"],
                update_fields=["stamp", "kept"],
            )
    except IntegrityError as gone:
        logger.info("%d readings were not kept, for a row of them is gone: %s", len(listed), gone)
