"""The queue: taking a claim to work on it, giving it back, handing it to another person.

Holding a claim is a lease of 15 minutes that every piece of work on it prolongs. A lease that has run out
counts as given back; nothing has to run for that, and time never decides anything else.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.changes import change
from claims.actions.gatekeeping import require_no_conflict, require_readable_desk
from claims.actions.history import append_event
from claims.actions.notices import notify
from claims.actions.refusals import Conflict, Invalid
from claims.models import Claim, Membership, Notice, Person
from claims.rules import permissions
from claims.rules.lifecycle import CLAIM_MOVES, ClaimState, move
from claims.rules.permissions import Actor, NotAllowed, Role
from claims.selectors.conflicts import conflict_with
from claims.selectors.queue_page import next_in_queue
from claims.selectors.queue_question import QueueQuestion

LEASE = timedelta(minutes=15)
#: How many claims are tried before the queue is told to be empty; each was taken by someone meanwhile.
NEXT_TRIED = 20


def take_up_claim(claim_id: int, seen_version: int, actor: Actor) -> Claim:
    """Return the claim, its version raised; refuse a stale view and another desk's claim."""
    desk_id = Claim.objects.filter(pk=claim_id).values_list("desk_id", flat=True).first()
    require_readable_desk(actor, desk_id, _("claim"))
    return change(Claim, claim_id, seen_version)


def take_claim(*, claim_id: int, seen_version: int, actor: Actor) -> Claim:
    """Hold the claim for ``LEASE``; a logged claim is then being checked. Again, it prolongs the lease."""
    with transaction.atomic():
        claim = take_up_claim(claim_id, seen_version, actor)
        if not permissions.can_take(actor, claim.desk_id):
            raise NotAllowed("take", _("Only reviewers of this desk may take a claim from the queue."))
        require_no_conflict(claim, actor, "take")
        now = timezone.now()
        require_not_held_by_another(claim, actor, now, "take")
        before = claim.state
        claim.state = move(CLAIM_MOVES, "take", ClaimState(before))
        claim.held_by_id, claim.held_until = actor.person_id, now + LEASE
        claim.save(update_fields=["state", "held_by", "held_until"])
        append_event(
            actor=actor,
            subject=claim,
            verb="take",
            claim_id=claim.pk,
            from_state=before,
            to_state=claim.state,
        )
    return claim


def take_next_claim(*, asked: QueueQuestion, actor: Actor) -> Claim:
    """Take the first claim of the question that is anyone's to take; raise ``Invalid`` where there is none.

    Two people who press at once get two claims: whoever comes second goes on to the one after it.
    """
    desks = [desk_id for desk_id in sorted(actor.roles) if permissions.can_take(actor, desk_id)]
    if not desks:
        raise NotAllowed("take", _("Only reviewers of this desk may take a claim from the queue."))
    for claim in next_in_queue(asked, actor, desks, most=NEXT_TRIED):
        try:
            return take_claim(claim_id=claim.pk, seen_version=claim.version, actor=actor)
        except (Conflict, NotAllowed):
            continue
    raise Invalid(_("There is nothing here that waits for someone to take it."))


def release_claim(*, claim_id: int, seen_version: int, actor: Actor, note: str = "") -> Claim:
    """Give the claim back to the queue; only its holder does that, an editor reassigns instead."""
    with transaction.atomic():
        claim = take_up_claim(claim_id, seen_version, actor)
        if claim.held_by_id is None:
            raise Invalid(_("Nobody holds this claim."))
        if claim.held_by_id != actor.person_id:
            raise NotAllowed("release", _("Only the person who holds a claim gives it back."))
        claim.held_by, claim.held_until = None, None
        claim.save(update_fields=["held_by", "held_until"])
        append_event(actor=actor, subject=claim, verb="release", claim_id=claim.pk, note=note)
    return claim


def reassign_claim(
    *, claim_id: int, seen_version: int, to_person_id: int | None, reason: str, actor: Actor
) -> Claim:
    """Hand the claim to another reviewer, or (``None``) back to the queue, whoever holds it."""
    with transaction.atomic():
        claim = take_up_claim(claim_id, seen_version, actor)
        if not permissions.can_triage(actor, claim.desk_id):
            raise NotAllowed("reassign", _("Only editors of this desk may reassign a claim."))
        if not reason.strip():
            raise Invalid(_("Say why it is reassigned."), {"reason": _("Say why it is reassigned.")})
        to = _reviewer(claim, to_person_id) if to_person_id is not None else None
        before, from_person = claim.state, claim.held_by_id
        if to is not None:
            claim.state = move(CLAIM_MOVES, "take", ClaimState(before))
        claim.held_by, claim.held_until = to, timezone.now() + LEASE if to else None
        claim.save(update_fields=["state", "held_by", "held_until"])
        append_event(
            actor=actor,
            subject=claim,
            verb="reassign",
            claim_id=claim.pk,
            from_state=before,
            to_state=claim.state,
            note=reason.strip(),
            details={"from": from_person, "to": to_person_id},
        )
        if to is not None:
            notify(Notice.Kind.HANDED_OVER, about=claim, person_ids=[to.pk], actor=actor, note=reason)
    return claim


def _reviewer(claim: Claim, person_id: int) -> Person:
    held = Membership.objects.filter(
        desk_id=claim.desk_id, role=Role.REVIEWER, person_id=person_id, person__is_active=True
    )
    person = Person.objects.filter(pk__in=held.values("person_id")).first()
    if person is None:
        raise Invalid(_("Choose an active reviewer of this desk."))
    if conflict_with(claim, person_id) is not None:
        raise Invalid(_("This person declared a conflict of interest here. Choose another reviewer."))
    return person


def holder_id(claim: Claim, now: datetime) -> int | None:
    """Return who holds the claim at ``now``; a lease that has run out is nobody's."""
    if claim.held_until is None or claim.held_until <= now:
        return None
    return claim.held_by_id


def require_not_held_by_another(claim: Claim, actor: Actor, now: datetime, verb: str) -> None:
    holder = holder_id(claim, now)
    if holder is None or holder == actor.person_id:
        return
    assert claim.held_until is not None
    sentence = _("%(person)s is working on this claim until %(time)s UTC.") % {
        "person": claim.held_by,
        "time": claim.held_until.astimezone(timezone.get_default_timezone()).strftime("%H:%M"),
    }
    raise NotAllowed(verb, sentence)


def work_on_claim(claim: Claim, actor: Actor, verb: str) -> None:
    """Refuse where another person holds the claim; prolong the lease where the actor does.

    The lease is no content: it leaves the version alone, so that nobody's open form becomes stale by it.
    """
    now = timezone.now()
    require_no_conflict(claim, actor, verb)
    require_not_held_by_another(claim, actor, now, verb)
    if claim.held_by_id == actor.person_id:
        Claim.objects.filter(pk=claim.pk, held_by_id=actor.person_id).update(held_until=now + LEASE)
