"""The review queue: which claims wait, for whom, and how much evidence each has. Desk-scoped throughout."""

from __future__ import annotations

from django.db import models
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, Evidence, Publication, StanceChoice, Verdict
from claims.rules.lifecycle import (
    OPEN_CLAIM_STATES,
    OPEN_VERDICT_STATES,
    PublicationState,
    VerdictState,
)
from claims.rules.permissions import Actor

#: No page counts further than this; beyond it says “10,000+”.
MOST_COUNTED = 10_000


class Waiting(models.TextChoices):
    """What a person may ask the queue for."""

    OPEN = "open", _("to be checked")
    MINE = "mine", _("held by me")
    DECIDE = "decide", _("waiting for a second person")
    CHANGES = "changes", _("sent back to its recorder")
    PUBLISH = "publish", _("approved, to be published")
    PUBLISHED = "published", _("published")
    ALL = "all", _("everything")


def queue_of(actor: Actor) -> QuerySet[Claim]:
    """Return the claims of the actor's desks with ``supports``, ``contradicts``, ``context`` (pieces of
    evidence that are not rejected) and ``verdict_state`` (of the verdict on its way, "" for none)."""
    on_its_way = Verdict.objects.filter(claim=OuterRef("pk"), state__in=OPEN_VERDICT_STATES)
    return (
        Claim.objects.filter(desk_id__in=readable_desks(actor))
        .select_related("desk", "held_by", "claimant")
        .annotate(
            supports=_pieces(StanceChoice.SUPPORTS),
            contradicts=_pieces(StanceChoice.CONTRADICTS),
            context=_pieces(StanceChoice.CONTEXT),
            verdict_state=Coalesce(
                Subquery(on_its_way.order_by("-pk").values("state")[:1]), models.Value("")
            ),
        )
    )


def readable_desks(actor: Actor) -> list[int]:
    return sorted(actor.roles) if actor.active else []


def _pieces(stance: str) -> Coalesce:
    rows = Evidence.objects.filter(claim=OuterRef("pk"), stance=stance).exclude(state=Evidence.State.REJECTED)
    counted = rows.order_by().values("claim").annotate(pieces=Count("pk")).values("pieces")
    return Coalesce(Subquery(counted), 0)


def narrowed(claims: QuerySet[Claim], waiting: str, person_id: int | None) -> QuerySet[Claim]:
    """Return those of ``claims`` that wait for ``waiting``."""
    now = timezone.now()
    if waiting == Waiting.MINE:
        return claims.filter(held_by_id=person_id, held_until__gt=now)
    if waiting == Waiting.DECIDE:
        decidable = _verdicts(VerdictState.SUBMITTED, VerdictState.IN_REVIEW)
        others = decidable.exclude(Q(recorder_id=person_id) | Q(last_editor_id=person_id))
        return claims.filter(pk__in=others.values("claim_id"))
    if waiting == Waiting.CHANGES:
        return claims.filter(pk__in=_verdicts(VerdictState.CHANGES_REQUESTED).values("claim_id"))
    if waiting == Waiting.PUBLISH:
        ready = _verdicts(VerdictState.APPROVED, VerdictState.SCHEDULED)
        return claims.filter(pk__in=ready.values("claim_id"))
    if waiting == Waiting.PUBLISHED:
        public = Publication.objects.exclude(state=PublicationState.EMBARGOED)
        return claims.filter(pk__in=public.values("claim_id"))
    if waiting == Waiting.ALL:
        return claims
    return claims.filter(state__in=sorted(OPEN_CLAIM_STATES))


def _verdicts(*states: VerdictState) -> QuerySet[Verdict]:
    return Verdict.objects.filter(state__in=states)


def capped_count(rows: QuerySet[Claim]) -> int:
    """Return how many rows there are, or ``MOST_COUNTED + 1`` where there are more."""
    return rows.order_by()[: MOST_COUNTED + 1].count()
