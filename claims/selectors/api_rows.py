"""Rows of the newsroom as programs ask for them: of the person's desks, and without what they keep out of.

Invariant: a program sees what its person sees at the desk. A claim that they declared a conflict with is not
there, and a verdict that they are to label blind shows nothing before they have.
"""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from claims.models import Appearance, Article, Claim, Document, Evidence, Job, Source, Verdict
from claims.rules import permissions
from claims.rules.permissions import Actor
from claims.selectors.queue import readable_desks, visible_claims
from claims.selectors.verdicts import verdict_with_content, with_everything

#: Which table a job's subject is in, where it is about something of a desk.
_OF_ARTICLES = frozenset({"fetch_article", "index_article", "watch_article"})
_OF_CLAIMS = frozenset({"gather_evidence", "index_claim"})
_OF_DOCUMENTS = frozenset({"fetch_document", "index_document", "watch_document"})
_PLACES = Prefetch("appearances", Appearance.objects.order_by("-is_first", "id"))


def claims_for(actor: Actor) -> QuerySet[Claim]:
    """Return the claims that the actor may read, with claimant and holder."""
    return visible_claims(actor).select_related("claimant", "held_by")


def claim_for(actor: Actor, claim_id: int) -> Claim | None:
    """Return one claim with its appearances, or None. Two queries, and one for conflicts."""
    return claims_for(actor).filter(pk=claim_id).prefetch_related(_PLACES).first()


def changed_claim(claim_id: int) -> Claim:
    """Return a claim that the actor has just changed: by that very change it may be one they keep out of."""
    rows = Claim.objects.select_related("claimant", "held_by")
    return rows.prefetch_related(_PLACES).get(pk=claim_id)


def articles_for(actor: Actor) -> QuerySet[Article]:
    return Article.objects.filter(desk_id__in=readable_desks(actor)).select_related("outlet")


def evidence_for(actor: Actor) -> QuerySet[Evidence]:
    """Return the evidence of claims that the actor may read, best first, with passage, document and outlet."""
    return (
        Evidence.objects.filter(claim__in=visible_claims(actor))
        .select_related("passage__document__outlet")
        .defer("passage__document__raw", "passage__document__text")
        .order_by("-score", "pk")
    )


def verdicts_for(actor: Actor) -> QuerySet[Verdict]:
    """Return the verdicts on claims that the actor may read, newest first."""
    return Verdict.objects.filter(claim__in=visible_claims(actor)).order_by("-revision")


def verdict_for(actor: Actor, verdict_id: int) -> Verdict | None:
    """Return one verdict with its content, or None."""
    return verdict_with_content(verdict_id) if verdicts_for(actor).filter(pk=verdict_id).exists() else None


def sources_for(actor: Actor) -> QuerySet[Source]:
    """Return the feeds; they are the installation's, for whoever has a desk."""
    rows = Source.objects.select_related("outlet")
    return rows if readable_desks(actor) else rows.none()


def documents_for(actor: Actor) -> QuerySet[Document]:
    rows = Document.objects.select_related("outlet").defer("raw")
    return rows if readable_desks(actor) else rows.none()


def job_for(actor: Actor, job_id: int) -> Job | None:
    """Return a job about something that the actor may read; administrators and auditors see all. Two queries."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None:
        return None
    if permissions.can_administer(actor) or any(permissions.can_audit(actor, id) for id in actor.roles):
        return job
    subjects: QuerySet[Article] | QuerySet[Claim] | QuerySet[Document]
    if job.kind in _OF_ARTICLES:
        subjects = articles_for(actor)
    elif job.kind in _OF_CLAIMS:
        subjects = visible_claims(actor)
    elif job.kind in _OF_DOCUMENTS:
        subjects = documents_for(actor)
    else:
        return None
    return job if subjects.filter(pk=job.subject).exists() else None


def verdicts_with_content(actor: Actor, claim_id: int) -> list[Verdict]:
    """Return all revisions on a claim with what ``verdict_with_content`` loads, newest first. A fixed number
    of queries."""
    return list(with_everything(verdicts_for(actor).filter(claim_id=claim_id)))
