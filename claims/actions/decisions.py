"""Deciding on another's verdict: say that one reads it, approve it, ask for changes.

An approval is for one content hash by a person who wrote none of it; any later change makes another hash,
which that approval does not cover.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from claims.actions.gatekeeping import person_of, require_gates
from claims.actions.labels import require_reason_to_differ
from claims.actions.notices import notify
from claims.actions.refusals import Conflict, Invalid
from claims.actions.verdict_steps import (
    move_verdict,
    next_state,
    require_approver,
    require_seen,
    take_up,
)
from claims.models import Approval, Notice, Verdict
from claims.rules.gates import Phase
from claims.rules.lifecycle import VerdictState
from claims.rules.permissions import Actor
from claims.rules.storing import storable
from claims.selectors.gate_dossier import dossier_of
from claims.selectors.verdicts import (
    approvers_that_count,
    present_hash,
    required_approvals,
    verdict_with_content,
)


def review_verdict(*, verdict_id: int, seen_version: int, actor: Actor) -> Verdict:
    """Say that one is reading it, for the others to see; nobody is kept from deciding by that."""
    with transaction.atomic():
        verdict = take_up(verdict_id, seen_version, actor)
        require_approver(verdict, actor, "review")
        require_seen(verdict, actor, "review")
        move_verdict(verdict, next_state(verdict, "review"), actor, "review")
    return verdict


def approve_verdict(
    *, verdict_id: int, seen_version: int, seen_hash: str, actor: Actor, comment: str = ""
) -> Verdict:
    """Approve exactly the content with ``seen_hash``; the last approval that is needed decides."""
    with transaction.atomic():
        verdict = take_up(verdict_id, seen_version, actor)
        require_approver(verdict, actor, "approve")
        approved = next_state(verdict, "approve")
        if seen_hash != verdict.content_hash:
            raise Conflict(seen_version, verdict.version)
        if verdict.content_hash != present_hash(verdict):
            raise Invalid(
                _(
                    "The claim or its evidence changed after this was submitted. Ask for changes, so that "
                    "its recorder looks at it again."
                )
            )
        if actor.person_id in approvers_that_count(verdict):
            raise Invalid(_("You have approved this already; another person has to approve as well."))
        require_seen(verdict, actor, "approve")
        require_reason_to_differ(verdict, actor, comment)
        require_gates(dossier_of(verdict), Phase.SUBMISSION)
        _decide(verdict, actor, Approval.Decision.APPROVED, comment)
        verdict = verdict_with_content(verdict_id)
        given, asked = len(approvers_that_count(verdict)), required_approvals(verdict)
        state = approved if given >= asked else VerdictState.IN_REVIEW
        move_verdict(verdict, state, actor, "approve", note=comment, details={"given": given, "asked": asked})
        if state == approved:
            _tell_authors(verdict, Notice.Kind.APPROVED, comment, actor)
    return verdict


def request_changes(*, verdict_id: int, seen_version: int, comment: str, actor: Actor) -> Verdict:
    """Send the verdict back to its recorder, who sees the comment; the trail keeps it (rule 5)."""
    with transaction.atomic():
        verdict = take_up(verdict_id, seen_version, actor)
        require_approver(verdict, actor, "request_changes")
        require_seen(verdict, actor, "request_changes")
        if not comment.strip():
            raise Invalid(_("Say what has to be changed."), {"comment": _("Say what has to be changed.")})
        state = next_state(verdict, "request_changes")
        _decide(verdict, actor, Approval.Decision.CHANGES_REQUESTED, comment)
        move_verdict(verdict, state, actor, "request_changes", note=comment)
        _tell_authors(verdict, Notice.Kind.CHANGES_REQUESTED, comment, actor)
    return verdict


def _tell_authors(verdict: Verdict, kind: Notice.Kind, comment: str, actor: Actor) -> None:
    people = {verdict.recorder_id, verdict.last_editor_id}
    notify(kind, about=verdict.claim, person_ids=people, actor=actor, note=comment)


def _decide(verdict: Verdict, actor: Actor, decision: str, comment: str) -> None:
    Approval.objects.create(
        verdict=verdict,
        approver_id=person_of(actor),
        recorder_id=verdict.recorder_id,
        last_editor_id=verdict.last_editor_id,
        decision=decision,
        content_hash=verdict.content_hash,
        comment=storable(comment).strip(),
    )
