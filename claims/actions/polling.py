"""Asking for the feeds that are due: one job per feed and minute, however many beats tick."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from claims import jobs
from claims.models import Job, Source

POLL = "poll_source"
#: Finished polls are kept so long, to be looked at.
KEPT = timedelta(days=7)


def request_due_polls() -> int:
    """Enqueue a poll for each active source whose time has come; return how many were due.

    The job's version is the minute, so a second beat enqueues nothing, and a source whose poll still
    waits or runs gets no second one.
    """
    now = timezone.now()
    minute = int(now.timestamp()) // 60
    unfinished = Job.objects.filter(kind=POLL, subject=OuterRef("pk"), state__in=Job.UNFINISHED)
    due = Source.objects.filter(Q(next_poll_at__isnull=True) | Q(next_poll_at__lte=now), active=True)
    ids = list(due.exclude(Exists(unfinished)).values_list("pk", flat=True))
    for source_id in ids:
        with transaction.atomic():
            jobs.enqueue(POLL, source_id, subject_version=minute)
    Job.objects.filter(kind=POLL, state=Job.State.DONE, finished_at__lt=now - KEPT).delete()
    return len(ids)
