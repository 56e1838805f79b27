"""The buttons below the queue: each takes one step on every ticked claim, in the version that was seen.

What one claim refuses is told by name and stops none of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.actions import queue, triage
from claims.actions.refusals import REFUSALS, Invalid, NotFound
from claims.actions.triage import Triage
from claims.admin.moments import local_moment
from claims.admin.steps import LARGEST_ID
from claims.models import Claim
from claims.rules.permissions import Actor
from claims.selectors.queue import visible_claims

#: One page of the queue; a longer list is a forged form.
MOST_CHOSEN = 200


@dataclass(frozen=True, slots=True)
class Ticked:
    """A claim and the version of it that the person saw."""

    claim: Claim
    seen_version: int


QueueStep = Callable[[Ticked, QueryDict, Actor], object]


@dataclass(slots=True)
class Outcome:
    """What became of a step: how many claims took it, and the sentence of each that did not."""

    done: int = 0
    refused: list[str] = field(default_factory=list)


def take_step(name: str, form: QueryDict, actor: Actor) -> Outcome:
    """Take the step on every ticked claim. Raises ``Invalid`` for a form that names no step or no claim."""
    step = QUEUE_STEPS.get(name)
    if step is None:
        raise NotFound(_("page"))
    ticked = ticked_claims(form.getlist("claim"), actor)
    if not ticked:
        raise Invalid(_("Tick the claims that you mean first."))
    outcome = Outcome()
    for each in ticked:
        try:
            step(each, form, actor)
            outcome.done += 1
        except REFUSALS as refusal:
            outcome.refused.append(f"{each.claim}: {refusal}")
    return outcome


def ticked_claims(marks: Iterable[str], actor: Actor) -> list[Ticked]:
    """Return the ticked claims in their order. Raises ``Invalid`` where a mark is broken, too many are ticked,
    or one is at no desk of the actor's: nothing is done then."""
    seen: dict[int, int] = {}
    for mark in marks:
        id, _colon, version = mark.partition(":")
        if not all(part.isascii() and part.isdigit() and len(part) <= 19 for part in (id, version)):
            raise Invalid(_("The form is incomplete. Open the page again."))
        seen[int(id)] = int(version)
    if len(seen) > MOST_CHOSEN or any(not 0 < id <= LARGEST_ID for id in seen):
        raise Invalid(_("The form is incomplete. Open the page again."))
    claims = visible_claims(actor).select_related("desk").in_bulk(list(seen))
    if len(claims) < len(seen):
        raise NotFound(_("claim"))
    return [Ticked(claims[id], min(version, LARGEST_ID)) for id, version in seen.items()]


def _take(ticked: Ticked, form: QueryDict, actor: Actor) -> object:
    return queue.take_claim(claim_id=ticked.claim.pk, seen_version=ticked.seen_version, actor=actor)


def _release(ticked: Ticked, form: QueryDict, actor: Actor) -> object:
    return queue.release_claim(
        claim_id=ticked.claim.pk,
        seen_version=ticked.seen_version,
        note=form.get("reason", "").strip()[: triage.LONGEST_REASON],
        actor=actor,
    )


def _reassign(ticked: Ticked, form: QueryDict, actor: Actor) -> object:
    return queue.reassign_claim(
        claim_id=ticked.claim.pk,
        seen_version=ticked.seen_version,
        to_person_id=_number(form.get("to", "")),
        reason=form.get("reason", "")[: triage.LONGEST_REASON],
        actor=actor,
    )


def _triage(ticked: Ticked, form: QueryDict, actor: Actor) -> object:
    """Set what was filled in; a deadline is local in the zone of the claim's own desk."""
    deadline = form.get("deadline", "")
    wanted = Triage(
        priority=_number(form.get("priority", "")),
        risk=form.get("risk") or None,
        deadline=local_moment(deadline, ticked.claim.desk.zone) if deadline else None,
        deadline_cleared=form.get("no_deadline") == "1",
    )
    if wanted == Triage():
        raise Invalid(_("Choose what to set: a priority, a deadline or a risk."))
    return triage.triage_claim(
        claim_id=ticked.claim.pk, seen_version=ticked.seen_version, triage=wanted, actor=actor
    )


def _dismiss(ticked: Ticked, form: QueryDict, actor: Actor) -> object:
    return triage.dismiss_claim(
        claim_id=ticked.claim.pk,
        seen_version=ticked.seen_version,
        reason=form.get("reason", ""),
        actor=actor,
    )


def _link_checked(ticked: Ticked, form: QueryDict, actor: Actor) -> object:
    return triage.link_checked_claim(
        claim_id=ticked.claim.pk,
        seen_version=ticked.seen_version,
        earlier=form.get("earlier", ""),
        actor=actor,
    )


def _reopen(ticked: Ticked, form: QueryDict, actor: Actor) -> object:
    return triage.reopen_claim(
        claim_id=ticked.claim.pk,
        seen_version=ticked.seen_version,
        reason=form.get("reason", ""),
        actor=actor,
    )


def _number(typed: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 18):
        raise Invalid(_("The form is incomplete. Open the page again."))
    return int(typed)


QUEUE_STEPS: dict[str, QueueStep] = {
    "take": _take,
    "release": _release,
    "reassign": _reassign,
    "triage": _triage,
    "dismiss": _dismiss,
    "link_checked": _link_checked,
    "reopen": _reopen,
}
