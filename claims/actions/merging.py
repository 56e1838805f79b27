"""Merging a claim into another, and taking that back. The merged claim keeps its id, its words and its evidence.

Both claims are locked in the order of their ids before anything is decided, so that two merges at once
cannot make a circle.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.history import append_event
from claims.actions.queue import require_not_held_by_another, take_up_claim
from claims.actions.refusals import Invalid, NotFound
from claims.models import Claim
from claims.rules import permissions
from claims.rules.lifecycle import CLAIM_MOVES, ClaimState, move
from claims.rules.merging import MergeAnswer, MergeRefusal, why_not_merge
from claims.rules.permissions import Actor, NotAllowed
from claims.selectors.merging import REFUSALS, merge_refusal, merge_side
from claims.selectors.queue import visible_claims


def merge_claim(*, claim_id: int, seen_version: int, into_id: int, answer: str, actor: Actor) -> Claim:
    """Make the claim part of another one of its desk, as another ``appearance`` or another ``author``.

    Raises ``Invalid`` where the rules of merging refuse it, ``NotFound`` for a claim that the actor does not
    see, ``Conflict`` for a stale view.
    """
    if answer not in {MergeAnswer.APPEARANCE, MergeAnswer.AUTHOR}:
        raise Invalid(_("Answer what the one claim is to the other."))
    with transaction.atomic():
        _lock(claim_id, into_id)
        claim = take_up_claim(claim_id, seen_version, actor)
        kept = visible_claims(actor).filter(pk=into_id).first()
        if kept is None:
            raise NotFound(_("claim"))
        _require_editor(claim, actor, "merge")
        require_not_held_by_another(claim, actor, timezone.now(), "merge")
        if sentence := merge_refusal(claim, kept, MergeAnswer(answer)):
            raise Invalid(sentence)
        before = claim.state
        claim.state = move(CLAIM_MOVES, "merge", ClaimState(before))
        claim.merged_into, claim.merged_as = kept, answer
        claim.held_by, claim.held_until = None, None
        claim.save(update_fields=["state", "merged_into", "merged_as", "held_by", "held_until"])
        _tell_both(claim, kept, actor, ("merge", "join"), before, answer, "")
    return claim


def unmerge_claim(*, claim_id: int, seen_version: int, reason: str, actor: Actor) -> Claim:
    """Let a merged claim stand alone again, in the queue, with all that it ever had. Claims that had been
    merged into it stay with it."""
    reason = " ".join(reason.split())
    if not reason or len(reason) > 500:
        sentence = _("Say in at most 500 characters why they are two claims after all.")
        raise Invalid(sentence, {"reason": sentence})
    with transaction.atomic():
        kept_id = Claim.objects.filter(pk=claim_id).values_list("merged_into_id", flat=True).first()
        _lock(claim_id, kept_id or claim_id)
        claim = take_up_claim(claim_id, seen_version, actor)
        _require_editor(claim, actor, "unmerge")
        before = claim.state
        state = move(CLAIM_MOVES, "unmerge", ClaimState(before))
        kept = claim.merged_into
        assert kept is not None, "A merged claim names the other (a_merged_claim_names_the_other)."
        if why_not_merge(merge_side(claim), merge_side(kept), None) == MergeRefusal.UNDER_DECISION:
            raise Invalid(str(REFUSALS[MergeRefusal.UNDER_DECISION]))
        answer = claim.merged_as
        claim.state, claim.merged_into, claim.merged_as = state, None, ""
        claim.save(update_fields=["state", "merged_into", "merged_as"])
        _tell_both(claim, kept, actor, ("unmerge", "part"), before, answer, reason)
    return claim


def _lock(*claim_ids: int) -> None:
    """Hold the rows until the transaction ends. SQLite lets one writer in at a time anyway."""
    list(Claim.objects.select_for_update().filter(pk__in=claim_ids).order_by("pk").values_list("pk"))


def _require_editor(claim: Claim, actor: Actor, verb: str) -> None:
    if not permissions.can_triage(actor, claim.desk_id):
        raise NotAllowed(verb, _("Only editors of this desk merge claims."))


def _tell_both(
    claim: Claim, kept: Claim, actor: Actor, verbs: tuple[str, str], before: str, answer: str, note: str
) -> None:
    """Append an event to the history of each of the two, naming the other, and have the claim indexed."""
    append_event(
        actor=actor,
        subject=claim,
        verb=verbs[0],
        claim_id=claim.pk,
        from_state=before,
        to_state=claim.state,
        note=note or str(kept),
        details={"other": kept.pk, "as": answer},
    )
    append_event(
        actor=actor,
        subject=kept,
        verb=verbs[1],
        claim_id=kept.pk,
        note=note or str(claim),
        details={"other": claim.pk, "as": answer},
    )
    jobs.enqueue("index_claim", claim.pk, subject_version=claim.version)
