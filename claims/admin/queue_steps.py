"""The buttons below the queue: each takes one step on every ticked claim (see ``claims/actions/ticked.py``)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.actions import queue, triage
from claims.actions.refusals import Invalid, NotFound
from claims.actions.ticked import Outcome, Ticked, step_on_each, ticked_claims
from claims.actions.triage import Triage
from claims.admin.moments import local_moment
from claims.rules.numbers import whole_number
from claims.rules.permissions import Actor
from claims.selectors.queue import visible_claims

QueueStep = Callable[[Ticked, QueryDict, Actor], object]


def take_step(name: str, form: QueryDict, actor: Actor) -> Outcome:
    """Take the step on every ticked claim. Raises ``Invalid`` for a form that names no step or no claim."""
    step = QUEUE_STEPS.get(name)
    if step is None:
        raise NotFound(_("page"))
    ticked = ticked_of(form, actor)
    if not ticked:
        raise Invalid(_("Tick the claims that you mean first."))
    return step_on_each(ticked, lambda each: step(each, form, actor))


def ticked_of(form: QueryDict, actor: Actor) -> list[Ticked]:
    """Return the claims that are ticked in the form. Raises like ``ticked_claims``."""
    return ticked_claims(form.getlist("claim"), visible_claims(actor).select_related("desk"))


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
    found = whole_number(typed)
    if found is None:
        raise Invalid(_("The form is incomplete. Open the page again."))
    return found


QUEUE_STEPS: dict[str, QueueStep] = {
    "take": _take,
    "release": _release,
    "reassign": _reassign,
    "triage": _triage,
    "dismiss": _dismiss,
    "link_checked": _link_checked,
    "reopen": _reopen,
}
