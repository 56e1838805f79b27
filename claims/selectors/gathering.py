"""How gathering stands: open jobs by kind, and what each claim's evidence says in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from claims.models import Claim, Evidence, Job, StanceChoice
from claims.rules.lifecycle import OPEN_CLAIM_STATES


@dataclass(frozen=True, slots=True)
class GatheredClaim:
    """Documents by stance, independent origins among those that support or contradict, seconds of work.

    ``seconds`` is None while the last gathering has not ended; rejected evidence does not count.
    """

    claim_id: int
    title: str
    supports: int
    contradicts: int
    context: int
    origins: int
    seconds: float | None


def claims_without_evidence() -> list[Claim]:
    """Return the open claims for which nothing was ever gathered, oldest first."""
    return list(Claim.objects.filter(gathered_at__isnull=True, state__in=OPEN_CLAIM_STATES).order_by("pk"))


def count_jobs(kinds: Sequence[str]) -> tuple[int, int]:
    """Return ``(ended, all)`` over the jobs of these kinds that are due by now or have ended."""
    rows = Job.objects.filter(kind__in=kinds)
    unfinished = Q(state__in=Job.UNFINISHED)
    counted = rows.aggregate(ended=Count("pk", filter=~unfinished), everything=Count("pk"))
    return counted["ended"], counted["everything"]


def gathered_claims(*, limit: int) -> list[GatheredClaim]:
    """Return the newest ``limit`` open claims, in the order in which they were logged. Two queries."""

    def documents(stance: str) -> Count:
        return Count(
            "evidence__passage__document",
            distinct=True,
            filter=Q(evidence__stance=stance) & ~Q(evidence__state=Evidence.State.REJECTED),
        )

    telling = Q(evidence__stance__in=[StanceChoice.SUPPORTS, StanceChoice.CONTRADICTS])
    newest = (
        Claim.objects.filter(state__in=OPEN_CLAIM_STATES)
        .annotate(
            supports=documents(StanceChoice.SUPPORTS),
            contradicts=documents(StanceChoice.CONTRADICTS),
            context=documents(StanceChoice.CONTEXT),
            origins=Count(
                "evidence__origin",
                distinct=True,
                filter=telling & ~Q(evidence__state=Evidence.State.REJECTED),
            ),
        )
        .order_by("-pk")[:limit]
    )
    rows = list(newest)
    seconds = _seconds_of_work([claim.pk for claim in rows])
    return [
        GatheredClaim(
            claim.pk,
            str(claim),
            claim.supports,
            claim.contradicts,
            claim.context,
            claim.origins,
            seconds.get(claim.pk),
        )
        for claim in reversed(rows)
    ]


def _seconds_of_work(claim_ids: Sequence[int]) -> dict[int, float]:
    """Return for each claim how long its last finished gathering took, from its start to its end."""
    ended = Job.objects.filter(
        kind="gather_evidence", subject__in=claim_ids, state=Job.State.DONE, started_at__isnull=False
    ).order_by("subject_version")
    return {
        job.subject: (job.finished_at - job.started_at).total_seconds()
        for job in ended
        if job.finished_at and job.started_at
    }
