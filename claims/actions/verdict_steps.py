"""The steps that every action on a verdict shares: taking it up as the person saw it, and moving it on."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from claims.actions.changes import change
from claims.actions.gatekeeping import require_no_conflict, require_readable_desk, require_second_factor
from claims.actions.history import append_event
from claims.actions.refusals import Invalid
from claims.models import Verdict
from claims.rules import permissions
from claims.rules.lifecycle import VERDICT_MOVES, VerdictState, move
from claims.rules.permissions import Actor, NotAllowed
from claims.rules.storing import storable
from claims.selectors.blindness import hidden_verdicts
from claims.selectors.verdicts import author_ids, verdict_with_content


def take_up(verdict_id: int, seen_version: int, actor: Actor) -> Verdict:
    """Return the verdict with its content, its version raised; refuse a stale view and other desks'."""
    desk_id = Verdict.objects.filter(pk=verdict_id).values_list("claim__desk_id", flat=True).first()
    require_readable_desk(actor, desk_id, _("verdict"))
    change(Verdict, verdict_id, seen_version)
    return verdict_with_content(verdict_id)


def require_approver(verdict: Verdict, actor: Actor, verb: str) -> None:
    """Refuse who wrote on it, holds no such role, declared a conflict, or lacks the second factor asked for."""
    if not permissions.can_approve_verdict(actor, verdict.claim.desk_id, author_ids=author_ids(verdict)):
        raise NotAllowed(
            verb,
            _("Only a reviewer or editor of this desk who has not worked on this verdict may decide on it."),
        )
    require_no_conflict(verdict.claim, actor, verb)
    require_second_factor(verdict.claim.desk_id, actor, verb)


def require_seen(verdict: Verdict, actor: Actor, verb: str) -> None:
    """Refuse who has still to rate it blind: a step is taken by those who have read what it is about."""
    if not (verdict.claim.desk.labels_blind and hidden_verdicts([verdict.pk], actor)):
        return
    if verdict.state in VERDICT_MOVES["approve"]:
        raise Invalid(_("Record your own rating first; then you see the verdict and can decide on it."))
    raise NotAllowed(
        verb,
        _(
            "This desk rates blind: who may decide on a verdict does not see its draft. Join its authors first."
        ),
    )


def next_state(verdict: Verdict, verb: str) -> VerdictState:
    """Return the state that ``verb`` leads to; raise ``IllegalMove`` where there is none."""
    return move(VERDICT_MOVES, verb, VerdictState(verdict.state))


def move_verdict(
    verdict: Verdict,
    state: VerdictState,
    actor: Actor,
    verb: str,
    *,
    note: str = "",
    details: dict[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Write the new state of a verdict whose version has been raised already, and append the event."""
    before = verdict.state
    Verdict.objects.filter(pk=verdict.pk).update(state=state, **changes)
    verdict.state = state
    for name, value in changes.items():
        setattr(verdict, name, value)
    append_event(
        actor=actor,
        subject=verdict,
        verb=verb,
        claim_id=verdict.claim_id,
        from_state=before,
        to_state=state,
        note=storable(note).strip(),
        details={"content_hash": verdict.content_hash, **(details or {})},
    )
