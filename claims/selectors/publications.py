"""What readers get: the snapshot that a revision is published as, one public page and lists.

An embargoed publication exists for nobody here: no page, no list, no count, no feed byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from claims.language.sentences import split_sentences
from claims.models import Appearance, Approval, Claimant, Evidence, Publication, PublishedRevision, Verdict
from claims.publish.snapshot import (
    FORMAT,
    Snapshot,
    SnapshotAppearance,
    SnapshotClaimant,
    SnapshotCorrection,
    SnapshotEvidence,
    SnapshotPerson,
)
from claims.rules.lifecycle import PublicationState, VerdictState
from claims.selectors.merging import other_claimants, places_said
from claims.selectors.verdicts import approvers_that_count, iso_utc, made_as_text

#: What readers may see at all; an embargoed publication is not among it.
PUBLIC_STATES = tuple(sorted(set(PublicationState) - {PublicationState.EMBARGOED}))


# --- Taking the snapshot ------------------------------------------------------------------------------


def build_snapshot(
    verdict: Verdict,
    publication: Publication,
    *,
    revision: int,
    first_published_at: datetime,
    modified_at: datetime,
    published_at: datetime,
    publisher_name: str,
    content_hash: str,
) -> Snapshot:
    """Return what ``verdict`` (from ``verdict_with_content``) is published as."""
    claim, rating = verdict.claim, verdict.rating
    assert rating is not None, "Gate E3 lets no verdict without a rating come this far."
    # Written out and not asked of the routes: what is published keeps its address, whatever they become.
    path = f"/checks/{publication.pk}/{publication.slug}/"
    former = publication.current.snapshot if publication.current else None
    labels = {"en": rating.label_en, "uk": rating.label_uk, "ru": rating.label_ru}
    return Snapshot(
        format=FORMAT,
        publication=publication.pk,
        claim=claim.pk,
        claim_iri=f"{settings.SITE_URL}/id/claim/{claim.pk}",
        revision=revision,
        language=verdict.language,
        url=settings.SITE_URL + path,
        path=path,
        entry_id=former["entry_id"] if former else _entry_id(publication, first_published_at),
        title=verdict.title or verdict.claim_reviewed,
        claim_reviewed=verdict.claim_reviewed,
        claim_text=claim.text,
        claim_language=claim.language,
        claim_kind=claim.kind,
        claimant=_claimant(claim.claimant) if claim.claimant else None,
        other_claimants=[_claimant(claimant) for claimant in other_claimants(claim)],
        attribution=claim.attribution,
        made=made_as_text(claim),
        appearances=[_appearance(place) for place in places_said(claim)],
        rating={
            "key": rating.key,
            "label": rating.label(verdict.language),
            "labels": labels,
            "value": rating.value,
            "worst": rating.scale.worst,
            "best": rating.scale.best,
            "scale": rating.scale.key,
            "scale_version": rating.scale.version,
        },
        summary=verdict.summary,
        justification=verdict.justification,
        uncertainty=verdict.uncertainty,
        none_found=verdict.none_found,
        evidence=[_evidence(citation.ordinal, citation.evidence) for citation in verdict.citations.all()],
        people=_people(verdict, publisher_name),
        organisation={"name": settings.ORGANISATION_NAME, "url": settings.ORGANISATION_URL},
        license=settings.MARKUP_LICENSE,
        tier=verdict.tier,
        note=verdict.correction_note,
        corrections=_corrections(publication, verdict, revision, published_at),
        first_published_at=iso_utc(first_published_at),
        modified_at=iso_utc(modified_at),
        published_at=iso_utc(published_at),
        content_hash=content_hash,
        is_demonstration=claim.desk.is_demonstration,
    )


def _entry_id(publication: Publication, first_published_at: datetime) -> str:
    """Return a tag URI (RFC 4151): it stays although the site may move to another address later."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{first_published_at:%Y-%m-%d}:check/{publication.pk}"


def _claimant(claimant: Claimant) -> SnapshotClaimant:
    return {"name": claimant.name, "kind": claimant.kind, "same_as": claimant.same_as}


