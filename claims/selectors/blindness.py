"""Which verdicts a person may not see yet: on a desk that rates blind, who is to decide rates first.

Every page that tells something of a verdict on its way asks here, or one of them would give the rating away.
"""

from __future__ import annotations

from collections.abc import Iterable

from claims.models import BlindLabel, ClaimEvent, Verdict
from claims.rules import permissions
from claims.rules.labels import sees_verdict
from claims.rules.lifecycle import OPEN_VERDICT_STATES, VERDICT_MOVES
from claims.rules.permissions import Actor
from claims.selectors.verdicts import author_ids

#: Verdicts in these states wait for a decision, so that somebody may still have to rate blind.
_WAITING = frozenset(OPEN_VERDICT_STATES) & frozenset(VERDICT_MOVES["approve"])


def hidden_verdicts(verdict_ids: Iterable[int], actor: Actor) -> frozenset[int]:
    """Return those of the verdicts that the actor has to rate before they may see them. At most three queries,
    one where no desk of theirs rates blind."""
    waiting = list(
        Verdict.objects.filter(
            pk__in=set(verdict_ids),
            state__in=sorted(_WAITING),
            claim__desk__labels_blind=True,
        )
        .select_related("claim")
        .prefetch_related("co_authors")
        .only("state", "content_hash", "recorder_id", "last_editor_id", "claim__desk_id")
    )
    if not waiting:
        return frozenset()
    labelled = set(
        BlindLabel.objects.filter(
            verdict_id__in=[verdict.pk for verdict in waiting], person_id=actor.person_id or 0
        ).values_list("verdict_id", "content_hash")
    )
    return frozenset(
        verdict.pk
        for verdict in waiting
        if not sees_verdict(
            desk_labels_blind=True,
            may_decide=permissions.can_approve_verdict(
                actor, verdict.claim.desk_id, author_ids=author_ids(verdict)
            ),
            has_labelled=(verdict.pk, verdict.content_hash) in labelled,
        )
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
