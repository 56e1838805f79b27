"""Steps on the ticked claims of the list; what one claim refuses is told by its name and stops none."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.actions import triage
from claims.actions.refusals import Invalid, NotFound
from claims.actions.ticked import Ticked, step_on_each, ticked_claims
from claims.actions.topics import sort_claim
from claims.actions.triage import Triage
from claims.rules.permissions import Actor
from claims.selectors.queue import claims_of_desks
from claims.web.claim_filters import back_to_list
from claims.web.edges import actor, desk_page, number

Step = Callable[[Ticked, QueryDict, Actor], object]


@desk_page
@require_POST
def claim_steps(request: HttpRequest, name: str) -> HttpResponse:
    """Take one step on every ticked claim and lead back to the list."""
    step = STEPS.get(name)
    if step is None:
        raise NotFound(_("page"))
    who, form = actor(request), request.POST
    ticked = ticked_claims(form.getlist("claim"), claims_of_desks(who).prefetch_related("topics"))
    if not ticked:
        messages.warning(request, _("Tick the claims that you mean first."))
        return back_to_list(request)
    try:
        _require_choice(name, form)
    except Invalid as refusal:
        messages.warning(request, str(refusal))
        return back_to_list(request)
    outcome = step_on_each(ticked, lambda each: step(each, form, who))
    if told := outcome.told():
        messages.success(request, told)
    for sentence in outcome.refusals():
        messages.warning(request, sentence)
    return back_to_list(request)


def _require_choice(name: str, form: QueryDict) -> None:
    """Refuse once, and not for each claim, a form in which nothing was chosen."""
    if name == "topics" and not (form.get("topic_in") or form.get("topic_out")):
        raise Invalid(_("Choose a topic first."))
    if name == "triage" and _wanted(form) == Triage():
        raise Invalid(_("Choose what to set: a priority or a risk."))


def _topics(ticked: Ticked, form: QueryDict, actor: Actor) -> object:
    """Put the claim into one topic, take it out of another, and leave its other topics as they are."""
    slugs = {topic.slug for topic in ticked.claim.topics.all()}
    slugs |= {form.get("topic_in", "")}
    slugs -= {form.get("topic_out", ""), ""}
    return sort_claim(
        claim_id=ticked.claim.pk, seen_version=ticked.seen_version, slugs=sorted(slugs), actor=actor
    )


def _triage(ticked: Ticked, form: QueryDict, actor: Actor) -> object:
    return triage.triage_claim(
        claim_id=ticked.claim.pk, seen_version=ticked.seen_version, triage=_wanted(form), actor=actor
    )


def _wanted(form: QueryDict) -> Triage:
    return Triage(priority=number(form.get("priority")), risk=form.get("risk") or None)


def _dismiss(ticked: Ticked, form: QueryDict, actor: Actor) -> object:
    return triage.dismiss_claim(
        claim_id=ticked.claim.pk,
        seen_version=ticked.seen_version,
        reason=form.get("reason", ""),
        actor=actor,
    )


STEPS: dict[str, Step] = {"topics": _topics, "triage": _triage, "dismiss": _dismiss}
