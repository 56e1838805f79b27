"""Weighing evidence: a reviewer accepts it, rejects it, changes its stance, or takes the last decision back.

Every decision is one more row; none is changed. What the machine suggested stays beside what people decided.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from claims.actions.changes import change
from claims.actions.gatekeeping import person_of, require_readable_desk
from claims.actions.history import append_event
from claims.actions.queue import work_on_claim
from claims.actions.refusals import Invalid
from claims.models import Evidence, EvidenceDecision, StanceChoice
from claims.rules import permissions
from claims.rules.lifecycle import OPEN_CLAIM_STATES, IllegalMove
from claims.rules.permissions import Actor, NotAllowed
from claims.rules.storing import storable

LONGEST_REASON = 500
_Decision = EvidenceDecision.Decision


def accept_evidence(*, evidence_id: int, seen_version: int, actor: Actor, reason: str = "") -> Evidence:
    """Accept the evidence with the stance it has; only accepted evidence can be cited."""
    with transaction.atomic():
        evidence = _taken_up(evidence_id, seen_version, actor, "accept")
        return _decide(evidence, actor, _Decision.ACCEPT, evidence.stance, Evidence.State.ACCEPTED, reason)


def reject_evidence(*, evidence_id: int, seen_version: int, reason: str, actor: Actor) -> Evidence:
    """Reject the evidence, with the reason; it stays on the screen and counts nowhere."""
    with transaction.atomic():
        evidence = _taken_up(evidence_id, seen_version, actor, "reject")
        _require_reason(reason)
        return _decide(evidence, actor, _Decision.REJECT, evidence.stance, Evidence.State.REJECTED, reason)


def change_stance(*, evidence_id: int, seen_version: int, stance: str, reason: str, actor: Actor) -> Evidence:
    """Say what the evidence means for the claim, against the suggestion; whether it is accepted stays."""
    with transaction.atomic():
        evidence = _taken_up(evidence_id, seen_version, actor, "change_stance")
        _require_reason(reason)
        if stance not in StanceChoice.values:
            raise Invalid(_("Choose supports, contradicts or context."))
        if stance == evidence.stance:
            raise Invalid(_("The evidence has this stance already."))
        return _decide(evidence, actor, _Decision.STANCE, stance, evidence.state, reason)


def undo_decision(*, evidence_id: int, seen_version: int, actor: Actor, reason: str = "") -> Evidence:
    """Take the newest decision that still counts back; undoing again goes one decision further back."""
    with transaction.atomic():
        evidence = _taken_up(evidence_id, seen_version, actor, "undo")
        standing = standing_decisions(evidence)
        if not standing:
            raise Invalid(_("There is no decision to undo."))
        last = standing[-1]
        return _decide(evidence, actor, _Decision.UNDO, last.stance_before, last.state_before, reason)


def standing_decisions(evidence: Evidence) -> list[EvidenceDecision]:
    """Return the decisions that still count, oldest first: each undo has taken the one before it away."""
    standing: list[EvidenceDecision] = []
    for decision in evidence.decisions.order_by("pk"):
        if decision.decision == _Decision.UNDO:
            standing.pop()
        else:
            standing.append(decision)
    return standing


def _taken_up(evidence_id: int, seen_version: int, actor: Actor, verb: str) -> Evidence:
    desk_id = Evidence.objects.filter(pk=evidence_id).values_list("claim__desk_id", flat=True).first()
    require_readable_desk(actor, desk_id, _("evidence"))
    evidence = change(Evidence, evidence_id, seen_version)
    claim = evidence.claim
    if not permissions.can_weigh_evidence(actor, claim.desk_id):
        raise NotAllowed(verb, _("Only reviewers of this desk may weigh evidence."))
    if claim.state not in OPEN_CLAIM_STATES:
        raise IllegalMove(verb, claim.get_state_display())
    work_on_claim(claim, actor, verb)
    return evidence


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid(_("Give a reason."), {"reason": _("Give a reason.")})


def _decide(
    evidence: Evidence, actor: Actor, decision: str, stance: str, state: str, reason: str
) -> Evidence:
    reason = " ".join(storable(reason).split())
    if len(reason) > LONGEST_REASON:
        too_long = _("Shorten the reason to %(most)s characters.") % {"most": LONGEST_REASON}
        raise Invalid(too_long, {"reason": too_long})
    if decision in (_Decision.ACCEPT, _Decision.REJECT) and state == evidence.state:
        raise Invalid(_("That is decided already."))
    row = EvidenceDecision.objects.create(
        evidence=evidence,
        person_id=person_of(actor),
        decision=decision,
        stance_before=evidence.stance,
        stance_after=stance,
        state_before=evidence.state,
        state_after=state,
        reason=reason,
    )
    evidence.stance, evidence.state = stance, state
    evidence.save(update_fields=["stance", "state"])
    append_event(
        actor=actor,
        subject=evidence,
        verb=str(decision),
        claim_id=evidence.claim_id,
        from_state=row.state_before,
        to_state=state,
        note=reason,
        details={"stance": [row.stance_before, stance]},
    )
    return evidence
