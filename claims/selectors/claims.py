"""Claims for the pages: one claim with all that its page shows, and its evidence counted for lists."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from claims.models import (
    Appearance,
    Claim,
    ClaimEvent,
    Evidence,
    Job,
    Publication,
    Verdict,
    WordsChoice,
)
from claims.rules.lifecycle import PublicationState, VerdictState
from claims.selectors.comments import with_talk
from claims.selectors.jobs import newest_job

#: The newest events that a claim's page shows.
HISTORY_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """What the API's list is narrowed to; an empty value narrows nothing. ``mine`` is a person's id."""

    state: str = ""
    kind: str = ""
    language: str = ""
    mine: int | None = None

    def apply(self, claims: QuerySet[Claim]) -> QuerySet[Claim]:
        told = {"state": self.state, "kind": self.kind, "language": self.language}
        claims = claims.filter(**{name: value for name, value in told.items() if value})
        return claims.filter(logged_by=self.mine) if self.mine is not None else claims


def with_stances(claims: list[Claim]) -> list[Claim]:
    """Give each claim ``documents``: how many documents support, contradict, give context; and ``is_altered``:
    whether words that it or its accepted evidence quotes were changed or taken out since. Two queries."""
    counted = (
        Evidence.objects.filter(claim__in=claims)
        .exclude(state=Evidence.State.REJECTED)
        .values_list("claim_id", "stance")
        .annotate(documents=Count("passage__document", distinct=True))
        .order_by()
    )
    quoting = Appearance.objects.filter(claim__in=claims).exclude(words_state=WordsChoice.STANDS)
    resting = Evidence.objects.filter(claim__in=claims, state=Evidence.State.ACCEPTED).exclude(
        words_state=WordsChoice.STANDS
    )
    both = quoting.order_by().values_list("claim_id").union(resting.order_by().values_list("claim_id"))
    altered = {claim_id for (claim_id,) in both}
    by_claim: dict[int, dict[str, int]] = {claim.pk: {} for claim in claims}
    for claim_id, stance, documents in counted:
        by_claim[claim_id][stance] = documents
    for claim in claims:
        claim.documents = by_claim[claim.pk]  # type: ignore[attr-defined]
        claim.is_altered = claim.pk in altered  # type: ignore[attr-defined]
    return claims


def claim_for(desk_ids: Collection[int], claim_id: int, person_id: int | None = None) -> Claim | None:
    """Return one claim with claimant, desk, people and appearances, whether others were merged into it
    (``has_joined``) and how the person stands to it (``with_talk``), or None. Two queries."""
    appearances = Appearance.objects.select_related("article__outlet", "article__current", "update")
    return (
        with_talk(Claim.objects.filter(desk_id__in=desk_ids, pk=claim_id), person_id)
        .select_related("claimant", "desk", "logged_by", "held_by", "merged_into")
        .prefetch_related(
            Prefetch("appearances", appearances.defer("article__current__raw", "article__current__text"))
        )
        .annotate(has_joined=Exists(Claim.objects.filter(merged_into=OuterRef("pk"))))
        .first()
    )


def gather_job(claim: Claim) -> Job | None:
    """Return the newest job that gathers evidence for ``claim``."""
    return newest_job("gather_evidence", claim.pk)


def history_of(claim: Claim) -> list[ClaimEvent]:
    """Return the newest events of a claim, newest first."""
    return list(ClaimEvent.objects.filter(claim=claim).order_by("-sequence")[:HISTORY_SHOWN])


def outcome_of(claim: Claim) -> tuple[Verdict | None, list[Publication]]:
    """Return the revision that counts, the newest that was not withdrawn, and what readers see of ``claim``,
    by language, each with its ``current.verdict``. One query."""
    revisions = (
        Verdict.objects.filter(claim=claim)
        .select_related("rating__scale", "recorder", "published_revision__publication")
        .defer("justification", "published_revision__snapshot")
        .order_by("-revision")
    )
    newest, public = None, []
    for verdict in revisions:
        if newest is None and verdict.state != VerdictState.WITHDRAWN:
            newest = verdict
        published = getattr(verdict, "published_revision", None)
        if published is not None and published.publication.current_id == published.pk:
            published.publication.current = published
            public.append(published.publication)
    seen = [row for row in public if row.state != PublicationState.EMBARGOED]
    return newest, sorted(seen, key=lambda row: row.language)
