"""The review queue: which claims wait, for whom, and how much evidence each has. Desk-scoped throughout."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, Desk, Evidence, Publication, StanceChoice, Verdict
from claims.rules.lifecycle import (
    OPEN_CLAIM_STATES,
    OPEN_VERDICT_STATES,
    PublicationState,
    VerdictState,
)
from claims.rules.permissions import Actor
from claims.selectors.conflicts import without_conflicts

#: No page counts further than this; beyond it says “10,000+”.
MOST_COUNTED = 10_000
#: What waits for one person is never more than they could work off in a year.
MOST_OWN = 2_000


class Waiting(models.TextChoices):
    """What a person may ask the queue for."""

    OPEN = "open", _("to be checked")
    FREE = "free", _("for anyone to take")
    MINE = "mine", _("for me")
    DECIDE = "decide", _("for a second person")
    CHANGES = "changes", _("sent back to its recorder")
    PUBLISH = "publish", _("approved, to be published")
    PUBLISHED = "published", _("published")
    ALL = "all", _("everything")


#: The verdicts that put a claim before somebody, by what it then waits for.
_WAITING_VERDICTS: dict[str, tuple[VerdictState, ...]] = {
    Waiting.DECIDE: (VerdictState.SUBMITTED, VerdictState.IN_REVIEW),
    Waiting.CHANGES: (VerdictState.CHANGES_REQUESTED,),
    Waiting.PUBLISH: (VerdictState.APPROVED, VerdictState.SCHEDULED),
}
#: What a claim waits for by rows of other tables, which are counted first.
ASKED_OF_OTHER_ROWS = frozenset({*_WAITING_VERDICTS, Waiting.PUBLISHED})


def as_rows(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Return ``claims`` with ``supports``, ``contradicts``, ``context`` (pieces of evidence that are not rejected)
    and ``verdict_state`` (of the verdict on its way, "" for none); which of them may be seen is asked before."""
    on_its_way = Verdict.objects.filter(claim=OuterRef("pk"), state__in=OPEN_VERDICT_STATES)
    return claims.select_related("desk", "held_by", "claimant").annotate(
        supports=_pieces(StanceChoice.SUPPORTS),
        contradicts=_pieces(StanceChoice.CONTRADICTS),
        context=_pieces(StanceChoice.CONTEXT),
        verdict_state=Coalesce(Subquery(on_its_way.order_by("-pk").values("state")[:1]), models.Value("")),
    )


def visible_claims(actor: Actor) -> QuerySet[Claim]:
    """Return the claims of the actor's desks, as they stand, without those they keep out of (a conflict of
    interest). One query, for what the person declared."""
    return without_conflicts(claims_of_desks(actor), actor.person_id)


def claims_of_desks(actor: Actor) -> QuerySet[Claim]:
    """Return all claims of the actor's desks, those that they keep out of among them."""
    return Claim.objects.filter(desk_id__in=readable_desks(actor))


def readable_desks(actor: Actor) -> list[int]:
    return sorted(actor.roles) if actor.active else []


def desks_of(actor: Actor) -> list[Desk]:
    """Return the actor's desks by name. One query."""
    return list(Desk.objects.filter(pk__in=readable_desks(actor)).order_by("name"))


def _pieces(stance: str) -> Coalesce:
    rows = Evidence.objects.filter(claim=OuterRef("pk"), stance=stance).exclude(state=Evidence.State.REJECTED)
    counted = rows.order_by().values("claim").annotate(pieces=Count("pk")).values("pieces")
    return Coalesce(Subquery(counted), 0)


def narrowed(claims: QuerySet[Claim], waiting: str, person_id: int | None) -> QuerySet[Claim]:
    """Return those of ``claims`` that wait for ``waiting``; at most one query, to see how many verdicts do.

    ``MINE`` is what the person holds or was handed, though its lease ran out, as long as nobody else took
    it, and their own verdicts that were sent back.
    """
    if waiting in _WAITING_VERDICTS:
        return _having(claims, _waiting_verdicts(waiting, person_id))
    if waiting == Waiting.MINE:
        sent_back = _verdicts(VerdictState.CHANGES_REQUESTED).filter(recorder_id=person_id)
        held = Claim.objects.filter(held_by_id=person_id, state__in=sorted(OPEN_CLAIM_STATES))
        mine = held.order_by().values("pk").union(sent_back.values("claim_id"), all=True)
        return claims.filter(pk__in=[row["pk"] for row in mine[:MOST_OWN]])
    if waiting == Waiting.PUBLISHED:
        return _having(claims, Publication.objects.exclude(state=PublicationState.EMBARGOED))
    if waiting == Waiting.ALL:
        return claims
    claims = claims.filter(state__in=sorted(OPEN_CLAIM_STATES))
    if waiting == Waiting.FREE:
        on_its_way = Verdict.objects.filter(claim=OuterRef("pk"), state__in=OPEN_VERDICT_STATES)
        unheld = Q(held_until__isnull=True) | Q(held_until__lte=timezone.now())
        return claims.filter(unheld, ~Exists(on_its_way))
    return claims


def _waiting_verdicts(waiting: str, person_id: int | None) -> QuerySet[Verdict]:
    found = _verdicts(*_WAITING_VERDICTS[waiting])
    if waiting != Waiting.DECIDE:
        return found
    # Whoever wrote it cannot decide on it, so it does not wait for them.
    wrote = Verdict.co_authors.through.objects.filter(verdict=OuterRef("pk"), person=person_id)
    return found.exclude(Q(recorder_id=person_id) | Q(last_editor_id=person_id)).exclude(Exists(wrote))


def _having(claims: QuerySet[Claim], rows: QuerySet[Verdict] | QuerySet[Publication]) -> QuerySet[Claim]:
    """Return the claims of ``rows``. Few rows are read first and lead to their claims; of many, each claim
    asks for one of its own, so that neither a short nor a long list passes over what it does not show."""
    if rows.order_by().values("pk")[: MOST_COUNTED + 1].count() <= MOST_COUNTED:
        few: QuerySet[Any, Any] = rows.order_by().values("claim_id")
        return claims.filter(pk__in=few)
    return claims.filter(Exists(rows.filter(claim=OuterRef("pk"))))


def _verdicts(*states: VerdictState) -> QuerySet[Verdict]:
    return Verdict.objects.filter(state__in=states)


def capped_count(rows: QuerySet[Claim]) -> int:
    """Return how many rows there are, or ``MOST_COUNTED + 1`` where there are more."""
    return rows.order_by()[: MOST_COUNTED + 1].count()
