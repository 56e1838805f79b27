"""Verdicts as rules and screens read them: the hashed content, the approvals that count, the written words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from claims.models import (
    Approval,
    Citation,
    Claim,
    Evidence,
    Person,
    Rating,
    RatingScale,
    Verdict,
)
from claims.publish.xml import rfc3339
from claims.rules.approvals import GivenApproval, approvals_required, valid_approvers
from claims.rules.hashing import HashedContent, HashedEvidence, content_hash
from claims.selectors.merging import other_claimants, places_said

#: The fields of a verdict that a person writes, in the order of the form and of a diff.
WRITTEN_FIELDS = (
    "claim_reviewed",
    "title",
    "summary",
    "justification",
    "uncertainty",
    "none_found",
    "tier",
    "correction_note",
)


def verdict_with_content(verdict_id: int) -> Verdict:
    """Return the verdict with everything that its hash and its gates read, in a fixed number of queries."""
    return with_everything(Verdict.objects.all()).get(pk=verdict_id)


def with_everything(verdicts: QuerySet[Verdict]) -> QuerySet[Verdict]:
    """Return ``verdicts`` with everything that their hashes and gates read, in a fixed number of queries."""
    return verdicts.select_related(
        "claim__desk", "claim__claimant", "rating__scale", "recorder", "last_editor"
    ).prefetch_related(
        "co_authors",
        "approvals__approver",
        "claim__appearances__article__outlet",
        Prefetch(
            "citations",
            Citation.objects.select_related("evidence__passage__document__outlet").defer(
                "evidence__passage__document__raw", "evidence__passage__document__text"
            ),
        ),
    )


def author_ids(verdict: Verdict) -> frozenset[int]:
    """Return the recorder, the last editor and every co-author: nobody of them may approve (rule 1)."""
    co_authors = {person.pk for person in verdict.co_authors.all()}
    return frozenset({verdict.recorder_id, verdict.last_editor_id} | co_authors)


def decided_by(verdict: Verdict) -> frozenset[int]:
    """Return everyone who has given a decision on this revision: nobody of them may edit it."""
    return frozenset(approval.approver_id for approval in verdict.approvals.all())


def required_approvals(verdict: Verdict) -> int:
    claim = verdict.claim
    return approvals_required(
        claim.desk.approvals_required,
        risk=claim.risk,
        tier=verdict.tier,
        rests_on_anonymous=bool(verdict.exceptions.get("E15", "").strip()),
    )


def given_approvals(approvals: Iterable[Approval]) -> tuple[GivenApproval, ...]:
    return tuple(
        GivenApproval(
            approver_id=approval.approver_id,
            approved=approval.decision == Approval.Decision.APPROVED,
            content_hash=approval.content_hash,
        )
        for approval in approvals
    )


def approvers_that_count(verdict: Verdict) -> frozenset[int]:
    """Return the ids of the people whose approval is for the verdict's present hash."""
    given = given_approvals(verdict.approvals.all())
    return valid_approvers(given, content_hash=verdict.content_hash, author_ids=author_ids(verdict))


def hashed_content(verdict: Verdict, submitted_at: datetime | None) -> HashedContent:
    """Return what the content hash of ``verdict`` covers, as it stands now."""
    claim, rating = verdict.claim, verdict.rating
    return HashedContent(
        claim_text=claim.text,
        claim_language=claim.language,
        claimant="\n".join(
            f"{claimant.kind} {claimant.name}"
            for claimant in ([claim.claimant] if claim.claimant else []) + other_claimants(claim)
        ),
        attribution=claim.attribution,
        made=made_as_text(claim),
        appearances=tuple(
            "\n".join((place.url, place.offline_origin, place.exact, place.printed_time))
            for place in sorted(places_said(claim), key=lambda place: place.pk)
        ),
        language=verdict.language,
        rating=f"{rating.scale.key} {rating.scale.version} {rating.key}" if rating else "",
        claim_reviewed=verdict.claim_reviewed,
        title=verdict.title,
        summary=verdict.summary,
        justification=verdict.justification,
        uncertainty=verdict.uncertainty,
        none_found=verdict.none_found,
        tier=verdict.tier,
        correction_note=verdict.correction_note,
        submitted_at=iso_utc(submitted_at),
        evidence=tuple(_hashed_evidence(citation.evidence) for citation in verdict.citations.all()),
        exceptions=dict(verdict.exceptions),
    )


