"""The durable job about a row, for those who show how it stands or give the next one its number."""

from __future__ import annotations

from claims.models import Job


def newest_job(kind: str, subject: int) -> Job | None:
    """Return the job of a kind about the newest version of a subject. One query."""
    return Job.objects.filter(kind=kind, subject=subject).order_by("-subject_version").first()
