"""Writing job rows: enqueue, cancel, requeue. A row stands once per kind, subject and version of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from claims.jobs.clock import FromNow
from claims.jobs.sending import send_after_commit
from claims.models import Job


def enqueue(kind: str, subject: int, *, subject_version: int = 1, due_at: datetime | None = None) -> Job:
    """Write the job into the caller's transaction and hint at it after the commit; return its row.

    Idempotent: a row of the same kind, subject and version is left as it is, whatever its state.
    A job that is due later is not sent now; the sweep finds it when its time has come.
    """
    row = Job(
        kind=kind,
        subject=subject,
        subject_version=subject_version,
        due_at=FromNow() if due_at is None else due_at,
        created_at=FromNow(),
    )
    Job.objects.bulk_create([row], ignore_conflicts=True)
    job = Job.objects.get(kind=kind, subject=subject, subject_version=subject_version)
    if job.state == Job.State.WAITING and due_at is None:
        send_after_commit(job.pk)
    return job


def cancel(job_id: int) -> bool:
    """Stop a job that has not ended; its worker notices at its next step. False where it had ended."""
    unfinished = Job.objects.filter(pk=job_id, state__in=Job.UNFINISHED)
    return bool(
        unfinished.update(state=Job.State.CANCELLED, leased_until=None, finished_at=FromNow(), note="")
    )


def requeue(job_id: int) -> bool:
    """Give a dead or cancelled job a new set of starts, due at once. False where it is neither."""
    with transaction.atomic():
        ended = Job.objects.filter(pk=job_id, state__in=[Job.State.DEAD, Job.State.CANCELLED])
        changed = ended.update(
            state=Job.State.WAITING,
            starts=0,
            due_at=FromNow(),
            leased_until=None,
            finished_at=None,
            done_steps=0,
            all_steps=0,
            note="",
        )
        if changed:
            send_after_commit(job_id)
    return bool(changed)
