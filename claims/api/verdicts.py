"""Verdicts on their way: start, write, submit, read as a second person, approve, ask for changes, withdraw,
and the publisher's steps. Each address is named as its action."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from claims.actions import decisions, publication, verdicts
from claims.actions.refusals import NotAllowed, NotFound
from claims.api.callers import actor
from claims.api.check_shapes import Check, check_of
from claims.api.conditions import seen_version, versioned
from claims.api.desk_shapes import VerdictList, VerdictShape, verdict_of
from claims.api.fields import BodyId, Id, Moment, Sent
from claims.api.operations import reading, writing
from claims.models import Verdict
from claims.selectors import api_rows
from claims.selectors.blindness import hidden_verdicts
from claims.selectors.published import check_with_revisions
from claims.selectors.verdicts import verdict_with_content

router = Router(tags=["Verdicts"])


class VerdictStart(Sent):
    language: Literal["en", "uk", "ru"]


class VerdictSent(Sent):
    """The whole draft: what is left out is empty afterwards."""

    rating_id: BodyId | None = None
    claim_reviewed: str = Field("", max_length=500)
    title: str = Field("", max_length=200)
    summary: str = Field("", max_length=500)
    justification: str = Field("", max_length=verdicts.LONGEST_TEXT)
    uncertainty: str = Field("", max_length=verdicts.LONGEST_TEXT)
    none_found: Literal["", "for", "against", "both"] = ""
    tier: Literal["first", "minor", "update", "substantial"] = "first"
    correction_note: str = Field("", max_length=verdicts.LONGEST_TEXT)
    exceptions: dict[Literal["E12", "E12-primary", "E13", "E15", "E21"], str] = Field(
        default_factory=dict, description="Reasons for not meeting a gate, by its id."
    )
    citations: list[BodyId] = Field(default_factory=list, max_length=200)


class ApprovalSent(Sent):
    """`content_hash` is that of the verdict that you read: the approval is for exactly that."""

    content_hash: str = Field(min_length=1, max_length=64)
    comment: str = Field("", max_length=5_000)


class CommentSent(Sent):
    comment: str = Field(min_length=1, max_length=5_000, examples=["Name the log's page."])


class ReasonSent(Sent):
    reason: str = Field("", max_length=500)


class ScheduleSent(Sent):
    publish_at: Moment


@router.get(
    "/claims/{int:claim_id}/verdicts",
    summary="List the verdicts on a claim",
    **reading(VerdictList, scope="read"),
)
def verdicts_list(request: HttpRequest, claim_id: Id) -> VerdictList:
    """All revisions in all languages, newest first, but for those that you are to label blind first."""
    who = actor(request)
    if api_rows.claim_for(who, claim_id) is None:
        raise NotFound(_("claim"))
    rows = api_rows.verdicts_with_content(who, claim_id)
    hidden = hidden_verdicts([row.pk for row in rows], who)
    return VerdictList(verdicts=[verdict_of(row) for row in rows if row.pk not in hidden])


@router.post(
    "/claims/{int:claim_id}/verdicts",
    summary="Start a verdict",
    **writing(VerdictShape, scope="verdicts", status=201),
)
def verdicts_start(request: HttpRequest, claim_id: Id, sent: VerdictStart) -> Status[VerdictShape]:
    """Begin the next revision; If-Match is the claim's. A correction begins with the published words."""
    verdict = verdicts.start_verdict(
        claim_id=claim_id, seen_version=seen_version(request), language=sent.language, actor=actor(request)
    )
    return Status(201, _shown(request, verdict.pk))


@router.get("/verdicts/{int:verdict_id}", summary="Read a verdict", **reading(VerdictShape, scope="read"))
def verdicts_read(request: HttpRequest, verdict_id: Id) -> VerdictShape:
    """One revision as it stands, with what it cites and how many approvals it has."""
    who = actor(request)
    verdict = api_rows.verdict_for(who, verdict_id)
    if verdict is None:
        raise NotFound(_("verdict"))
    if hidden_verdicts([verdict.pk], who):
        sentence = _(
            "This desk rates blind: who may decide on a verdict sees it once they rated it at the review desk."
        )
        raise NotAllowed("read", sentence)
    return _told(request, verdict)


