"""Asking for the comparison of the search index with the database, and doing it: one job per kind and slot."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims import jobs
from claims.actions.indexing import find_and_repair_drift
from claims.models import Job
from claims.search.base import INDEX_KINDS

REPAIR = "repair_drift"
#: Finished comparisons are kept so long, to be looked at.
KEPT = timedelta(days=7)


def request_drift_repair() -> int:
    """Enqueue one comparison for each kind of index; return for how many.

    The job's subject is the place of the kind among the kinds, from 1, and its version the slot, so that a
    second beat enqueues nothing; a kind whose comparison still waits or runs gets no second one.
    """
    now = timezone.now()
    slot = int(now.timestamp() // settings.DRIFT_REPAIR_SECONDS)
    unfinished = set(
        Job.objects.filter(kind=REPAIR, state__in=Job.UNFINISHED).values_list("subject", flat=True)
    )
    subjects = [place for place in range(1, len(INDEX_KINDS) + 1) if place not in unfinished]
    for subject in subjects:
        with transaction.atomic():
            jobs.enqueue(REPAIR, subject, subject_version=slot)
    Job.objects.filter(kind=REPAIR, state=Job.State.DONE, finished_at__lt=now - KEPT).delete()
    return len(subjects)


def repair_drift(subject: int) -> None:
    """Compare and repair the kind at this place; the job's body. Raises ``SearchUnavailable``."""
    find_and_repair_drift(INDEX_KINDS[subject - 1])
