"""The public shapes: a check, its snapshot, a checked claim, a rating scale. Made from snapshots alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from claims.api.fields import Shown
from claims.models import Publication, PublishedRevision, RatingScale
from claims.publish.entries import shown_title
from claims.publish.snapshot import Snapshot, rating_of
from claims.selectors.published import CheckedClaim


class GivenRating(Shown):
    """The step of a scale; `value` is null for a rating that is text only."""

    key: str = Field(examples=["mostly-true"])
    label: str = Field(examples=["Mostly true"])
    labels: dict[str, str]
    value: int | None = Field(examples=[4])
    worst: int = Field(examples=[1])
    best: int = Field(examples=[5])
    scale: str
    scale_version: int


class ClaimantShape(Shown):
    name: str = Field(examples=["Port Authority"])
    kind: str = Field(description="schema.org: Person or Organization.", examples=["Organization"])
    same_as: str


class PlaceShape(Shown):
    """One place where the claim was made."""

    url: str
    offline_origin: str
    title: str
    outlet: str
    exact: str = Field(description="The words as quoted there.")
    printed_time: str
    moment: str
    published: str
    is_first: bool


class CitedShape(Shown):
    """A piece of evidence that the check cites."""

    ordinal: int
    stance: str = Field(examples=["contradicts"])
    quotation: str
    url: str
    title: str
    outlet: str
    language: str
    published: str
    origin_name: str
    is_primary: bool
    text_sha256: str


class CorrectionShape(Shown):
    revision: int
    tier: str
    note: str
    published_at: str


class CheckContent(Shown):
    """One published revision, exactly as page, markup and feeds render it."""

    revision: int
    title: str
    claim_reviewed: str
    claim_text: str
    claim_language: str
    claimant: ClaimantShape | None
    other_claimants: list[ClaimantShape] = []
    attribution: str
    made: str = Field(description="When the claim was made: RFC 3339, a bare date, or empty.")
    appearances: list[PlaceShape]
    rating: GivenRating
    summary: str
    justification: str
    uncertainty: str
    none_found: str
    evidence: list[CitedShape]
    corrections: list[CorrectionShape]
    published_at: str
    content_hash: str
    is_demonstration: bool


class CheckSummary(Shown):
    """A check in a list. `rating` is null for a retracted one."""

    id: int = Field(examples=[17])
    claim_id: int
    language: str = Field(examples=["uk"])
    state: str = Field(description="live, under_correction or retracted.", examples=["live"])
    url: str = Field(examples=["https://check.example.org/checks/17/how-many-tugs/"])
    title: str = Field(examples=["How many tugs entered the harbour?"])
    claim_reviewed: str
    claimant: str | None
    rating: GivenRating | None
    revision: int
    first_published_at: datetime
    modified_at: datetime
    event_at: datetime = Field(description="The newest public event, a retraction included.")
    retraction_note: str
    version: int


class RevisionLine(Shown):
    number: int
    tier: str
    note: str
    published_at: datetime


class Check(CheckSummary):
    """`content` is null for a retracted check: its verdict no longer stands."""

    content: CheckContent | None
    revisions: list[RevisionLine]


class CheckList(Shown):
    publications: list[CheckSummary]
    next_cursor: str | None = Field(description="Ask the next page with it; null on the last one.")


class CheckedClaimShape(Shown):
    """A claim as published, with its checks in each language."""

    id: int
    text: str = Field(description="The words as said.")
    language: str
    claimants: list[ClaimantShape]
    made: str
    appearances: list[PlaceShape]
    publications: list[CheckSummary]


class CheckedClaimList(Shown):
    claims: list[CheckedClaimShape]
    next_cursor: str | None


class RatingStepShape(Shown):
    id: int
    key: str
    labels: dict[str, str]
    description: str
    value: int | None


class RatingScaleShape(Shown):
    key: str
    version: int
    name: str
    worst: int
    best: int
    active: bool
    ratings: list[RatingStepShape]


class RatingScaleList(Shown):
    scales: list[RatingScaleShape]


def summary_of(publication: Publication) -> CheckSummary:
    return CheckSummary(**_summary(publication))


def check_of(publication: Publication, revisions: list[PublishedRevision]) -> Check:
    """Return a check with its content, unless it was retracted."""
    content = None if _is_retracted(publication) else content_of(_snapshot(publication))
    lines = [
        RevisionLine(
            number=row.number,
            tier=row.tier,
            note=row.note if row.tier != "minor" else "",
            published_at=row.published_at,
        )
        for row in revisions
    ]
    return Check(**_summary(publication), content=content, revisions=lines)


def content_of(snapshot: Snapshot) -> CheckContent:
    return CheckContent.model_validate(dict(snapshot))


def claim_of(checked: CheckedClaim) -> CheckedClaimShape:
    """Return the claim as the newest of its checks tells it."""
    newest = max(checked.checks, key=lambda check: (check.event_at, check.pk))
    snapshot = _snapshot(newest)
    others = snapshot.get("other_claimants", [])
    claimants = [*([snapshot["claimant"]] if snapshot["claimant"] else []), *others]
    return CheckedClaimShape(
        id=checked.claim_id,
        text=snapshot["claim_text"],
        language=snapshot["claim_language"],
        claimants=[ClaimantShape.model_validate(claimant) for claimant in claimants],
        made=snapshot["made"],
        appearances=[PlaceShape.model_validate(place) for place in snapshot["appearances"]],
        publications=[summary_of(check) for check in checked.checks],
    )


def scale_of(scale: RatingScale) -> RatingScaleShape:
    steps = [
        RatingStepShape(
            id=step.pk,
            key=step.key,
            labels={"en": step.label_en, "uk": step.label_uk, "ru": step.label_ru},
            description=step.description,
            value=step.value,
        )
        for step in scale.ratings.all()
    ]
    told = {name: getattr(scale, name) for name in ("key", "version", "name", "worst", "best", "active")}
    return RatingScaleShape(**told, ratings=steps)


def _summary(publication: Publication) -> dict[str, Any]:
    snapshot = _snapshot(publication)
    claimant = snapshot["claimant"]
    return {
        "id": publication.pk,
        "claim_id": publication.claim_id,
        "language": publication.language,
        "state": publication.state,
        "url": snapshot["url"],
        "title": shown_title(snapshot, publication.state),
        "claim_reviewed": snapshot["claim_reviewed"],
        "claimant": claimant["name"] if claimant else None,
        "rating": None if _is_retracted(publication) else GivenRating.model_validate(rating_of(snapshot)),
        "revision": snapshot["revision"],
        "first_published_at": publication.first_published_at,
        "modified_at": publication.modified_at,
        "event_at": publication.event_at,
        "retraction_note": publication.retraction_note,
        "version": publication.version,
    }


def _snapshot(publication: Publication) -> Snapshot:
    assert publication.current is not None, "What is public has a current revision."
    snapshot: Snapshot = publication.current.snapshot
    return snapshot


def _is_retracted(publication: Publication) -> bool:
    return publication.state == "retracted"
