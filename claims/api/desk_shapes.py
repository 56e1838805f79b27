"""The shapes of the newsroom's own part: articles, claims, evidence, verdicts, sources and jobs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from pydantic import Field

from claims.api.fields import Shown
from claims.models import Article, Claim, Document, Evidence, Job, Source, Verdict
from claims.selectors.reason_wording import word_origin, word_reason
from claims.selectors.verdicts import approvers_that_count, required_approvals


class JobShape(Shown):
    """Work in the background. It has ended when the state is done, dead or cancelled."""

    id: int
    kind: str = Field(examples=["gather_evidence"])
    subject: int
    state: str = Field(examples=["running"])
    done_steps: int
    all_steps: int
    note: str
    last_error: str
    starts: int
    created_at: datetime
    finished_at: datetime | None


class ArticleShape(Shown):
    id: int
    desk_id: int
    url: str
    title: str
    outlet: str
    kind: str = Field(examples=["live_blog"])
    language: str
    state: str = Field(description="fetching, ready or failed.", examples=["ready"])
    failure: str
    published_at: datetime | None
    published_on: date | None
    taken_in_at: datetime
    version: int


class UpdateShape(Shown):
    """A post of a live blog, or a section: code points `[start, end)` of the article's text."""

    kind: str
    printed_time: str
    moment: datetime | None
    title: str
    start: int
    body_start: int
    end: int


class ArticleWithText(ArticleShape):
    text: str
    updates: list[UpdateShape]
    job: JobShape | None = Field(description="The job that fetches it, where there is one.")


class ArticleList(Shown):
    articles: list[ArticleShape]
    next_cursor: str | None


class ClaimShape(Shown):
    id: int
    desk_id: int
    text: str
    summary: str
    language: str
    kind: str = Field(examples=["count"])
    state: str = Field(examples=["checking"])
    claimant: str | None
    attribution: str
    topic: str
    made_at: datetime | None
    made_on: date | None
    risk: str
    priority: int
    deadline: datetime | None
    held_by: str | None
    logged_at: datetime
    gathered_at: datetime | None
    version: int


class AppearanceShape(Shown):
    article_id: int | None
    url: str
    offline_origin: str
    exact: str
    printed_time: str
    moment: datetime | None
    is_first: bool


class ClaimWithPlaces(ClaimShape):
    appearances: list[AppearanceShape]
    job: JobShape | None = Field(description="The newest job that gathers evidence for it.")


class ClaimList(Shown):
    claims: list[ClaimShape]
    next_cursor: str | None


class ReasonShape(Shown):
    code: str
    sentence: str


class EvidenceShape(Shown):
    """A passage about a claim; `machine_stance` is the suggestion, `stance` what counts now."""

    id: int
    claim_id: int
    document_id: int
    stance: str = Field(examples=["contradicts"])
    machine_stance: str
    state: str = Field(description="found, accepted or rejected.", examples=["found"])
    strength: str
    score: float
    text: str
    start: int
    end: int
    title: str
    url: str
    outlet: str
    published_at: datetime | None
    published_on: date | None
    origin: str
    origin_name: str
    origin_reason: str
    reasons: list[ReasonShape]
    version: int


class EvidenceList(Shown):
    evidence: list[EvidenceShape]


class VerdictShape(Shown):
    """A verdict revision. `content_hash` is what an approval is for."""

    id: int
    claim_id: int
    revision: int
    language: str
    state: str = Field(examples=["submitted"])
    rating_id: int | None
    rating: str
    claim_reviewed: str
    title: str
    summary: str
    justification: str
    uncertainty: str
    none_found: str
    tier: str
    correction_note: str
    exceptions: dict[str, str]
    citations: list[int] = Field(description="Ids of the cited evidence, in order.")
    recorder: str
    recorded_at: datetime
    submitted_at: datetime | None
    publish_at: datetime | None
    content_hash: str
    approvals_given: int
    approvals_required: int
    version: int


class VerdictList(Shown):
    verdicts: list[VerdictShape]


class SourceShape(Shown):
    id: int
    outlet: str
    feed_url: str
    active: bool
    polled_at: datetime | None
    next_poll_at: datetime | None
    failures: int
    last_error: str


class SourceList(Shown):
    sources: list[SourceShape]
    next_cursor: str | None


class DocumentShape(Shown):
    id: int
    outlet: str
    title: str
    url: str
    language: str
    published_at: datetime | None
    published_on: date | None
    is_primary: bool
    failure: str
    taken_in_at: datetime
    version: int


class DocumentWithText(DocumentShape):
    text: str


class DocumentList(Shown):
    documents: list[DocumentShape]
    next_cursor: str | None


def job_of(job: Job | None) -> JobShape | None:
    return None if job is None else JobShape.model_validate(job)


def _same_names(row: Any, shape: type[Shown], **told: Any) -> dict[str, Any]:
    """Return the columns of ``row`` that a shape shows under their own names, with what is ``told`` otherwise."""
    return {name: getattr(row, name) for name in shape.model_fields if name not in told} | told


def article_of(article: Article) -> ArticleShape:
    outlet = article.outlet.name if article.outlet else ""
    return ArticleShape(**_same_names(article, ArticleShape, outlet=outlet))


def article_with_text(article: Article, updates: Iterable[Any], job: Job | None) -> ArticleWithText:
    return ArticleWithText(
        **article_of(article).model_dump(),
        text=article.current.text if article.current else "",
        updates=[UpdateShape.model_validate(update) for update in updates],
        job=job_of(job),
    )


def claim_of(claim: Claim) -> ClaimShape:
    """Wants the claimant and the holder loaded."""
    return ClaimShape(
        **_same_names(
            claim,
            ClaimShape,
            claimant=claim.claimant.name if claim.claimant else None,
            held_by=str(claim.held_by) if claim.held_by else None,
        )
    )


def claim_with_places(claim: Claim, places: Iterable[Any], job: Job | None) -> ClaimWithPlaces:
    return ClaimWithPlaces(
        **claim_of(claim).model_dump(),
        appearances=[AppearanceShape.model_validate(place) for place in places],
        job=job_of(job),
    )


def evidence_of(piece: Evidence) -> EvidenceShape:
    """Wants the passage with its document and outlet loaded."""
    document = piece.passage.document
    return EvidenceShape(
        **_same_names(
            piece,
            EvidenceShape,
            document_id=document.pk,
            text=piece.passage.text,
            title=document.title,
            url=document.url,
            outlet=document.outlet.name,
            published_at=document.published_at,
            published_on=document.published_on,
            origin_reason=word_origin(piece.origin_reason),
            reasons=[ReasonShape(code=row["code"], sentence=word_reason(row)) for row in piece.reasons],
        )
    )


def verdict_of(verdict: Verdict) -> VerdictShape:
    """Wants what ``verdict_with_content`` loads."""
    return VerdictShape(
        **_same_names(
            verdict,
            VerdictShape,
            rating=verdict.rating.label(verdict.language) if verdict.rating else "",
            citations=[citation.evidence_id for citation in verdict.citations.all()],
            recorder=str(verdict.recorder),
            approvals_given=len(approvers_that_count(verdict)),
            approvals_required=required_approvals(verdict),
        )
    )


def source_of(source: Source) -> SourceShape:
    return SourceShape(**_same_names(source, SourceShape, outlet=source.outlet.name))


def document_of(document: Document) -> DocumentShape:
    return DocumentShape(**_same_names(document, DocumentShape, outlet=document.outlet.name))


def document_with_text(document: Document) -> DocumentWithText:
    return DocumentWithText(**document_of(document).model_dump(), text=document.text)
