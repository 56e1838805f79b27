"""Declaring a conflict of interest, and ending it. What is declared hides and closes the claims it covers.

A declaration is never deleted. It does not act backwards: what the person decided before stays decided.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.gatekeeping import require_readable_desk
from claims.actions.history import append_event
from claims.actions.people import hand_back_tasks
from claims.actions.refusals import Invalid, NotFound
from claims.models import Claim, Claimant, ConflictOfInterest, Outlet, Person
from claims.rules import permissions
from claims.rules.permissions import Actor, NotAllowed
from claims.selectors.conflicts import conflict_with, standing_conflicts

LONGEST_NOTE = 500
LONGEST_TOPIC = 80


def declare_conflict(
    *,
    person_id: int,
    actor: Actor,
    note: str = "",
    claimant_id: int | None = None,
    outlet_id: int | None = None,
    claim_id: int | None = None,
    topic: str = "",
) -> ConflictOfInterest:
    """Keep a person out of a claimant, an outlet, a topic or one claim; exactly one of them.

    Claims that the person holds and that this covers go back to the queue. Declaring twice changes nothing.
    """
    person = _looked_after(person_id, actor, "declare_conflict")
    topic, note = " ".join(topic.split()), note.strip()
    _require_one_subject(actor, claimant_id, outlet_id, claim_id, topic, note)
    with transaction.atomic():
        for standing in standing_conflicts(person_id):
            named = (standing.claimant_id, standing.outlet_id, standing.claim_id, standing.topic)
            if named == (claimant_id, outlet_id, claim_id, topic):
                return standing
        conflict = ConflictOfInterest.objects.create(
            person=person,
            claimant_id=claimant_id,
            outlet_id=outlet_id,
            claim_id=claim_id,
            topic=topic,
            note=note,
        )
        _tell(conflict, "declare_conflict", note, actor)
        held = [claim.pk for claim in Claim.objects.filter(held_by=person) if conflict_with(claim, person_id)]
        hand_back_tasks(person, Claim.objects.filter(pk__in=held), actor, _("Conflict of interest"))
    return conflict


def end_conflict(*, conflict_id: int, reason: str, actor: Actor) -> ConflictOfInterest:
    """End a declaration from now on, with a reason for the history; a second time changes nothing."""
    conflict = ConflictOfInterest.objects.filter(pk=conflict_id).first()
    if conflict is None or not permissions.can_look_after(actor, person_id=conflict.person_id):
        raise NotFound(_("conflict of interest"))
    if not reason.strip():
        raise Invalid(_("Say why, for the history."), {"reason": _("Say why, for the history.")})
    with transaction.atomic():
        ended = ConflictOfInterest.objects.filter(pk=conflict_id, ended_at__isnull=True)
        if ended.update(ended_at=timezone.now()):
            _tell(conflict, "end_conflict", reason.strip(), actor)
    return ConflictOfInterest.objects.get(pk=conflict_id)


def _looked_after(person_id: int, actor: Actor, verb: str) -> Person:
    if not permissions.can_look_after(actor, person_id=person_id):
        raise NotAllowed(verb, _("People declare for themselves; administrators may do it for others."))
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound(_("person"))
    return person


def _require_one_subject(
    actor: Actor,
    claimant_id: int | None,
    outlet_id: int | None,
    claim_id: int | None,
    topic: str,
    note: str,
) -> None:
    if sum(subject not in (None, "") for subject in (claimant_id, outlet_id, claim_id, topic)) != 1:
        raise Invalid(_("Name one claimant, one outlet, one topic or one claim."))
    if len(topic) > LONGEST_TOPIC or len(note) > LONGEST_NOTE:
        raise Invalid(_("Shorten this: a topic has at most 80 characters, a note 500."))
    if claimant_id is not None and not Claimant.objects.filter(pk=claimant_id).exists():
        raise Invalid(_("Choose a claimant of the list."))
    if outlet_id is not None and not Outlet.objects.filter(pk=outlet_id).exists():
        raise Invalid(_("Choose an outlet of the list."))
    if claim_id is not None:
        desk_id = Claim.objects.filter(pk=claim_id).values_list("desk_id", flat=True).first()
        require_readable_desk(actor, desk_id, _("claim"))


def _tell(conflict: ConflictOfInterest, verb: str, note: str, actor: Actor) -> None:
    """The history tells it about the person and, for a single claim, in the history of that claim as well."""
    append_event(
        actor=actor,
        subject=conflict.person,
        verb=verb,
        claim_id=conflict.claim_id,
        note=note,
        details={"conflict": conflict.pk, "subject": str(conflict)},
    )
