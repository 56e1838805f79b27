"""Which verdicts a person may not see yet: on a desk that rates blind, who is to decide rates first.

Every page that tells something of a verdict on its way asks here, or one of them would give the rating away.
"""

from __future__ import annotations

from collections.abc import Iterable

from claims.models import BlindLabel, ClaimEvent, Verdict
from claims.rules import permissions
from claims.rules.labels import sees_verdict
from claims.rules.lifecycle import UNDECIDED_VERDICT_STATES
from claims.rules.permissions import Actor
from claims.selectors.verdicts import author_ids


def is_hidden(verdict: Verdict, actor: Actor, *, has_labelled: bool) -> bool:
    """Say whether the actor has to rate the verdict before they may see it. No query where its desk and its
    authors are loaded; ``has_labelled``: they rated its present content."""
    return not sees_verdict(
        desk_labels_blind=verdict.claim.desk.labels_blind,
        state=verdict.state,
        may_decide=permissions.can_approve_verdict(
            actor, verdict.claim.desk_id, author_ids=author_ids(verdict)
        ),
        has_labelled=has_labelled,
    )


def hidden_verdicts(verdict_ids: Iterable[int], actor: Actor) -> frozenset[int]:
    """Return those of the verdicts that the actor has to rate before they may see them. At most three queries,
    one where no desk of theirs rates blind."""
    undecided = list(
        Verdict.objects.filter(
            pk__in=set(verdict_ids),
            state__in=sorted(UNDECIDED_VERDICT_STATES),
            claim__desk__labels_blind=True,
        )
        .select_related("claim__desk")
        .prefetch_related("co_authors")
    )
    if not undecided:
        return frozenset()
    labelled = set(
        BlindLabel.objects.filter(
            verdict_id__in=[verdict.pk for verdict in undecided], person_id=actor.person_id or 0
        ).values_list("verdict_id", "content_hash")
    )
    return frozenset(
        verdict.pk
        for verdict in undecided
        if is_hidden(verdict, actor, has_labelled=(verdict.pk, verdict.content_hash) in labelled)
    )


def without_hidden_words(events: Iterable[ClaimEvent], actor: Actor) -> list[ClaimEvent]:
    """Return the events, those about a hidden verdict without their note: it may tell the rating."""
    told = list(events)
    about = {event.subject_id for event in told if event.subject_kind == Verdict._meta.model_name}
    hidden = hidden_verdicts(about, actor) if about else frozenset()
    for event in told:
        if event.subject_kind == Verdict._meta.model_name and event.subject_id in hidden:
            event.note = ""
    return told