@router.put("/verdicts/{int:verdict_id}", summary="Save a draft", **writing(VerdictShape, scope="verdicts"))
def verdicts_save(request: HttpRequest, verdict_id: Id, sent: VerdictSent) -> VerdictShape:
    """Save the whole draft over the version that you saw; whoever saves becomes one of its authors."""
    told = sent.model_dump()
    content = verdicts.VerdictContent(**{**told, "citations": tuple(told["citations"])})
    verdicts.save_verdict(
        verdict_id=verdict_id, seen_version=seen_version(request), content=content, actor=actor(request)
    )
    return _shown(request, verdict_id)


@router.post(
    "/verdicts/{int:verdict_id}/submit", summary="Submit a draft", **writing(VerdictShape, scope="verdicts")
)
def verdicts_submit(request: HttpRequest, verdict_id: Id) -> VerdictShape:
    """Freeze the draft under its content hash; what it lacks is told gate by gate (422)."""
    verdicts.submit_verdict(verdict_id=verdict_id, seen_version=seen_version(request), actor=actor(request))
    return _shown(request, verdict_id)


@router.post(
    "/verdicts/{int:verdict_id}/approve", summary="Approve", **writing(VerdictShape, scope="verdicts")
)
def verdicts_approve(request: HttpRequest, verdict_id: Id, sent: ApprovalSent) -> VerdictShape:
    """Approve exactly the content with this hash; nobody approves what they worked on."""
    decisions.approve_verdict(
        verdict_id=verdict_id,
        seen_version=seen_version(request),
        seen_hash=sent.content_hash,
        comment=sent.comment,
        actor=actor(request),
    )
    return _shown(request, verdict_id)


@router.post(
    "/verdicts/{int:verdict_id}/request-changes",
    summary="Ask for changes",
    **writing(VerdictShape, scope="verdicts"),
)
def verdicts_request_changes(request: HttpRequest, verdict_id: Id, sent: CommentSent) -> VerdictShape:
    """Send it back to its recorder, who sees the comment."""
    decisions.request_changes(
        verdict_id=verdict_id, seen_version=seen_version(request), comment=sent.comment, actor=actor(request)
    )
    return _shown(request, verdict_id)


@router.post(
    "/verdicts/{int:verdict_id}/withdraw", summary="Withdraw", **writing(VerdictShape, scope="verdicts")
)
def verdicts_withdraw(request: HttpRequest, verdict_id: Id, sent: ReasonSent) -> VerdictShape:
    """Take one's own verdict out of the way; it stays in the history."""
    verdicts.withdraw_verdict(
        verdict_id=verdict_id, seen_version=seen_version(request), note=sent.reason, actor=actor(request)
    )
    return _shown(request, verdict_id)


@router.post("/verdicts/{int:verdict_id}/publish", summary="Publish", **writing(Check, scope="publications"))
def verdicts_publish(request: HttpRequest, verdict_id: Id) -> Check:
    """Make an approved verdict public: page, markup, feeds and this API change together, once."""
    revision = publication.publish_verdict(
        verdict_id=verdict_id, seen_version=seen_version(request), actor=actor(request)
    )
    found = check_with_revisions(revision.publication_id)
    assert found is not None, "It was published in this very request."
    versioned(request, found[0].version)
    return check_of(*found)


@router.post(
    "/verdicts/{int:verdict_id}/schedule", summary="Schedule", **writing(VerdictShape, scope="publications")
)
def verdicts_schedule(request: HttpRequest, verdict_id: Id, sent: ScheduleSent) -> VerdictShape:
    """Have it published at a moment; until then nobody outside learns of it."""
    publication.schedule_verdict(
        verdict_id=verdict_id,
        seen_version=seen_version(request),
        publish_at=sent.publish_at,
        actor=actor(request),
    )
    return _shown(request, verdict_id)


@router.post(
    "/verdicts/{int:verdict_id}/unschedule",
    summary="Take off the schedule",
    **writing(VerdictShape, scope="publications"),
)
def verdicts_unschedule(request: HttpRequest, verdict_id: Id, sent: ReasonSent) -> VerdictShape:
    """Take it off the schedule; it stays approved."""
    publication.unschedule_verdict(
        verdict_id=verdict_id, seen_version=seen_version(request), reason=sent.reason, actor=actor(request)
    )
    return _shown(request, verdict_id)


def _shown(request: HttpRequest, verdict_id: int) -> VerdictShape:
    """Show what an action has just changed; whoever may change a verdict has read it."""
    return _told(request, verdict_with_content(verdict_id))


def _told(request: HttpRequest, verdict: Verdict) -> VerdictShape:
    versioned(request, verdict.version)
    return verdict_of(verdict)
