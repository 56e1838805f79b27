"""Evidence: what was found for a claim, and the decisions of reviewers on it."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field

from claims.actions.refusals import Invalid, NotFound
from claims.actions.weighing import accept_evidence, change_stance, reject_evidence, undo_decision
from claims.api.callers import actor
from claims.api.conditions import seen_version, versioned
from claims.api.desk_shapes import EvidenceList, EvidenceShape, evidence_of
from claims.api.fields import Id, Sent
from claims.api.operations import reading, writing
from claims.selectors import api_rows

router = Router(tags=["Evidence"])


class DecisionSent(Sent):
    """`reject` and `stance` need a reason; `stance` also the stance that it has."""

    decision: Literal["accept", "reject", "stance", "undo"]
    reason: str = Field("", max_length=500)
    stance: Literal["supports", "contradicts", "context"] | None = None


@router.get(
    "/claims/{int:claim_id}/evidence",
    summary="List the evidence of a claim",
    **reading(EvidenceList, scope="read"),
)
def evidence_list(request: HttpRequest, claim_id: Id) -> EvidenceList:
    """All evidence of the claim, best first; gathering keeps a bounded number, so that there are no pages."""
    who = actor(request)
    if api_rows.claim_for(who, claim_id) is None:
        raise NotFound(_("claim"))
    rows = api_rows.evidence_for(who).filter(claim_id=claim_id)
    return EvidenceList(evidence=[evidence_of(row) for row in rows])


@router.get(
    "/evidence/{int:evidence_id}", summary="Read a piece of evidence", **reading(EvidenceShape, scope="read")
)
def evidence_read(request: HttpRequest, evidence_id: Id) -> EvidenceShape:
    """One passage with what the machine made of it and what people decided."""
    return _shown(request, evidence_id)


@router.post(
    "/evidence/{int:evidence_id}/decisions",
    summary="Decide on evidence",
    **writing(EvidenceShape, scope="evidence"),
)
def evidence_decide(request: HttpRequest, evidence_id: Id, sent: DecisionSent) -> EvidenceShape:
    """Accept, reject, change the stance, or take the last decision back. Decisions are added, never changed."""
    seen, who = seen_version(request), actor(request)
    if sent.decision == "accept":
        accept_evidence(evidence_id=evidence_id, seen_version=seen, reason=sent.reason, actor=who)
    elif sent.decision == "reject":
        reject_evidence(evidence_id=evidence_id, seen_version=seen, reason=sent.reason, actor=who)
    elif sent.decision == "undo":
        undo_decision(evidence_id=evidence_id, seen_version=seen, reason=sent.reason, actor=who)
    elif sent.stance is None:
        told = _("Choose supports, contradicts or context.")
        raise Invalid(told, {"stance": told})
    else:
        change_stance(
            evidence_id=evidence_id, seen_version=seen, stance=sent.stance, reason=sent.reason, actor=who
        )
    return _shown(request, evidence_id)


def _shown(request: HttpRequest, evidence_id: int) -> EvidenceShape:
    piece = api_rows.evidence_for(actor(request)).filter(pk=evidence_id).first()
    if piece is None:
        raise NotFound(_("evidence"))
    versioned(request, piece.version)
    return evidence_of(piece)
