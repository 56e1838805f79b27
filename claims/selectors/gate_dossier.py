"""A verdict as the gates see it: the dossier, filled from the database or from a form that is not saved yet.

The gates never look anywhere else, so a checklist while writing, at submission and at publication is one and
the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from claims.models import Claim, Evidence, Publication, Rating, Verdict
from claims.rules.approvals import ANONYMOUS_RISK
from claims.rules.dossier import ChosenRating, CitedEvidence, PlannedSnapshot, VerdictDossier, WhereSaid
from claims.rules.ratings import RatingStep
from claims.selectors.contacts import claimant_was_asked
from claims.selectors.merging import places_said
from claims.selectors.verdicts import (
    active_ratings,
    author_ids,
    given_approvals,
    labels_among,
    present_hash,
    required_approvals,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a verdict and is no part of it. A screen that has read it already passes it on.

    ``weighed``: how many pieces of evidence stand in each state and stance.
    """

    publication: Publication | None
    active_labels: frozenset[str]
    weighed: Mapping[tuple[str, str], int]
    claimant_asked: bool


def surroundings_of(verdict: Verdict) -> Surroundings:
    """Return what stands around ``verdict``. Four queries."""
    claim = verdict.claim
    publications = Publication.objects.select_related("current__verdict__rating")
    return Surroundings(
        publication=publications.filter(claim=claim, language=verdict.language).first(),
        active_labels=labels_among(active_ratings()),
        weighed=_weighed(claim),
        claimant_asked=claimant_was_asked(claim.pk),
    )


def dossier_of(
    verdict: Verdict,
    *,
    now: datetime | None = None,
    planned: PlannedSnapshot | None = None,
    around: Surroundings | None = None,
) -> VerdictDossier:
    """Return ``verdict`` (from ``verdict_with_content``) as the gates see it."""
    claim = verdict.claim
    around = around or surroundings_of(verdict)
    publication = around.publication
    return VerdictDossier(
        now=now or timezone.now(),
        language=verdict.language,
        claim_reviewed=verdict.claim_reviewed,
        justification=verdict.justification,
        organisation_name=settings.ORGANISATION_NAME,
        rating=chosen_rating(verdict.rating) if verdict.rating else None,
        active_labels=around.active_labels,
        claimant_name=claim.claimant.name if claim.claimant else "",
        claimant_kind=claim.claimant.kind if claim.claimant else "",
        claim_made=claim.made_at or claim.made_on,
        appearances=tuple(
            WhereSaid(place.url or (place.article.url if place.article else ""), place.offline_origin)
            for place in places_said(claim)
        ),
        citations=tuple(_cited(citation.evidence) for citation in verdict.citations.all()),
        accepted_stances=frozenset(
            stance for state, stance in around.weighed if state == Evidence.State.ACCEPTED
        ),
        undecided={
            stance: count
            for (state, stance), count in around.weighed.items()
            if state == Evidence.State.FOUND
        },
        none_found=verdict.none_found,
        exceptions=dict(verdict.exceptions),
        tier=verdict.tier,
        correction_note=verdict.correction_note,
        published_rating=_published_rating(publication),
        is_correction=publication is not None and publication.current_id is not None,
        first_published_at=publication.first_published_at if publication else None,
        publish_at=verdict.publish_at,
        content_hash=verdict.content_hash,
        present_hash=present_hash(verdict),
        author_ids=author_ids(verdict),
        approvals=given_approvals(verdict.approvals.all()),
        approvals_required=required_approvals(verdict),
        risk_is_anonymous_source=claim.risk == ANONYMOUS_RISK,
        claimant_asked=around.claimant_asked,
        planned=planned,
    )


def chosen_rating(rating: Rating) -> ChosenRating:
    return ChosenRating(
        step=RatingStep(
            rating.key,
            {"en": rating.label_en, "uk": rating.label_uk, "ru": rating.label_ru},
            rating.value,
        ),
        worst=rating.scale.worst,
        best=rating.scale.best,
        scale_is_frozen=rating.scale.frozen_at is not None,
    )


def _cited(evidence: Evidence) -> CitedEvidence:
    document = evidence.passage.document
    return CitedEvidence(
        evidence_id=evidence.pk,
        stance=evidence.stance,
        accepted=evidence.state == Evidence.State.ACCEPTED,
        origin=evidence.origin,
        is_primary=document.is_primary,
        source=str(document),
        url=document.url,
        capture_sha256=document.text_sha256 if document.captured_at else "",
        source_failed=bool(document.failure),
        words_gone=not evidence.words_stand,
        published=document.published_at or document.published_on,
    )


def _weighed(claim: Claim) -> dict[tuple[str, str], int]:
    rows = Evidence.objects.filter(claim=claim).order_by().values_list("state", "stance")
    return {(state, stance): count for state, stance, count in rows.annotate(count=Count("pk"))}


def _published_rating(publication: Publication | None) -> str:
    if publication is None or publication.current is None:
        return ""
    rating = publication.current.verdict.rating
    return rating.key if rating else ""