def _appearance(place: Appearance) -> SnapshotAppearance:
    article = place.article
    return {
        "url": place.url or (article.url if article else ""),
        "offline_origin": place.offline_origin,
        "title": article.title if article else "",
        "outlet": article.outlet.name if article and article.outlet else "",
        "kind": article.kind if article else "",
        "exact": place.exact,
        "printed_time": place.printed_time,
        "moment": iso_utc(place.moment),
        "published": _published(article.published_at, article.published_on) if article else "",
        "is_first": place.is_first,
    }


def _evidence(ordinal: int, evidence: Evidence) -> SnapshotEvidence:
    passage = evidence.passage
    document = passage.document
    return {
        "ordinal": ordinal,
        "stance": evidence.stance,
        "quotation": _quoted_sentences(passage.text, evidence.start, evidence.end),
        "url": document.url,
        "title": document.title or document.url or document.key,
        "outlet": document.outlet.name,
        "language": document.language,
        "published": _published(document.published_at, document.published_on),
        "origin": evidence.origin,
        "origin_name": evidence.origin_name,
        "is_primary": document.is_primary,
        "captured_at": iso_utc(document.captured_at),
        "text_sha256": document.text_sha256,
    }


def _quoted_sentences(text: str, start: int, end: int) -> str:
    """Return the whole sentences that ``[start, end)`` touches: readers judge words by their sentence."""
    touched = [span for span in split_sentences(text) if span.start < end and start < span.end]
    return text[touched[0].start : touched[-1].end] if touched else text


def _published(moment: datetime | None, day: object) -> str:
    return iso_utc(moment) or (str(day) if day else "")


def _people(verdict: Verdict, publisher_name: str) -> list[SnapshotPerson]:
    people: list[SnapshotPerson] = [{"name": str(verdict.recorder), "part": "recorded"}]
    people += [{"name": str(person), "part": "wrote"} for person in verdict.co_authors.all()]
    counted = approvers_that_count(verdict)
    approvers = {
        approval.approver_id: str(approval.approver)
        for approval in verdict.approvals.all()
        if approval.approver_id in counted and approval.decision == Approval.Decision.APPROVED
    }
    people += [{"name": name, "part": "approved"} for name in approvers.values()]
    people.append({"name": publisher_name, "part": "published"})
    return people


def _corrections(
    publication: Publication, verdict: Verdict, revision: int, published_at: datetime
) -> list[SnapshotCorrection]:
    """Return every correction so far, oldest first, with the present one; minor ones have no note."""
    corrections = list(publication.current.snapshot["corrections"]) if publication.current else []
    if revision > 1:
        corrections.append(
            {
                "revision": revision,
                "tier": verdict.tier,
                "note": verdict.correction_note if verdict.tier != Verdict.Tier.MINOR else "",
                "published_at": iso_utc(published_at),
            }
        )
    return corrections


# --- Reading what is public ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """One public page: the snapshot that it renders, its state, and its revisions, newest first."""

    publication: Publication
    snapshot: Snapshot
    revisions: tuple[PublishedRevision, ...]

    @property
    def is_retracted(self) -> bool:
        return self.publication.state == PublicationState.RETRACTED

    @property
    def is_under_correction(self) -> bool:
        return self.publication.state == PublicationState.UNDER_CORRECTION


def public_publications() -> QuerySet[Publication]:
    """Return what readers may see, with the snapshot of each, newest event first."""
    return (
        Publication.objects.filter(state__in=PUBLIC_STATES, current__isnull=False)
        .select_related("current")
        .order_by("-event_at", "-id")
    )


def published_page(publication_id: int) -> PublishedPage | None:
    """Return the public page, or None where there is none (or not yet). Two queries."""
    publication = public_publications().select_related("claim").filter(pk=publication_id).first()
    if publication is None or publication.current is None:
        return None
    revisions = publication.revisions.select_related("published_by").defer("snapshot").order_by("-number")
    return PublishedPage(publication, publication.current.snapshot, tuple(revisions))


def next_scheduled_publication() -> datetime | None:
    """Return when the next embargo ends, so that no cache keeps a feed beyond it."""
    scheduled = Verdict.objects.filter(state=VerdictState.SCHEDULED, publish_at__gt=timezone.now())
    return scheduled.order_by("publish_at").values_list("publish_at", flat=True).first()