def present_hash(verdict: Verdict) -> str:
    """Return the hash of the content as it stands now, whatever was stored at submission."""
    return content_hash(hashed_content(verdict, verdict.submitted_at))


def _hashed_evidence(evidence: Evidence) -> HashedEvidence:
    document = evidence.passage.document
    return HashedEvidence(
        evidence_id=evidence.pk,
        stance=evidence.stance,
        state=evidence.state,
        address=document.url or document.key,
        text_sha256=document.text_sha256,
    )


def active_ratings() -> list[Rating]:
    """Return every step of every version of the scales in use, in their order. One query."""
    ratings = Rating.objects.filter(scale__active=True).select_related("scale")
    return list(ratings.order_by("scale__key", "scale__version", "ordinal"))


def ratings_by_id() -> dict[int, Rating]:
    """Return the ratings of every version of every scale, those of old ones too. One query."""
    ratings = Rating.objects.select_related("scale")
    return {rating.pk: rating for rating in ratings.order_by("scale__key", "scale__version", "ordinal")}


def labels_among(ratings: Iterable[Rating]) -> frozenset[str]:
    """Return every label of ``ratings`` in every language."""
    labels = (label for rating in ratings for label in (rating.label_en, rating.label_uk, rating.label_ru))
    return frozenset(label for label in labels if label)


def on_offer(ratings: Iterable[Rating]) -> list[Rating]:
    """Return those of ``ratings`` that belong to the newest frozen version of a scale in use."""
    frozen = [rating for rating in ratings if rating.scale.active and rating.scale.frozen_at is not None]
    newest: dict[str, RatingScale] = {}
    for rating in frozen:
        if rating.scale.version >= newest.get(rating.scale.key, rating.scale).version:
            newest[rating.scale.key] = rating.scale
    return [rating for rating in frozen if newest[rating.scale.key].pk == rating.scale_id]


def with_content(
    verdict: Verdict,
    claim: Claim,
    *,
    citations: list[Citation],
    approvals: list[Approval],
    co_authors: list[Person],
) -> Verdict:
    """Give ``verdict`` what was read already, so that nothing of it is asked of the database again."""
    verdict.claim = claim
    read: dict[str, object] = {"citations": citations, "approvals": approvals, "co_authors": co_authors}
    kept: dict[str, object] = verdict.__dict__.setdefault("_prefetched_objects_cache", {})
    kept.update(read)
    return verdict


def iso_utc(moment: datetime | None) -> str:
    """Return ``moment`` as RFC 3339 in UTC, with microseconds only where there are any; "" for none."""
    return rfc3339(moment) if moment else ""


def made_as_text(claim: Claim) -> str:
    """Return when the claim was made: a moment in UTC, a bare date as it is, or "" where it is not known."""
    return iso_utc(claim.made_at) or (claim.made_on.isoformat() if claim.made_on else "")


def written_words(verdict: Verdict) -> dict[str, str]:
    """Return what a person wrote or chose in ``verdict``, field by field, as words that can be compared.

    They are kept in the history, so they do not depend on the language of the interface.
    """
    words = {"rating": verdict.rating.label(verdict.language) if verdict.rating else ""}
    words |= {field: str(getattr(verdict, field)) for field in WRITTEN_FIELDS}
    words["exceptions"] = words_of_exceptions(verdict.exceptions)
    words["citations"] = "\n".join(
        words_of_evidence(citation.evidence) for citation in verdict.citations.all()
    )
    return words


def words_of_exceptions(exceptions: Mapping[str, str]) -> str:
    return "\n".join(f"{gate}: {reason}" for gate, reason in sorted(exceptions.items()) if reason)


def words_of_evidence(evidence: Evidence) -> str:
    return f"{evidence.stance}: {evidence.passage}"
