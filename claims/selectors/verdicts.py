"""Verdicts as rules and screens read them: the hashed content, the dossier for the gates, the diff."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from claims.models import (
    Approval,
    Citation,
    Claim,
    Evidence,
    Publication,
    Rating,
    RatingScale,
    Verdict,
)
from claims.rules.approvals import GivenApproval, approvals_required, valid_approvers
from claims.rules.dossier import ChosenRating, CitedEvidence, PlannedSnapshot, VerdictDossier, WhereSaid
from claims.rules.hashing import HashedContent, HashedEvidence, content_hash
from claims.rules.ratings import RatingStep

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
    return (
        Verdict.objects.select_related(
            "claim__desk", "claim__claimant", "rating__scale", "recorder", "last_editor"
        )
        .prefetch_related(
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
        .get(pk=verdict_id)
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
    return approvals_required(claim.desk.approvals_required, risk=claim.risk, tier=verdict.tier)


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
        claimant=f"{claim.claimant.kind} {claim.claimant.name}" if claim.claimant else "",
        attribution=claim.attribution,
        made=made_as_text(claim),
        appearances=tuple(
            "\n".join((place.url, place.offline_origin, place.exact, place.printed_time))
            for place in sorted(claim.appearances.all(), key=lambda place: place.pk)
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


def dossier_of(
    verdict: Verdict, *, now: datetime | None = None, planned: PlannedSnapshot | None = None
) -> VerdictDossier:
    """Return ``verdict`` (from ``verdict_with_content``) as the gates see it."""
    claim = verdict.claim
    publication = Publication.objects.filter(claim=claim, language=verdict.language).first()
    return VerdictDossier(
        now=now or timezone.now(),
        language=verdict.language,
        claim_reviewed=verdict.claim_reviewed,
        justification=verdict.justification,
        organisation_name=settings.ORGANISATION_NAME,
        rating=chosen_rating(verdict.rating) if verdict.rating else None,
        active_labels=active_labels(),
        claimant_name=claim.claimant.name if claim.claimant else "",
        claimant_kind=claim.claimant.kind if claim.claimant else "",
        claim_made=claim.made_at or claim.made_on,
        appearances=tuple(
            WhereSaid(place.url or (place.article.url if place.article else ""), place.offline_origin)
            for place in claim.appearances.all()
        ),
        citations=tuple(_cited(citation.evidence) for citation in verdict.citations.all()),
        accepted_stances=_accepted_stances(claim),
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


def active_labels() -> frozenset[str]:
    """Return every label, in every language, of the scales in use."""
    rows = Rating.objects.filter(scale__active=True).values_list("label_en", "label_uk", "label_ru")
    return frozenset(label for row in rows for label in row if label)


def ratings_on_offer() -> list[Rating]:
    """Return the steps of the newest frozen version of every active scale, in their order."""
    newest: dict[str, RatingScale] = {}
    for scale in RatingScale.objects.filter(active=True, frozen_at__isnull=False).order_by("version"):
        newest[scale.key] = scale
    ratings = Rating.objects.filter(scale__in=newest.values()).select_related("scale")
    return list(ratings.order_by("scale__key", "ordinal"))


def _cited(evidence: Evidence) -> CitedEvidence:
    return CitedEvidence(
        evidence_id=evidence.pk,
        stance=evidence.stance,
        accepted=evidence.state == Evidence.State.ACCEPTED,
        origin=evidence.origin,
        is_primary=evidence.passage.document.is_primary,
    )


def _accepted_stances(claim: Claim) -> frozenset[str]:
    accepted = Evidence.objects.filter(claim=claim, state=Evidence.State.ACCEPTED)
    return frozenset(accepted.order_by().values_list("stance", flat=True).distinct())


def _published_rating(publication: Publication | None) -> str:
    if publication is None or publication.current is None:
        return ""
    rating = publication.current.verdict.rating
    return rating.key if rating else ""


def iso_utc(moment: datetime | None) -> str:
    """Return ``moment`` as RFC 3339 in UTC, with microseconds only where there are any; "" for none."""
    return (
        moment.astimezone(timezone.get_fixed_timezone(0)).isoformat().replace("+00:00", "Z") if moment else ""
    )


def made_as_text(claim: Claim) -> str:
    """Return when the claim was made: a moment in UTC, a bare date as it is, or "" where it is not known."""
    return iso_utc(claim.made_at) or (claim.made_on.isoformat() if claim.made_on else "")


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """How one field differs between two revisions; ``pieces`` are (``same``|``gone``|``new``, words)."""

    field: str
    label: str
    pieces: tuple[tuple[str, str], ...]


def diff_of(before: dict[str, str], after: dict[str, str]) -> list[FieldDiff]:
    """Return the fields that differ, word by word. Both map a field of ``Verdict`` to its words."""
    return [
        FieldDiff(field, str(_label(field)), _pieces(before.get(field, ""), after.get(field, "")))
        for field in after
        if before.get(field, "") != after.get(field, "")
    ]


def written_words(verdict: Verdict) -> dict[str, str]:
    """Return what a person wrote or chose in ``verdict``, field by field, as words that can be compared.

    They are kept in the history, so they do not depend on the language of the interface.
    """
    words = {"rating": verdict.rating.label(verdict.language) if verdict.rating else ""}
    words |= {field: str(getattr(verdict, field)) for field in WRITTEN_FIELDS}
    words["citations"] = "\n".join(
        words_of_evidence(citation.evidence) for citation in verdict.citations.all()
    )
    return words


def words_of_evidence(evidence: Evidence) -> str:
    return f"{evidence.stance}: {evidence.passage}"


def _label(field: str) -> str:
    if field == "citations":
        return str(Citation._meta.verbose_name_plural).capitalize()
    if field == "rating":
        return str(Rating._meta.verbose_name).capitalize()
    return str(Verdict._meta.get_field(field).verbose_name).capitalize()  # type: ignore[union-attr]


def _pieces(before: str, after: str) -> tuple[tuple[str, str], ...]:
    old, new = before.split(" "), after.split(" ")
    pieces: list[tuple[str, str]] = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", " ".join(old[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(("gone", " ".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(("new", " ".join(new[j1:j2])))
    return tuple(pieces)
